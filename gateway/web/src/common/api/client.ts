// The one way to the gateway. Each change carries the session's token; where the session has expired, the person is asked to
// sign in again and the request is then sent once more, so that what was typed is not lost.
import { offline, Problem, problemOf } from './problem.ts'

export interface Ask {
  readonly method?: 'GET' | 'POST' | 'PUT' | 'DELETE'
  /** Sent as JSON. */
  readonly json?: unknown
  readonly body?: BodyInit
  readonly headers?: Readonly<Record<string, string>>
  readonly signal?: AbortSignal
  /** An answer of 401 is then the caller's own matter. */
  readonly withoutSession?: boolean
}

export interface Hooks {
  readonly token: () => string | null
  readonly language: () => string
  /** Resolves when the same person has signed in again; rejects where that was given up. */
  readonly renew: () => Promise<void>
}

let hooks: Hooks = { token: () => null, language: () => 'zh-CN', renew: () => Promise.reject(offline()) }

/** Once, by the session's provider. */
export function connect(wanted: Hooks): void {
  hooks = wanted
}

/** Of a change that is not sent by ask(): an upload. */
export function changeHeaders(): Record<string, string> {
  const token = hooks.token()
  return { 'Accept-Language': hooks.language(), ...(token === null ? {} : { 'X-Heyan-Token': token }) }
}

export function renewSession(): Promise<void> {
  return hooks.renew()
}

function send(path: string, wanted: Ask): Promise<Response> {
  const method = wanted.method ?? 'GET'
  const headers: Record<string, string> = { Accept: 'application/json', 'Accept-Language': hooks.language(), ...wanted.headers }
  if (method !== 'GET') Object.assign(headers, changeHeaders())
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
  let answer = await send(path, wanted)
  if (answer.status === 401 && wanted.withoutSession !== true) {
    const problem = await problemOf(answer)
    // A wrong old password is 401, too, and no reason to sign in again.
    if (problem.kind !== 'unauthenticated') throw problem
    await hooks.renew()
    answer = await send(path, wanted)
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
