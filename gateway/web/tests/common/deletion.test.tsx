// Whether files are to go, or a hold stands, could not be asked: the page says so, and does not look as if nothing stood.
import { renderToStaticMarkup } from 'react-dom/server'
import { expect, test } from 'vitest'
import { offline, Problem } from '../../src/common/api/problem.ts'
import { NotLoaded } from '../../src/common/report/deletion.tsx'
import { layoutWords } from '../../src/words/layout/index.ts'

const pageOf = (problem: unknown) => renderToStaticMarkup(<NotLoaded problem={problem} again={() => undefined} />)
const of = (status: number) => new Problem(status, '', '', '', [], null)

test.each([['no network', offline()], ['503', of(503)], ['429', of(429)], ['another error', new TypeError()]])('%s: it is said, and can be asked again', (_, problem) => {
  expect(pageOf(problem)).toContain(layoutWords.zh.retry)
})

test.each([['while it is loaded', null], ['403', of(403)], ['404', of(404)]])('%s: nothing', (_, problem) => {
  expect(pageOf(problem)).toBe('')
})
