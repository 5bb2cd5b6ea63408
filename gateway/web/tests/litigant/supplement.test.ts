import { expect, test } from 'vitest'
import { defectsOf } from '../../src/pages/litigant/filing/defects.ts'
import { draftThatAnswers, type FiledByMe } from '../../src/pages/litigant/filing/supplement.ts'

const kCourts = [{ code: '0192', name: '杭州互联网法院' }, { code: '0491', name: '北京互联网法院' }]
const filed: FiledByMe = {
  court: { code: '0491' },
  caseNumber: '(2026)京0491民初1号',
  submitter: { role: 'DEFENDANT', name: 'x' },
  cause: '网络服务合同纠纷',
  reliefSought: ['返还费用', '承担诉讼费'],
  parties: [{ id: 'P7', role: 'DEFENDANT', kind: 'LEGAL_PERSON', name: '甲公司', idType: 'USCC', idNumber: '91330100MA00000002' }],
  evidence: [
    { id: 'E1', name: '一', category: 'AUDIOVISUAL', purpose: '目的', source: '来源', pages: 12, party: 'P7', record: { id: 'EV-1' }, file: { path: 'files/a' } },
    { id: 'E2', name: '二', purpose: '目的', party: 'P7', file: { path: 'files/b' } },
  ],
}

test('only the items that were asked for are there, as they were, without files', () => {
  const draft = draftThatAnswers('a1', filed, [{ item: 'E1', code: 'CONTENT_HASH_DIFFERS' }], kCourts)
  expect(draft.items.map((item) => [item.id, item.name, item.category, item.purpose, item.source, item.pages, item.party, item.recordNumber, item.file, item.proofs.length]))
    .toEqual([['E1', '一', 'AUDIOVISUAL', '目的', '来源', '12', 'P7', 'EV-1', null, 0]])
  expect([draft.court, draft.caseNumber, draft.role, draft.step, draft.submission]).toEqual(['0491', filed.caseNumber, 'DEFENDANT', 2, null])
  expect(draft.parties).toEqual([{ id: 'P7', role: 'DEFENDANT', kind: 'LEGAL_PERSON', name: '甲公司', idType: 'USCC', idNumber: '91330100MA00000002' }])
  expect([draft.cause, draft.relief]).toEqual([filed.cause, filed.reliefSought])
  expect(defectsOf(draft, 2)).toEqual([{ field: 'E1-file', reason: 'file' }])
})

test('what is about the whole submission asks for each item', () => {
  expect(draftThatAnswers('a1', filed, [{ code: 'X' }], kCourts).items.map(({ id }) => id)).toEqual(['E1', 'E2'])
})

test('an item that is not there leaves an empty one, never none', () => {
  expect(draftThatAnswers('a1', filed, [{ item: 'E9', code: 'X' }], kCourts).items).toHaveLength(1)
})

test('words that this page does not know are not taken over', () => {
  const strange: FiledByMe = {
    court: { code: 'nowhere' }, submitter: { role: 'KING' }, parties: [{ id: 'P1', role: 'KING', kind: 'GHOST', name: { a: 1 }, idType: 'CROWN' }],
    evidence: [{ id: 'E1', name: 7, category: 'MAGIC', party: 'P1', record: 'x' }],
  }
  const draft = draftThatAnswers('a1', strange, [{ item: 'E1', code: 'X' }], kCourts)
  expect([draft.court, draft.caseNumber, draft.role]).toEqual(['', '', 'OTHER'])
  expect(draft.parties[0]).toEqual({ id: 'P1', role: 'OTHER', kind: 'NATURAL_PERSON', name: '', idType: 'OTHER', idNumber: '' })
  expect([draft.items[0]?.name, draft.items[0]?.category, draft.items[0]?.recordNumber]).toEqual(['', 'ELECTRONIC_DATA', ''])
})

test('where neither cause nor relief was filed there is an empty line for it', () => {
  const { cause: _, reliefSought: __, ...bare } = filed
  const draft = draftThatAnswers('a1', bare, [{ code: 'X' }], kCourts)
  expect([draft.cause, draft.relief]).toEqual(['', ['']])
})

test('another request is another draft', () => {
  const [one, two] = ['a1', 'a2'].map((id) => draftThatAnswers(id, filed, [{ code: 'X' }], kCourts))
  expect(one?.key).not.toBe(two?.key)
  expect([one?.answers?.submission, two?.answers?.submission]).toEqual(['a1', 'a2'])
})
