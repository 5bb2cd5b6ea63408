// Another verification is what helps where one came to no result, and is offered there.
import { expect, test } from 'vitest'
import type { State, Submission } from '../../src/common/api/types.ts'
import { mayVerifyAgain } from '../../src/pages/clerk/case_page.tsx'

const report = {} as never
const of = (state: State, refusal?: string): Submission => ({ id: 'x', state, ...(refusal === undefined ? {} : { refusal }) })

test.each<[string, Submission, typeof report | null, boolean]>([
  ['waits', of('QUEUED'), null, false],
  ['goes on', of('VERIFYING'), null, false],
  ['came to no result', of('REJECTED', 'limit'), null, true],
  ['came to no result, after a report', of('REJECTED', 'limit'), report, true],
  ['has its report', of('DONE'), report, true],
  ['goes on, after a report', of('VERIFYING'), report, true],
  ['is of what was deleted', of('REJECTED', 'deleted'), null, false],
])('one that %s', (_, submission, has, may) => {
  expect(mayVerifyAgain({ submission, report: has })).toBe(may)
})
