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

type Members = Readonly<Record<string, unknown>>

const text = (value: unknown): string => (typeof value === 'string' ? value : '')
const members = (value: unknown): Members => (typeof value === 'object' && value !== null ? (value as Members) : {})

function defectsOf(value: unknown): Defect[] {
  if (!Array.isArray(value)) return []
  return value.map(members).map((one) => ({ pointer: text(one['pointer']), code: text(one['code']), detail: text(one['detail']) }))
}

function parsed(json: string): Members {
  try {
    return members(JSON.parse(json))
  } catch {
    return {}
  }
}

/** Of an answer with a status of 400 or more, whoever asked: its status, its body, and the fields Content-Type and Retry-After, where it has them. */
export function readProblem(status: number, body: string, type: string | null | undefined, retryAfter: string | null | undefined): Problem {
  const wait = Number.parseInt(retryAfter ?? '', 10)
  const said = (type ?? '').startsWith('application/problem+json') ? parsed(body) : {}
  const kind = text(said['type']).replace(/^.*[/:#]/, '')
  return new Problem(status, kind, text(said['title']), text(said['detail']), defectsOf(said['errors']), Number.isNaN(wait) ? null : wait)
}

/** Of an answer to fetch(). Reads its body. */
export async function problemOf(answer: Response): Promise<Problem> {
  const body = await answer.text().catch(() => '')
  return readProblem(answer.status, body, answer.headers.get('content-type'), answer.headers.get('retry-after'))
}
