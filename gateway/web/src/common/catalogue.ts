// The words of schemas/catalogue, which reports and pages share, by code and language. A code that is not there (of a newer
// report, say) is shown as it is.
import labelRows from '../../../../schemas/catalogue/labels.tsv'
import reasonRows from '../../../../schemas/catalogue/reason-codes.tsv'
import verdictRows from '../../../../schemas/catalogue/verdicts.tsv'
import type { Language } from '../words/words.ts'

type Row = Readonly<Record<string, string>>

const keyed = (rows: readonly Row[], key: (row: Row) => string | undefined): ReadonlyMap<string, Row> =>
  new Map(rows.map((row) => [key(row) ?? '', row]))

const verdicts = keyed(verdictRows, (row) => row['code'])
const reasons = keyed(reasonRows, (row) => row['code'])
const labels = keyed(labelRows, (row) => `${row['section']}/${row['id']}`)

function words(row: Row | undefined, name: string, language: Language, otherwise = ''): string {
  return row?.[`${language}_${name}`] ?? otherwise
}

export interface VerdictWords {
  readonly label: string
  readonly sentence: string
  /** What it means under the Online Litigation Rules. */
  readonly effect: string
  readonly symbol: string
}

/** Of an item or a submission. */
export function verdictWords(code: string, language: Language): VerdictWords {
  const row = verdicts.get(code)
  return {
    label: words(row, 'label', language, code),
    sentence: words(row, 'sentence', language),
    effect: words(row, 'statute_effect', language),
    symbol: row?.['symbol'] ?? '',
  }
}

/** The verdicts of items, in the order of the catalogue. */
export const itemVerdicts: readonly string[] = verdictRows.filter((row) => row['level'] === 'evidence').map((row) => row['code'] ?? '')
export const submissionVerdicts: readonly string[] = verdictRows.filter((row) => row['level'] === 'submission').map((row) => row['code'] ?? '')

export interface ReasonWords {
  readonly reason: string
  /** What the party can do; empty: nothing to be done. */
  readonly next: string
}

export function reasonWords(code: string, language: Language): ReasonWords {
  const row = reasons.get(code)
  return { reason: words(row, 'reason', language, code), next: words(row, 'next_step', language) }
}

/** A label of reports: section and id of labels.tsv. */
export function label(section: string, id: string, language: Language): string {
  return labels.get(`${section}/${id}`)?.[language] ?? id
}

const roles: Readonly<Record<string, string>> = {
  PLAINTIFF: 'Plaintiff', DEFENDANT: 'Defendant', THIRD_PARTY: 'ThirdParty', AGENT: 'Agent',
  APPLICANT: 'Applicant', RESPONDENT: 'Respondent', OTHER: 'OtherParty',
}

export function roleLabel(role: string, language: Language): string {
  const id = roles[role]
  return id === undefined ? role : label('case', id, language)
}
