// A list that is not whole says so: nobody is to take it for all cases.
import { afterEach, expect, test, vi } from 'vitest'
import { filterOf, loadAllLines } from '../../src/common/list/lines.ts'
import type { Line } from '../../src/common/api/types.ts'
import { worklistCsv } from '../../src/pages/clerk/worklist_csv.ts'
import type { Language } from '../../src/words/words.ts'

const line: Line = {
  id: 'a', caseNumber: '1号', court: { code: '1', name: '' }, receivedAt: '2026-11-29T00:00:00Z', account: 'li', parties: [{ role: 'PLAINTIFF', name: '=张三' }],
  items: 2, state: 'DONE', verdict: 'ALL_CONSISTENT', attention: false, report: 'HY-1',
}
const filter = filterOf(new URLSearchParams())

/** A gateway with so many lines. */
function linesAt(most: number) {
  let given = 0
  vi.stubGlobal('fetch', (path: string) => {
    const items = Array<Line>(Math.min(Number(new URLSearchParams(path.split('?')[1]).get('limit')), most - given)).fill(line)
    given += items.length
    return Promise.resolve(new Response(JSON.stringify({ items, next: given < most ? String(given) : null })))
  })
}
afterEach(() => void vi.unstubAllGlobals())

test.each([
  [0, 0, false],
  [120, 120, false],
  [10_000, 10_000, false],
  [10_001, 10_000, true],
])('of %i lines there are %i', async (most, there, cut) => {
  linesAt(most)
  const all = await loadAllLines(filter)
  expect([all.lines.length, all.cut]).toEqual([there, cut])
})

test.each<[Language, RegExp]>([['zh', /^导出的列表不完整：符合条件的案件多于 1 件/], ['en', /^"?The exported list is not complete: more than 1 cases match/]])('the file says it in its last line: %s', (language, says) => {
  const rows = (cut: boolean) => worklistCsv({ lines: [line], cut }, language).trimEnd().split('\r\n')
  expect(rows(false)).toHaveLength(2)
  expect(rows(true)).toHaveLength(3)
  expect(rows(true)[2]).toMatch(says)
})

test('each case is a line', () => {
  expect(worklistCsv({ lines: [line], cut: false }, 'zh').split('\r\n')[1]).toBe('1号,a,2026-11-29T00:00:00Z,原告：=张三,已完成,全部核验一致,2,HY-1')
})
