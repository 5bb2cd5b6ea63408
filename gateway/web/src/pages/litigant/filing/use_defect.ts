import { litigantWords } from '../../../words/litigant/index.ts'
import { useWords } from '../../../words/words.ts'
import type { Defect } from './defects.ts'

/** What a field lacks, in words. */
export function useDefect(defects: readonly Defect[]): (field: string) => string | undefined {
  const words = useWords(litigantWords).defects
  return (field) => {
    const found = defects.find((one) => one.field === field)
    return found === undefined ? undefined : words[found.reason]
  }
}
