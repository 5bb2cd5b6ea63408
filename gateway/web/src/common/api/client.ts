// The one way to the gateway. Each change carries the session's token; where the session has expired, or the token is that of an
// earlier one since the person signed in again in another tab, the session is renewed (renewal.ts) and the request then sent once
// more, so that what was typed is not lost.
import { isUnattended } from './attendance.ts'
import { offline, Problem, problemOf } from './problem.ts'

export interface Ask {
  readonly method?: 'GET' | 'POST' | 'PUT' | 'DELETE'
  /** Sent as JSON. */
  readonly json?: unknown
  readonly body?: BodyInit
  readonly headers?: Readonly<Record<string, string>>
  readonly signal?: AbortSignal
  /** That there is no session, or another one, is then the caller's own matter. */
  readonly withoutSession?: boolean
}

export interface Hooks {
  readonly token: () => string | null
  readonly language: () => string
  /** Of the session whose token is no longer good. Resolves when the same person has signed in again; rejects where that was given up. */
  readonly renew: (refused: string | null) => Promise<void>
}

const kOtherToken = 'form-token-mismatch'

/** Of a change: its token is not the one of the session that the browser's cookie names. */
export function isOfOtherToken(problem: unknown): boolean {
  return problem instanceof Problem && problem.status === 403 && problem.kind === kOtherToken
}

let hooks: Hooks = { token: () => null, language: () => 'zh-CN', renew: () => Promise.reject(offline()) }

/** Once, by the session's provider. */
export function connect(wanted: Hooks): void {
  hooks = wanted
}

function headersOfChange(token: string | null): Record<string, string> {
  return { 'Accept-Language': hooks.language(), ...(token === null ? {} : { 'X-Heyan-Token': token }) }
}

let uploadedWith: string | null = null

/** Of a change that is not sent by ask(): an upload. */
export function changeHeaders(): Record<string, string> {
  uploadedWith = hooks.token()
  return headersOfChange(uploadedWith)
}

/** After such a change was refused with 401, or isOfOtherToken: the next one has the token that is good then. */
export function renewSession(): Promise<void> {
  return hooks.renew(uploadedWith)
}

function send(path: string, wanted: Ask, token: string | null): Promise<Response> {
  const method = wanted.method ?? 'GET'
  const headers: Record<string, string> = { Accept: 'application/json', 'Accept-Language': hooks.language(), ...wanted.headers }
  if (method !== 'GET') Object.assign(headers, headersOfChange(token))
  else if (isUnattended()) headers['X-Heyan-Unattended'] = '1'
  let body = wanted.body
  if (wanted.json !== undefined) {
    headers['Content-Type'] ??= 'application/json'
    body = JSON.stringify(wanted.json)
  }
  return fetch(path, {
    method,
    headers,
    credentials: 'same-origin',
    cache: 'no-store',
    redirect: 'error',
    ...(body === undefined ? {} : { body }),
    ...(wanted.signal === undefined ? {} : { signal: wanted.signal }),
  }).catch((error: unknown) => {
    throw error instanceof DOMException && error.name === 'AbortError' ? error : offline()
  })
}

/** The answer, of a status below 400. Throws a Problem otherwise. */
export async function ask(path: string, wanted: Ask = {}): Promise<Response> {
  const token = hooks.token()
  let answer = await send(path, wanted, token)
  if ((answer.status === 401 || answer.status === 403) && wanted.withoutSession !== true) {
    const problem = await problemOf(answer)
    // A wrong old password is 401, too, and no reason to sign in again; nor is what a role may not do.
    if (problem.kind !== 'unauthenticated' && !isOfOtherToken(problem)) throw problem
    await hooks.renew(token)
    answer = await send(path, wanted, hooks.token())
  }
  if (answer.status >= 400) throw await problemOf(answer)
  return answer
}

export async function askJson<T>(path: string, wanted: Ask = {}): Promise<T> {
  const answer = await ask(path, wanted)
  return answer.json().catch(() => {
    throw new Problem(answer.status, 'unexpected', '', '', [], null)
  }) as Promise<T>
}
