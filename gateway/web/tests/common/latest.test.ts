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

test('what comes beside the last one counts until another is begun', () => {
  const latest = new Latest()
  const last = latest.begin()
  const beside = latest.now()
  expect([last(), beside()]).toEqual([true, true])
  latest.begin()
  expect([last(), beside()]).toEqual([false, false])
})

test('two of them count for themselves', () => {
  const file = new Latest().begin()
  new Latest().begin()
  expect(file()).toBe(true)
})
