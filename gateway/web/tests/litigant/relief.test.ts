import { expect, test } from 'vitest'
import { line } from '../../src/common/format.ts'
import { defectsOf, reliefField } from '../../src/pages/litigant/filing/defects.ts'
import { caseDocument, newDraft, newItem, type Draft } from '../../src/pages/litigant/filing/draft.ts'
import { pageCount } from '../../src/pages/litigant/filing/numbers.ts'
import { typedAt } from '../../src/pages/litigant/filing/relief_lines.tsx'

const kCourts = [{ code: '0192', name: '杭州互联网法院' }]
const withRelief = (relief: readonly string[]): Draft => ({ ...newDraft(kCourts), relief })
const reasons = (relief: readonly string[]) => defectsOf(withRelief(relief), 0).map(({ field, reason }) => [field, reason])
const filed = (draft: Draft) => caseDocument(draft, kCourts[0]!, 'x') as Readonly<Record<string, unknown>> & { readonly evidence: readonly Record<string, unknown>[] }

test('what is typed within a line stays there', () => {
  expect(typedAt(['a', 'b'], 1, 'bc')).toEqual({ claims: ['a', 'bc'], next: 1 })
  expect(typedAt(['a'], 0, '')).toEqual({ claims: [''], next: 0 })
})

test('Enter begins another claim, and none after an empty one', () => {
  expect(typedAt(['a', 'c'], 0, 'a\n')).toEqual({ claims: ['a', '', 'c'], next: 1 })
  expect(typedAt(['ab'], 0, 'a\nb')).toEqual({ claims: ['a', 'b'], next: 1 })
  expect(typedAt(['a', ''], 1, '\n')).toEqual({ claims: ['a', ''], next: 1 })
  expect(typedAt(['a'], 0, '\na')).toEqual({ claims: ['a'], next: 0 })
})

test('a text of several lines is several claims, without the empty lines and what cannot be seen', () => {
  expect(typedAt(['', 'z'], 0, '1. a\r\n\r\n2.\tb\u200b\u2028 \n3. c')).toEqual({ claims: ['1. a', '2. b', '3. c', 'z'], next: 2 })
})

test('a line is what the gateway takes', () => {
  expect(line('\u202ea\u0000b\n\nc\u00ad\ufeff\ud83d\ude00')).toBe('ab c\u{1f600}')
})

test('claims are at most fifty, each once and no longer than a thousand characters', () => {
  const many = Array.from({ length: 50 }, (_, at) => `${at}`)
  expect(reasons(['', ' ', ...many])).toEqual([])
  expect(reasons([...many, 'x', 'y'])).toEqual([[reliefField(50), 'reliefMany']])
  expect(reasons(['a', '', ' a '])).toEqual([['relief-3', 'reliefTwice']])
  expect(reasons(['请'.repeat(1000)])).toEqual([])
  expect(reasons(['b', '请'.repeat(1001)])).toEqual([['relief-2', 'reliefLong']])
})

test('pages are a number', () => {
  expect(['1', ' 12 ', '３', '100000', '007'].map(pageCount)).toEqual([1, 12, 3, 100_000, 7])
  for (const none of ['', '0', '-1', '1.5', '1e3', '100001', '9999999', '1-3', '三', '1 2']) expect([none, pageCount(none)]).toEqual([none, null])
})

test('pages that are none keep the item from being filed; without them it may', () => {
  const draft = newDraft(kCourts)
  const withPages = (pages: string) => defectsOf({ ...draft, items: draft.items.map((item) => ({ ...item, pages })) }, 2).map(({ reason }) => reason)
  expect(withPages('1-3')).toContain('pages')
  expect(withPages('3')).not.toContain('pages')
  expect(withPages(' ')).not.toContain('pages')
})

test('they are filed as they were filled in, and left out where they were not', () => {
  const draft: Draft = { ...withRelief([' 退还货款 ', '', '承担诉讼费']), cause: ' 网络购物合同纠纷 ', items: [{ ...newItem([], 'P1'), pages: '３', source: '自有账号' }] }
  const some = filed(draft)
  expect([some['cause'], some['reliefSought'], some.evidence[0]?.['pages'], some.evidence[0]?.['source']]).toEqual(['网络购物合同纠纷', ['退还货款', '承担诉讼费'], 3, '自有账号'])
  const none = filed(newDraft(kCourts))
  expect(['cause' in none, 'reliefSought' in none, 'pages' in (none.evidence[0] ?? {})]).toEqual([false, false, false])
})
