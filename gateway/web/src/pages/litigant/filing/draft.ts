// What a person has filled in so far, and the case.json that it becomes (docs/case-folder.md).
import type { FileFingerprints } from '../../../common/hash/hash_file.ts'
import type { Outgoing } from './sending.ts'
import type { Court } from '../../../common/api/types.ts'
import { pageCount } from './numbers.ts'

export const kRoles = ['PLAINTIFF', 'DEFENDANT', 'THIRD_PARTY', 'AGENT', 'APPLICANT', 'RESPONDENT', 'OTHER'] as const
export const kKinds = ['NATURAL_PERSON', 'LEGAL_PERSON', 'UNINCORPORATED'] as const
export const kIdTypes = ['RESIDENT_ID', 'USCC', 'PASSPORT', 'OTHER'] as const
export const kCategories = [
  'ELECTRONIC_DATA', 'DOCUMENTARY', 'AUDIOVISUAL', 'PHYSICAL', 'PARTY_STATEMENT', 'WITNESS', 'EXPERT_OPINION', 'INSPECTION_RECORD',
] as const

export type PartyRole = (typeof kRoles)[number]
export type Kind = (typeof kKinds)[number]
export type IdType = (typeof kIdTypes)[number]
export type Category = (typeof kCategories)[number]

export interface Party {
  readonly id: string
  readonly role: PartyRole
  readonly kind: Kind
  readonly name: string
  readonly idType: IdType
  readonly idNumber: string
}

/** A file that was chosen; its bytes are kept by the file store under `key`. */
export interface Chosen {
  readonly key: string
  readonly name: string
  readonly size: number
  readonly type: string
  /** Absent while it is still read, and where it cannot be. */
  readonly fingerprints?: FileFingerprints
  readonly unreadable?: true
}

export interface Item {
  readonly id: string
  readonly name: string
  readonly category: Category
  readonly source: string
  readonly purpose: string
  /** How many, as it was typed. */
  readonly pages: string
  readonly party: string
  readonly recordNumber: string
  /** What the person pasted from a certificate or receipt, to compare with; never sent. */
  readonly pasted: string
  readonly facts: { readonly who: string; readonly what: string; readonly when: string; readonly where: string }
  readonly file: Chosen | null
  readonly proofs: readonly (Chosen & { readonly statement: boolean })[]
}

export interface Draft {
  readonly step: number
  readonly court: string
  readonly caseNumber: string
  readonly role: PartyRole
  readonly cause: string
  /** A claim each; empty ones are not sent. */
  readonly relief: readonly string[]
  readonly parties: readonly Party[]
  readonly items: readonly Item[]
  /** Of the one request that files it, however often that is sent. */
  readonly key: string
  /** Its number at the gateway, from that request on. */
  readonly submission: string | null
  /** Where it answers a court's request: of which submission, and what was asked for. */
  readonly answers?: { readonly submission: string; readonly asked: readonly { readonly item?: string; readonly code: string }[] }
}

export function newKey(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('')
}

/** The first of "E1", "E2" … that none of them has. */
export function nextId(prefix: string, taken: readonly { readonly id: string }[]): string {
  for (let number = 1; ; ++number) if (!taken.some((one) => one.id === `${prefix}${number}`)) return `${prefix}${number}`
}

export function newParty(taken: readonly Party[], role: PartyRole): Party {
  return { id: nextId('P', taken), role, kind: 'NATURAL_PERSON', name: '', idType: 'RESIDENT_ID', idNumber: '' }
}

export function newItem(taken: readonly Item[], party: string): Item {
  return {
    id: nextId('E', taken), name: '', category: 'ELECTRONIC_DATA', source: '', purpose: '', pages: '', party, recordNumber: '', pasted: '',
    facts: { who: '', what: '', when: '', where: '' }, file: null, proofs: [],
  }
}

export function newDraft(courts: readonly Court[]): Draft {
  const plaintiff = newParty([], 'PLAINTIFF')
  return {
    step: 0, court: courts.length === 1 ? courts[0]!.code : '', caseNumber: '', role: 'PLAINTIFF',
    cause: '', relief: [''], parties: [plaintiff, newParty([plaintiff], 'DEFENDANT')], items: [newItem([], 'P1')], key: newKey(), submission: null,
  }
}

/** A name that is safe in every path: letters and digits of any language, dots, dashes. */
export function safeName(name: string): string {
  const kept = name.normalize('NFC').replace(/[^\p{L}\p{N}._-]+/gu, '_').replace(/^[._]+/, '').replace(/\.{2,}/g, '.')
  const letters = [...kept]
  return letters.length <= 60 ? kept || 'file' : letters.slice(0, 40).join('') + letters.slice(-20).join('')
}

export const pathOfFile = (item: Item): string => `files/${item.id}-${safeName(item.file?.name ?? '')}`
export const pathOfProof = (item: Item, at: number): string => `proofs/${item.id}-${at + 1}-${safeName(item.proofs[at]?.name ?? '')}`

export function filesOf(draft: Draft): readonly Outgoing[] {
  return draft.items.flatMap((item) => [
    ...(item.file === null ? [] : [{ path: pathOfFile(item), chosen: item.file }]),
    ...item.proofs.map((chosen, at) => ({ path: pathOfProof(item, at), chosen })),
  ])
}

// Members without a value are left out: "" would be a statement.
function withValues(members: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== '' && value !== undefined))
}

/** What is claimed, without the lines that are empty. */
export const claimsOf = (draft: Draft): readonly string[] => draft.relief.map((claim) => claim.trim()).filter((claim) => claim !== '')

function evidenceOf(item: Item): Record<string, unknown> {
  const facts = withValues({ ...item.facts, when: item.facts.when === '' ? '' : new Date(item.facts.when).toISOString() })
  const { file } = item
  return withValues({
    id: item.id,
    name: item.name.trim(),
    category: item.category,
    purpose: item.purpose.trim(),
    source: item.source.trim(),
    pages: pageCount(item.pages) ?? undefined,
    party: item.party,
    file: file === null ? undefined : withValues({
      path: pathOfFile(item), size: file.size, mediaType: /^[\w.+-]+\/[\w.+-]+$/.test(file.type) ? file.type : '', digests: file.fingerprints,
    }),
    claims: Object.keys(facts).length === 0 ? undefined : facts,
    record: item.recordNumber.trim() === '' ? undefined : { id: item.recordNumber.trim() },
    proofs: item.proofs.length === 0 ? undefined : item.proofs.map((proof, at) =>
      withValues({ path: pathOfProof(item, at), format: proof.statement ? 'operator-attestation' : '' })),
  })
}

export function caseDocument(draft: Draft, court: Court, submitter: string): unknown {
  const claims = claimsOf(draft)
  return {
    schema: 'heyan.submission.v1',
    court,
    ...withValues({ caseNumber: draft.caseNumber.trim(), cause: draft.cause.trim(), reliefSought: claims.length === 0 ? undefined : claims }),
    submitter: withValues({ role: draft.role, name: submitter }),
    parties: draft.parties.map((party) => withValues({
      id: party.id, role: party.role, kind: party.kind, name: party.name.trim(),
      idType: party.idNumber.trim() === '' ? '' : party.idType, idNumber: party.idNumber,
    })),
    evidence: draft.items.map((item) => evidenceOf(item)),
  }
}
