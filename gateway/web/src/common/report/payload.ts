// The report payload (docs/formats.md, heyan.report.v1), as far as the pages show it themselves.
export interface Reason {
  readonly code: string
  readonly check: string
  readonly outcome: string
  readonly effect: string
}

export interface Item {
  readonly id: string
  readonly verdict: string
  readonly party?: string
  readonly reasons: readonly Reason[]
  readonly file?: { readonly size: number; readonly digests: Readonly<Record<string, string>> } | null
}

export interface Payload {
  readonly reportNumber: string
  readonly asOf: string
  readonly verdict: string
  readonly caseNumber?: string
  readonly evidence: readonly Item[]
  readonly trustList: { readonly sample?: boolean }
}

/** A submission as it was filed, as far as it is shown. All of it is declared. */
export interface FiledCase {
  readonly caseNumber?: string
  readonly cause?: string
  readonly reliefSought?: readonly string[]
  readonly parties?: readonly { readonly id?: string; readonly role?: string; readonly name?: string }[]
  readonly evidence: readonly {
    readonly id: string
    readonly name?: string
    readonly purpose?: string
    readonly pages?: number
    readonly party?: string
    readonly file: { readonly path: string; readonly mediaType?: string }
    readonly record?: { readonly ledger?: string; readonly id?: string }
  }[]
}

/** What leads to another verdict, then what is worth reading: not what only passed. */
export function pointsOf(item: Item): readonly Reason[] {
  const seen = new Set<string>()
  const points = item.reasons.filter(({ code, effect }) => effect !== 'NONE' && !seen.has(code) && seen.add(code) !== undefined)
  return [...points.filter(({ effect }) => effect !== 'NOTE'), ...points.filter(({ effect }) => effect === 'NOTE')]
}

/** What keeps the item from being consistent. */
export function defectsOf(item: Item): readonly Reason[] {
  return pointsOf(item).filter(({ effect }) => effect !== 'NOTE')
}

const kPositive: readonly string[] = ['CONSISTENT', 'CONSISTENT_WITH_NOTES']

export function needsAttention(item: Item): boolean {
  return !kPositive.includes(item.verdict)
}

/** What needs attention first, else as filed. */
export function byAttention(items: readonly Item[]): readonly Item[] {
  return [...items.filter(needsAttention), ...items.filter((item) => !needsAttention(item))]
}
