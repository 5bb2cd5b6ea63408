// A refusal as the gateway words it (RFC 9457), or what stands for one where no answer came.
export interface Defect {
  readonly pointer: string
  readonly code: string
  readonly detail: string
}

export class Problem extends Error {
  override readonly name = 'Problem'
  constructor(
    /** 0: no answer came. */
    readonly status: number,
    /** The last part of the problem's type: "sign-in-failed". */
    readonly kind: string,
    readonly title: string,
    readonly detail: string,
    readonly defects: readonly Defect[],
    /** Seconds, where the answer said so. */
    readonly retryAfter: number | null,
  ) {
    super(title || kind)
  }
}

export const offline = (): Problem => new Problem(0, 'offline', '', '', [], null)

const text = (value: unknown): string => (typeof value === 'string' ? value : '')

function defectsOf(value: unknown): Defect[] {
  if (!Array.isArray(value)) return []
  return value.map((one: Record<string, unknown>) => ({ pointer: text(one['pointer']), code: text(one['code']), detail: text(one['detail']) }))
}

/** Of an answer with a status of 400 or more. Reads its body. */
export async function problemOf(answer: Response): Promise<Problem> {
  const wait = Number.parseInt(answer.headers.get('retry-after') ?? '', 10)
  let body: Record<string, unknown> = {}
  if ((answer.headers.get('content-type') ?? '').startsWith('application/problem+json')) {
    body = await answer.json().catch(() => ({}))
  }
  const kind = text(body['type']).replace(/^.*[/:#]/, '')
  return new Problem(answer.status, kind, text(body['title']), text(body['detail']), defectsOf(body['errors']), Number.isNaN(wait) ? null : wait)
}
