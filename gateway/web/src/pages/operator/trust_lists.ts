// What GET /v1/operator/trust and POST /v1/operator/trust/preview say.
import { askJson } from '../../common/api/client.ts'
import { useLoaded, type Loaded } from '../../common/use_loaded.ts'
import type { Language } from '../../words/words.ts'
import { daysUntil, type TrustList } from './operator_state.ts'

export interface Entry {
  readonly kind: string
  readonly of?: string
  readonly id: string
  readonly facts: readonly { readonly name: string; readonly values: readonly string[] }[]
}

export interface TrustInForce {
  readonly list: TrustList
  readonly entries: readonly Entry[]
}

export type Order = 'NEWER' | 'SAME' | 'SAME_VERSION' | 'OLDER' | 'OTHER_LIST'

export interface Change {
  readonly change: 'ADDED' | 'REMOVED' | 'CHANGED'
  readonly kind: string
  readonly of?: string
  readonly id: string
  readonly facts: readonly { readonly name: string; readonly before: readonly string[]; readonly after: readonly string[] }[]
}

export interface Comparison {
  readonly order: Order
  readonly inForce: TrustList
  readonly proposed: TrustList
  readonly changes: readonly Change[]
}

export const kListBytesAtMost = 8 * 1024 * 1024

export function useTrustInForce(): Loaded<TrustInForce> {
  return useLoaded((signal) => askJson<TrustInForce>('/v1/operator/trust', { signal }), [])
}

/** undefined: neither. A browser has no type for TOML, so the name decides. */
export function typeOfList(name: string): string | undefined {
  if (/\.zip$/i.test(name)) return 'application/zip'
  return /\.toml$/i.test(name) ? 'application/toml' : undefined
}

export function compare(file: File, type: string): Promise<Comparison> {
  return askJson<Comparison>('/v1/operator/trust/preview', { method: 'POST', body: file, headers: { 'Content-Type': type } })
}

export const valuesOf = (entry: Entry, name: string): readonly string[] => entry.facts.find((fact) => fact.name === name)?.values ?? []
export const valueOf = (entry: Entry, name: string): string => valuesOf(entry, name)[0] ?? ''

/** Of an institution; a ledger has its own document's names. */
export function nameOf(entry: Entry, language: Language): string {
  const [own, other] = language === 'zh' ? ['Zh', 'En'] : ['En', 'Zh']
  const named = valueOf(entry, `name${own}`) || valueOf(entry, `name.${own?.toLowerCase()}`)
  return named || valueOf(entry, `name${other}`) || valueOf(entry, `name.${other?.toLowerCase()}`) || entry.id
}

/** As people call it. */
export function institutionOf(entries: readonly Entry[], id: string | undefined, language: Language): string {
  const found = entries.find((entry) => entry.kind === 'institution' && entry.id === id)
  return found === undefined ? (id ?? '') : nameOf(found, language)
}

export const kSoonDays = 60

/** Keys and certificates that have ended or end soon, the first one first. A key that was revoked is no matter of days. */
export function endingSoon(entries: readonly Entry[], now: number): readonly Entry[] {
  return entries
    .filter((entry) => (entry.kind === 'key' || entry.kind === 'ca') && valueOf(entry, 'revokedAt') === '')
    .filter((entry) => valueOf(entry, 'validUntil') !== '' && daysUntil(valueOf(entry, 'validUntil'), now) < kSoonDays)
    .sort((a, b) => Date.parse(valueOf(a, 'validUntil')) - Date.parse(valueOf(b, 'validUntil')))
}
