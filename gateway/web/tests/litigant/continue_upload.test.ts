import { expect, test } from 'vitest'
import { mayBe } from '../../src/pages/litigant/filing/continue_upload.tsx'

const awaited = { path: 'files/E1-现场_照片.png', received: 4, complete: false, size: 9 }

test('the file that was named so, of that size', () => {
  expect(mayBe(awaited, { name: '现场 照片.png', size: 9 })).toBe(true)
  expect(mayBe({ ...awaited, path: 'files/photo.png' }, { name: 'photo.png', size: 9 })).toBe(true)
})

test('no other one', () => {
  for (const [name, size] of [['现场 照片.png', 8], ['现场 照片.png', 10], ['照片.png', 9], ['E2-现场_照片.png', 9], ['', 9]] as const) {
    expect(mayBe(awaited, { name, size }), `${name} ${size}`).toBe(false)
  }
})

test('where the size is not known yet, at least what has arrived', () => {
  const { size: _, ...unknown } = awaited
  expect(mayBe(unknown, { name: '现场 照片.png', size: 4 })).toBe(true)
  expect(mayBe(unknown, { name: '现场 照片.png', size: 3 })).toBe(false)
})
