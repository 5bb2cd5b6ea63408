import { defectWords } from '../../words/defects/index.ts'
import { useWords } from '../../words/words.ts'
import type { Defect } from '../api/problem.ts'

/** All of them: where, in a sentence of the reader's language, and behind it what the gateway says to whoever made the file. */
export function Defects({ defects }: { readonly defects: readonly Defect[] }) {
  const words = useWords(defectWords)
  if (defects.length === 0) return null
  const sentences: Readonly<Record<string, string>> = words.codes
  return (
    <ul className="points">
      {defects.map((one) => (
        <li key={one.pointer + one.code + one.detail}>
          {one.pointer === '' ? null : <><code>{one.pointer}</code> </>}{Object.keys(sentences).includes(one.code) ? sentences[one.code] : words.other}
          {one.detail === '' ? null : <span className="quiet" lang="en"> <bdi>({one.detail})</bdi></span>}
        </li>
      ))}
    </ul>
  )
}
