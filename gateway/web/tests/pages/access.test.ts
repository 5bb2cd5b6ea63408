import { expect, test } from 'vitest'
import { charactersOf, kLeastReason, kMostReason } from '../../src/common/access/access.ts'
import { filterOf, queryOf } from '../../src/common/list/lines.ts'

test.each([
  ['nothing', '', 0],
  ['letters', 'abcdefghi', 9],
  ['Chinese', '替合议庭成员出席庭审', 10],
  ['what takes two units', '𠮷'.repeat(9), 9],
  ['spaces', '   ', 3],
])('characters are counted as the gateway counts them: %s', (_, text, count) => {
  expect(charactersOf(text)).toBe(count)
})

test('a reason has the lengths that the gateway takes', () => {
  expect([kLeastReason, kMostReason]).toEqual([10, 500])
})

test('a list that is not narrowed down to what is assigned to nobody does not say so', () => {
  const filter = filterOf(new URLSearchParams(''))
  expect(filter.unassigned).toBe(false)
  expect(queryOf(filter)).toEqual({})
})

test.each(['false', 'yes', '1', ''])('nor does one that says it otherwise: %s', (value) => {
  expect(filterOf(new URLSearchParams({ unassigned: value })).unassigned).toBe(false)
})

test('one that is says it in its address', () => {
  const filter = filterOf(new URLSearchParams({ unassigned: 'true' }))
  expect(filter.unassigned).toBe(true)
  expect(queryOf(filter)).toEqual({ unassigned: 'true' })
})
