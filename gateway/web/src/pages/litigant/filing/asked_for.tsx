import { reasonAndNext } from '../../../common/catalogue.ts'
import { Notice } from '../../../common/plain/plain.tsx'
import { litigantWords } from '../../../words/litigant/index.ts'
import { useLanguage, useWords } from '../../../words/words.ts'
import type { Asked } from './supplement.ts'

/** What the court asked for about an item, where it did. */
export function AskedFor({ item, asked }: { readonly item: string; readonly asked: readonly Asked[] }) {
  const { language } = useLanguage()
  const words = useWords(litigantWords).supplement
  const codes = [...new Set(asked.filter((one) => one.item === undefined || one.item === item).map(({ code }) => code))]
  if (codes.length === 0) return null
  return (
    <Notice
      type="warning"
      className="refusal"
      message={words.asked}
      description={
        <ul className="points">
          {codes.map((code) => <li key={code}>{reasonAndNext(code, language)}</li>)}
        </ul>
      }
    />
  )
}
