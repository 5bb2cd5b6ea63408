// What the pages ask about a submission and its report.
import { askJson, ask } from '../api/client.ts'
import type { Submission } from '../api/types.ts'
import type { ReportCheck } from '../checks/report_check.ts'
import { checkSignedReport, type PublishedKeys } from '../checks/signed_report.ts'
import { openDisclosures } from '../checks/disclosures.ts'
import { fromUtf8, isObject, parseJson } from '../checks/strict.ts'
import { declared } from '../format.ts'
import type { FiledCase, Payload } from './payload.ts'

const at = (part: string): string => encodeURIComponent(part)

export const submissionPath = (id: string): string => `/v1/submissions/${at(id)}`
export const reportPath = (number: string): string => `/v1/reports/${at(number)}`

export interface Elsewhere {
  readonly count: number
  readonly since?: string
  readonly filed: readonly { readonly caseNumber: string; readonly item: string; readonly report: string }[]
}

export interface Case {
  readonly submission: Submission
  readonly filed: FiledCase
  /** Of the court's own copy, where there is a report. */
  readonly report: { readonly payload: Payload; readonly check: ReportCheck; readonly elsewhere: ReadonlyMap<string, Elsewhere> } | null
}

export async function loadCase(id: string, signal: AbortSignal): Promise<Case> {
  const [submission, filed] = await Promise.all([
    askJson<Submission>(submissionPath(id), { signal }),
    askJson<FiledCase>(`${submissionPath(id)}/case`, { signal }),
  ])
  const number = submission.report?.number
  return { submission, filed: readable(filed), report: number === undefined ? null : await loadReport(number, signal) }
}

/** Names and claims as they may be shown. */
function readable(filed: FiledCase): FiledCase {
  const named = <T extends { readonly name?: string }>(one: T): T => (one.name === undefined ? one : { ...one, name: declared(one.name) })
  return {
    ...(filed.caseNumber === undefined ? {} : { caseNumber: declared(filed.caseNumber) }),
    ...(filed.cause === undefined ? {} : { cause: declared(filed.cause) }),
    reliefSought: (filed.reliefSought ?? []).map(declared),
    parties: (filed.parties ?? []).map(named),
    evidence: filed.evidence.map(named),
  }
}

/** The court's copy, read only after the browser has checked it. */
export async function loadReport(number: string, signal: AbortSignal): Promise<Case['report']> {
  const [signed, keys, plain] = await Promise.all([
    ask(`${reportPath(number)}?copy=court`, { signal, headers: { Accept: 'application/jose+json' } }).then((answer) => answer.arrayBuffer()),
    askJson<PublishedKeys>('/v1/keys', { signal }),
    askJson<Payload>(reportPath(number), { signal }),
  ])
  const bytes = new Uint8Array(signed)
  const check = await checkSignedReport(bytes, keys)
  // What is shown is what was signed, wherever that could be read.
  const payload = (check.payload as unknown as Payload | undefined) ?? plain
  return { payload, check, elsewhere: elsewhereIn(bytes, check) }
}

/** What the court's search for the same content found, by item: of the disclosures that the browser could open. */
function elsewhereIn(bytes: Uint8Array, check: ReportCheck): ReadonlyMap<string, Elsewhere> {
  const found = new Map<string, Elsewhere>()
  const document = parseJson(fromUtf8(bytes) ?? '')
  if (!isObject(document) || document['heyan-disclosures'] === undefined || check.payload === undefined) return found
  const opened = openDisclosures(document['heyan-disclosures'], check.payload)
  const items = (check.payload as unknown as Payload).evidence
  items.forEach((item, index) => {
    const text = opened?.get(`/evidence/${index}/elsewhere`)
    const value = text === undefined ? undefined : parseJson(text)
    if (isObject(value)) found.set(item.id, value as unknown as Elsewhere)
  })
  return found
}
