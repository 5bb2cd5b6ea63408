// What checking a signed report found out (signed_report.ts), without the code that checks: a page that shows it loads no
// cryptography.
import type { LogPosition } from './log_proof.ts'
import type { JsonObject } from './strict.ts'

export type Fault =
  | 'too-large' | 'not-json' | 'members' | 'base64' | 'payload' | 'header' | 'algorithm' | 'signature-set' | 'headers-differ' | 'certificate' | 'signature'

/** Of ES256. `other-key`: the signature fits the certificate in the report, but that key is not the published one. */
export type SignatureOutcome = 'valid' | 'other-key' | 'invalid'
/** `missing`: no proof. `other-log`: the report stands in another log than the one that is published now; its key is not here. */
export type LogOutcome = 'valid' | 'missing' | 'other-log' | 'invalid'
/** What a copy discloses of personal fields; `none`: it discloses nothing. */
export type DisclosureOutcome = 'valid' | 'none' | 'invalid'

export interface ReportCheck {
  readonly signature: SignatureOutcome
  readonly fault?: Fault
  readonly log: LogOutcome
  readonly disclosures: DisclosureOutcome
  /** Only where the signature is not invalid. */
  readonly payload?: JsonObject
  readonly payloadDigest?: string // SHA-256, hex
  readonly signedAt?: number // milliseconds since 1970
  readonly position?: LogPosition
}

/** Signature and log proof were checked here, and nothing speaks against the report. */
export function stands(check: ReportCheck): boolean {
  return check.log === 'valid' && holds(check)
}

/** Nothing that was checked here speaks against the report; its log proof may not have been checked. */
export function holds(check: ReportCheck): boolean {
  return check.signature === 'valid' && check.log !== 'invalid' && check.disclosures !== 'invalid'
}
