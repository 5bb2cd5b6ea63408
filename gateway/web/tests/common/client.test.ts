// A change whose token is no longer that of the session: the person signed in again in another tab.
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { ask, changeHeaders, connect, isOfOtherToken, renewSession } from '../../src/common/api/client.ts'
import { Problem } from '../../src/common/api/problem.ts'

let token = 'first'
let answers: Response[] = []
let sent: (string | undefined)[] = []
let refused: (string | null)[] = []
let renewal: () => Promise<void>

const problem = (status: number, kind: string) =>
  new Response(JSON.stringify({ type: `urn:heyan:problem:${kind}`, title: kind, status }), { status, headers: { 'content-type': 'application/problem+json' } })

beforeEach(() => {
  token = 'first'
  sent = []
  refused = []
  renewal = () => {
    token = 'second'
    return Promise.resolve()
  }
  connect({
    token: () => token,
    language: () => 'en',
    renew: (was) => {
      refused.push(was)
      return renewal()
    },
  })
  vi.stubGlobal('fetch', (_: string, { headers }: { headers: Record<string, string> }) => {
    sent.push(headers['X-Heyan-Token'])
    return Promise.resolve(answers.shift())
  })
})
afterEach(() => void vi.unstubAllGlobals())

test('is sent once more, with the token that is good then', async () => {
  answers = [problem(403, 'form-token-mismatch'), new Response('{}')]
  expect((await ask('/v1/x', { method: 'POST', json: { a: 1 } })).status).toBe(200)
  expect(sent).toEqual(['first', 'second'])
  expect(refused).toEqual(['first'])
})

test('and no more than once', async () => {
  answers = [problem(403, 'form-token-mismatch'), problem(403, 'form-token-mismatch')]
  await expect(ask('/v1/x', { method: 'POST' })).rejects.toMatchObject({ status: 403, kind: 'form-token-mismatch' })
  expect(sent).toHaveLength(2)
})

test('is not sent where nobody renewed the session', async () => {
  renewal = () => Promise.reject(new Problem(401, 'unauthenticated', '', '', [], null))
  answers = [problem(403, 'form-token-mismatch')]
  await expect(ask('/v1/x', { method: 'POST' })).rejects.toMatchObject({ status: 401 })
  expect(sent).toHaveLength(1)
})

test.each([
  [403, 'forbidden'],
  [403, 'not-assigned'],
  [401, 'sign-in-failed'],
])('what is refused for another reason is refused: %i %s', async (status, kind) => {
  answers = [problem(status, kind)]
  await expect(ask('/v1/x', { method: 'POST' })).rejects.toMatchObject({ status, kind })
  expect([sent, refused]).toEqual([['first'], []])
})

test('an upload asks for the session of its last request, and goes on with the next one', async () => {
  expect(changeHeaders()['X-Heyan-Token']).toBe('first')
  token = 'between'
  await renewSession()
  expect(refused).toEqual(['first'])
  expect(changeHeaders()['X-Heyan-Token']).toBe('second')
})

test.each<[boolean, unknown]>([
  [true, new Problem(403, 'form-token-mismatch', '', '', [], null)],
  [false, new Problem(403, 'forbidden', '', 'urn:heyan:problem:form-token-mismatch', [], null)],
  [false, new Problem(404, 'form-token-mismatch', '', '', [], null)],
  [false, new TypeError()],
])('%s: the problem is that of another session', (is, problem) => expect(isOfOtherToken(problem)).toBe(is))
