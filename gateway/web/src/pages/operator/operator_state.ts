// What GET /v1/operator/state says. No case stands in it.
import { askJson } from '../../common/api/client.ts'
import { useLoaded, type Loaded } from '../../common/use_loaded.ts'

export interface TrustList {
  readonly id: string
  readonly version: number
  readonly issued: string
  readonly nextUpdate: string
  readonly digest: string
  readonly sample: boolean
}

export interface GatewayKey {
  readonly use: string
  readonly algorithm: string
  readonly validFrom?: string
  readonly validUntil?: string
  readonly sha256: string
}

export interface OperatorState {
  readonly ready: boolean
  readonly checks: readonly { readonly name: string; readonly good: boolean }[]
  readonly version: string
  readonly startedAt: string
  readonly queue: { readonly receiving: number; readonly queued: number; readonly verifying: number }
  readonly backlog: { readonly waiting: number; readonly overdue: number }
  readonly webhooks: { readonly pending: number }
  /** NONE: there is none, and nobody looks for malware. */
  readonly malwareScanner: { readonly state: 'NONE' | 'READY' | 'AWAY'; readonly pending: number; readonly found: number }
  readonly trustList: TrustList | null
  readonly policy: { readonly digest: string } | null
  readonly keys: readonly GatewayKey[]
  /** Of the process that answers; it runs only where each act was stopped. */
  readonly selfTest: { readonly at: string; readonly stopped: readonly string[]; readonly lacking: readonly string[] }
  readonly listeners: readonly { readonly name: string; readonly address: string }[]
}

export function useOperatorState(): Loaded<OperatorState> {
  return useLoaded((signal) => askJson<OperatorState>('/v1/operator/state', { signal }), [])
}

/** Whole days until then; negative where it is over. */
export function daysUntil(time: string, now: number): number {
  return Math.floor((Date.parse(time) - now) / 86_400_000)
}
