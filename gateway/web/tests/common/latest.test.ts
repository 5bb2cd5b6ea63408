import { expect, test } from 'vitest'
import { Latest } from '../../src/common/use_latest.ts'

test('the last one that was begun counts, in whatever order they end', () => {
  const latest = new Latest()
  const first = latest.begin()
  expect(first()).toBe(true)
  const second = latest.begin()
  expect([first(), second()]).toEqual([false, true])
  expect([second(), first()]).toEqual([true, false])
})

test('two of them count for themselves', () => {
  const file = new Latest().begin()
  new Latest().begin()
  expect(file()).toBe(true)
})
