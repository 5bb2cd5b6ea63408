// The list of submissions: what is asked for, page by page, and as a file.
import { askJson } from '../api/client.ts'
import type { Line, Lines } from '../api/types.ts'

export interface Filter {
  readonly q: string
  readonly state: string
  readonly verdict: string
  readonly attention: boolean
  /** Of a clerk: to any judge. */
  readonly unassigned: boolean
  readonly deletion: string
}

const kPageLines = 50
const kLinesAtMost = 10_000

export function filterOf(query: URLSearchParams): Filter {
  return {
    q: query.get('q') ?? '',
    state: query.get('state') ?? '',
    verdict: query.get('verdict') ?? '',
    attention: query.get('attention') === 'true',
    unassigned: query.get('unassigned') === 'true',
    deletion: query.get('deletion') ?? '',
  }
}

/** Without what is not asked for, so that an address says no more than it must. */
export function queryOf({ q, state, verdict, attention, unassigned, deletion }: Filter): Record<string, string> {
  return {
    ...(q === '' ? {} : { q }),
    ...(state === '' ? {} : { state }),
    ...(verdict === '' ? {} : { verdict }),
    ...(attention ? { attention: 'true' } : {}),
    ...(unassigned ? { unassigned: 'true' } : {}),
    ...(deletion === '' ? {} : { deletion }),
  }
}

/** By attention the gateway puts what needs it first, over all pages; by time nothing moves while pages are read. */
export function loadLines(filter: Filter, after: string | undefined, order: 'attention' | 'time', signal?: AbortSignal): Promise<Lines> {
  const ordered = order === 'attention' && filter.state !== 'RECEIVING' ? { order } : {}
  const query = new URLSearchParams({ ...queryOf(filter), ...ordered, limit: String(kPageLines), ...(after === undefined ? {} : { after }) })
  return askJson<Lines>(`/v1/submissions?${query}`, signal === undefined ? {} : { signal })
}

export interface AllLines {
  readonly lines: readonly Line[]
  /** There are more, which were not asked for: a page holds only so many. */
  readonly cut: boolean
}

export async function loadAllLines(filter: Filter): Promise<AllLines> {
  const lines: Line[] = []
  for (let after: string | undefined; ; ) {
    const page = await loadLines(filter, after, 'time')
    lines.push(...page.items)
    after = page.next ?? undefined
    if (after === undefined || lines.length >= kLinesAtMost) return { lines, cut: after !== undefined }
  }
}
