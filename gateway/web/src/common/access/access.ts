// Who may read a submission of a court that assigns its cases, and what judges opened beyond that (schemas/openapi.yaml).
import { askJson } from '../api/client.ts'
import { submissionPath } from '../report/answers.ts'

export interface Access {
  readonly id: string
  readonly submission: string
  readonly since: string
  readonly until: string
  readonly open: boolean
  /** For an operator. */
  readonly court?: string
  /** An account; not for a litigant. */
  readonly judge?: string
  /** For clerks and operators. */
  readonly reason?: string
}

export interface AccessPage {
  readonly items: readonly Access[]
  readonly next: string | null
}

export interface Judges {
  /** Whether the court assigns its cases. */
  readonly assignment: boolean
  readonly items: readonly { readonly account: string; readonly name: string }[]
}

export interface Assignment {
  readonly items: readonly { readonly account: string; readonly by: string; readonly at: string }[]
}

export const assignmentPath = (submission: string): string => `${submissionPath(submission)}/assignment`
export const accessPath = (submission: string): string => `${submissionPath(submission)}/access`

export function loadJudges(signal?: AbortSignal): Promise<Judges> {
  return askJson<Judges>('/v1/judges', signal === undefined ? {} : { signal })
}

export function loadAccess(after?: string, signal?: AbortSignal): Promise<AccessPage> {
  const query = new URLSearchParams({ limit: '50', ...(after === undefined ? {} : { after }) })
  return askJson<AccessPage>(`/v1/access?${query}`, signal === undefined ? {} : { signal })
}

/** Characters as the gateway counts them. */
export const charactersOf = (text: string): number => [...text].length

export const kLeastReason = 10
export const kMostReason = 500
