// The verdicts of schemas/catalogue, by themselves: the public page needs no other words of it. A code that is not there (of a newer
// report, say) is shown as it is.
import verdictRows from '../../../../schemas/catalogue/verdicts.tsv'
import type { Language } from '../words/words.ts'

export interface VerdictWords {
  readonly label: string
  readonly sentence: string
  /** What it means under the Online Litigation Rules. */
  readonly effect: string
  readonly symbol: string
}

/** Of an item or a submission. */
export function verdictWords(code: string, language: Language): VerdictWords {
  const row = verdictRows.find((one) => one['code'] === code)
  return {
    label: row?.[`${language}_label`] ?? code,
    sentence: row?.[`${language}_sentence`] ?? '',
    effect: row?.[`${language}_statute_effect`] ?? '',
    symbol: row?.['symbol'] ?? '',
  }
}

/** The verdicts of items, in the order of the catalogue. */
export const itemVerdicts: readonly string[] = verdictRows.filter((row) => row['level'] === 'evidence').map((row) => row['code'] ?? '')
export const submissionVerdicts: readonly string[] = verdictRows.filter((row) => row['level'] === 'submission').map((row) => row['code'] ?? '')
