// What is said, and offered, while a case is sent.
import { renderToStaticMarkup } from 'react-dom/server'
import { expect, test } from 'vitest'
import { Problem } from '../../src/common/api/problem.ts'
import type { Progress, Sending } from '../../src/pages/litigant/filing/sending.ts'
import { SendingPanel } from '../../src/pages/litigant/filing/sending_panel.tsx'
import { litigantWords } from '../../src/words/litigant/index.ts'

const words = litigantWords.zh.sending
const of = (status: number) => new Problem(status, '', '', '', [], null)

function panelOf(part: Partial<Progress>, onChange?: () => Promise<void>): string {
  const progress: Progress = { state: 'sending', submission: null, sent: 0, total: 4, path: 'files/a', problem: null, ...part }
  const sending = { subscribe: () => () => undefined, snapshot: () => progress } as unknown as Sending
  return renderToStaticMarkup(
    <SendingPanel sending={sending} onFileAgain={() => Promise.resolve(true)} otherFile={undefined} onDone={() => undefined} {...(onChange === undefined ? {} : { onChange })} />,
  )
}
const back = () => Promise.resolve()

test.each(['refused', 'fileMissing'] as const)('%s: the way back, and what becomes of what was sent', (state) => {
  const panel = panelOf({ state, submission: 'x', problem: state === 'refused' ? of(413) : null }, back)
  expect(panel).toContain(words.change)
  expect(panel).toContain(words.changeMeans)
})

test('where nothing was filed there is nothing to give up', () => {
  const panel = panelOf({ state: 'refused', problem: of(422) }, back)
  expect(panel).toContain(words.change)
  expect(panel).not.toContain(words.changeMeans)
})

test.each(['idle', 'sending', 'paused', 'interrupted', 'done'] as const)('%s: no way back while it may go on', (state) => {
  expect(panelOf({ state, submission: 'x' }, back)).not.toContain(words.change)
})

test('a file of which other bytes arrived is asked for in other words than one that is not there', () => {
  const panel = panelOf({ state: 'fileMissing', submission: 'x', problem: new Problem(422, 'defects', 'in one sentence', '', [], null) })
  expect([panel.includes(words.otherBytes), panel.includes('in one sentence'), panel.includes(words.fileMissing)]).toEqual([true, false, false])
  expect(panelOf({ state: 'fileMissing', submission: 'x' })).toContain(words.fileMissing)
})

test.each([[0, words.interrupted], [408, words.interrupted], [409, words.busy], [423, words.busy], [429, words.busy], [503, words.busy]])(
  'interrupted by %i: it is said whether the network is gone or the service busy', (status, sentence) => {
    const panel = panelOf({ state: 'interrupted', submission: 'x', problem: of(status) })
    expect([words.interrupted, words.busy].filter((one) => panel.includes(one))).toEqual([sentence])
  })

test('nor where nothing was filled in on this page', () => {
  expect(panelOf({ state: 'refused', submission: 'x', problem: of(413) })).not.toContain(words.change)
})
