// Whoever looks a report up by its number is warned of a sample as whoever has its file.
import { renderToStaticMarkup } from 'react-dom/server'
import { expect, test } from 'vitest'
import { Answer, type Found } from '../../src/pages/public/by_number.tsx'
import { reportWords } from '../../src/words/report/index.ts'
import { LanguageContext, type Language } from '../../src/words/words.ts'

const found: Found = {
  number: 'HY-AAAA-AAAA-AAAA-AAAA', verdict: 'ALL_CONSISTENT', asOf: '2026-11-29T00:00:00Z', counts: { CONSISTENT: 1 }, standing: 'ISSUED', payloadDigest: '00',
}

const pageOf = (one: Found, language: Language) =>
  renderToStaticMarkup(<LanguageContext.Provider value={{ language, choose: () => undefined }}><Answer found={one} /></LanguageContext.Provider>)

test.each<Language>(['zh', 'en'])('a sample is said to be one, and nothing else is: %s', (language) => {
  expect(pageOf({ ...found, sample: true }, language)).toContain(reportWords[language].sample)
  expect(pageOf({ ...found, sample: false }, language)).not.toContain(reportWords[language].sample)
  expect(pageOf(found, language)).not.toContain(reportWords[language].sample)
})
