// What the notice above a report says first: a hurried reader reads no further.
import { renderToStaticMarkup } from 'react-dom/server'
import { describe, expect, test } from 'vitest'
import type { ReportCheck } from '../../src/common/checks/report_check.ts'
import { BrowserCheck } from '../../src/common/report/browser_check.tsx'
import { litigantWords } from '../../src/words/litigant/index.ts'
import { LanguageContext, type Language } from '../../src/words/words.ts'

const good: ReportCheck = { signature: 'valid', log: 'valid', disclosures: 'none', payload: {}, payloadDigest: '00', signedAt: 0 }

function headingOf(check: ReportCheck, language: Language): string {
  const page = renderToStaticMarkup(
    <LanguageContext.Provider value={{ language, choose: () => undefined }}><BrowserCheck check={check} /></LanguageContext.Provider>,
  )
  return /<div class="notice-message">([^<]*)<\/div>/.exec(page)?.[1] ?? ''
}

test.each<[Language, string]>([
  ['zh', '浏览器核对通过：ES256 签名和日志证明成立；SM2 签名未在此核对'],
  ['en', 'Checked by your browser: ES256 signature and log proof hold; the SM2 signature was not checked here'],
])('names the signature that was checked, and the one that was not: %s', (language, heading) => {
  expect(headingOf(good, language)).toBe(heading)
  expect(headingOf({ ...good, disclosures: 'valid' }, language)).toBe(heading)
})

test.each<[Language, string]>([
  ['zh', 'ES256 签名成立；SM2 签名和日志证明未在此核对'],
  ['en', 'The ES256 signature holds; SM2 signature and log proof were not checked here'],
])('and that no log proof was: %s', (language, heading) => {
  for (const log of ['missing', 'other-log'] as const) expect(headingOf({ ...good, log }, language)).toBe(heading)
})

describe.each<[Language, RegExp]>([['zh', /成立|通过：/], ['en', /\bholds?[:;,]/]])('calls nothing good that is not: %s', (language, praise) => {
  test.each<[string, Partial<ReportCheck>]>([
    ['another key', { signature: 'other-key' }],
    ['a signature that does not fit', { signature: 'invalid', fault: 'signature', log: 'missing' }],
    ['a log proof that does not hold', { log: 'invalid' }],
    ['personal data of another report', { disclosures: 'invalid' }],
  ])('%s', (_, fault) => {
    expect(headingOf({ ...good, ...fault }, language)).not.toMatch(praise)
    expect(headingOf({ ...good, ...fault }, language)).not.toBe('')
  })
})

test.each<Language>(['zh', 'en'])('a litigant who compares a file is told the same of its report: %s', (language) => {
  const { signed, unchecked, unsound } = litigantWords[language].check
  for (const sentence of [signed, unchecked]) {
    expect(sentence).toContain('ES256')
    expect(sentence).toContain('SM2')
  }
  expect(unsound).not.toContain('SM2') // nothing was found about it
})
