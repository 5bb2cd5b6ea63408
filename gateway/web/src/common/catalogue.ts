// The words of schemas/catalogue, which reports and pages share, by code and language. A code that is not there (of a newer
// report, say) is shown as it is.
import labelRows from '../../../../schemas/catalogue/labels.tsv'
import reasonRows from '../../../../schemas/catalogue/reason-codes.tsv'
import type { Language } from '../words/words.ts'

type Row = Readonly<Record<string, string>>

const keyed = (rows: readonly Row[], key: (row: Row) => string | undefined): ReadonlyMap<string, Row> =>
  new Map(rows.map((row) => [key(row) ?? '', row]))

const reasons = keyed(reasonRows, (row) => row['code'])
const labels = keyed(labelRows, (row) => `${row['section']}/${row['id']}`)

function words(row: Row | undefined, name: string, language: Language, otherwise = ''): string {
  return row?.[`${language}_${name}`] ?? otherwise
}

export interface ReasonWords {
  readonly reason: string
  /** What the party can do; empty: nothing to be done. */
  readonly next: string
}

export function reasonWords(code: string, language: Language): ReasonWords {
  const row = reasons.get(code)
  return { reason: words(row, 'reason', language, code), next: words(row, 'next_step', language) }
}

/** Both, one after the other. */
export function reasonAndNext(code: string, language: Language): string {
  const { reason, next } = reasonWords(code, language)
  return next === '' ? reason : `${reason}${language === 'zh' ? '' : ' '}${next}`
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
