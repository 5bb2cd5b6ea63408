import { expect, test } from 'vitest'
import { csvOf } from '../../src/common/list/csv.ts'

test('a plain table is one line for each row, readable by spreadsheets', () => {
  expect(csvOf([['案号', 'n'], ['a', '1']])).toBe('\ufeff案号,n\r\na,1\r\n')
})

test.each([
  ['a comma', 'a,b', '"a,b"'],
  ['a quotation mark', 'a"b', '"a""b"'],
  ['a line end', 'a\nb', '"a\nb"'],
  ['a formula', '=1+1', "'=1+1"],
  ['a formula with a comma', '=HYPERLINK("x","y")', '"\'=HYPERLINK(""x"",""y"")"'],
  ['a plus', '+1', "'+1"],
  ['a minus', '-1', "'-1"],
  ['an at sign', '@SUM(1)', "'@SUM(1)"],
  ['a tab before a formula', '\t=1', "'\t=1"],
  ['a carriage return before a formula', '\r=1', '"\'\r=1"'],
  ['a formula in full width', '\uff1d1', "'\uff1d1"],
])('%s changes no cell into another or into a formula', (_, value, written) => {
  expect(csvOf([[value, 'x']])).toBe(`\ufeff${written},x\r\n`)
})
