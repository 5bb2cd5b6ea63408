// What keeps a draft from being filed where a file was not, or cannot be, read; and where each defect leads.
import { renderToStaticMarkup } from 'react-dom/server'
import { expect, test } from 'vitest'
import { defectsOf, stepOf } from '../../src/pages/litigant/filing/defects.ts'
import { newDraft, newItem, type Chosen, type Draft, type Item } from '../../src/pages/litigant/filing/draft.ts'
import { ChosenFile } from '../../src/pages/litigant/filing/item_card.tsx'
import { litigantWords } from '../../src/words/litigant/index.ts'

const unread: Chosen = { key: 'k', name: 'a.png', size: 1, type: '' }
const whole: Chosen = { ...unread, fingerprints: { 'sha-256': 's', sm3: 'm' } }
const broken: Chosen = { ...unread, unreadable: true }
const proof = (chosen: Chosen) => ({ ...chosen, statement: false })

function draftWith(part: Partial<Item>): Draft {
  const draft = newDraft([{ code: '0192', name: '' }])
  const parties = draft.parties.map((party) => ({ ...party, name: 'x' }))
  return { ...draft, parties, items: [{ ...newItem([], 'P1'), name: 'x', purpose: 'x', file: whole, ...part }] }
}

test.each<[string, Partial<Item>, unknown]>([
  ['all was read', { proofs: [proof(whole)] }, []],
  ['a file is being read', { file: unread }, [['E1-file', 'reading']]],
  ['a file cannot be read', { file: broken }, [['E1-file', 'unreadable']]],
  ['a proof is being read', { proofs: [proof(whole), proof(unread)] }, [['E1-proofs', 'reading']]],
  ['a proof cannot be read', { proofs: [proof(unread), proof(broken)] }, [['E1-proofs', 'unreadable']]],
])('%s', (_, part, expected) => {
  expect(defectsOf(draftWith(part), 2).map(({ field, reason }) => [field, reason])).toEqual(expected)
})

test('from the last look a defect leads to the step whose field it is', () => {
  const draft = { ...draftWith({ file: broken }), step: 3, court: '' }
  const parties = draft.parties.map((party, at) => (at === 1 ? { ...party, name: '' } : party))
  const lacking = { ...draft, parties }
  expect(defectsOf(lacking, 3).map(({ field }) => [field, stepOf(lacking, field)])).toEqual([['court', 0], ['P2-name', 1], ['E1-file', 2]])
})

test('beside a file that cannot be read it is said at once, but not while it is read again', () => {
  const shown = (chosen: Chosen, percent?: number) => renderToStaticMarkup(<ChosenFile chosen={chosen} percent={percent} onRemove={() => undefined} />)
  const { unreadable } = litigantWords.zh.file
  expect(shown(broken)).toMatch(new RegExp(`role="alert"[^>]*>${unreadable}`))
  for (const other of [shown(broken, 0), shown(unread), shown(whole)]) expect(other).not.toContain(unreadable)
})
