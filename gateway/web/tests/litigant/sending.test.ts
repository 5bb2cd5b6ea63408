import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { Problem } from '../../src/common/api/problem.ts'
import { Sending } from '../../src/pages/litigant/filing/sending.ts'

interface Options {
  readonly onShouldRetry: (error: unknown) => boolean
  readonly onError: (error: unknown) => void
  readonly onSuccess: () => void
}

const made = vi.hoisted(() => [] as Options[])
vi.mock('tus-js-client', () => ({
  Upload: class {
    constructor(_bytes: unknown, options: Options) {
      made.push(options)
    }
    readonly start = () => undefined
    readonly abort = () => Promise.resolve()
  },
}))
let renewed: number
let renewal: Promise<void>
let known: () => Promise<unknown>
const receiving = () => Promise.resolve({ state: 'RECEIVING', files: [{ path: 'files/a', received: 0, complete: false }] })
vi.mock('../../src/common/api/client.ts', async (original) => ({
  ...(await original<object>()),
  askJson: () => known(),
  changeHeaders: () => ({}),
  renewSession: () => {
    renewed += 1
    return renewal
  },
}))
vi.stubGlobal('location', { origin: 'https://gateway.example' })

const answered = (status: number, body = '', fields: Readonly<Record<string, string>> = {}) => ({
  originalResponse: status === 0 ? null : { getStatus: () => status, getBody: () => body, getHeader: (name: string) => fields[name] },
})
const said = (status: number, kind: string, rest: object = {}) =>
  answered(status, JSON.stringify({ type: `urn:heyan:problem:${kind}`, title: kind, ...rest }), { 'Content-Type': 'application/problem+json' })

let store: Map<string, Blob>

beforeEach(() => {
  made.length = 0
  renewed = 0
  renewal = Promise.resolve()
  known = receiving
  store = new Map([['a', new Blob(['abcd'])]])
})

function sendingOf(submission: string | null, begin: () => Promise<string>): Sending {
  const chosen = { key: 'a', size: 4 } as never
  return new Sending([{ path: 'files/a', chosen }], submission, begin, {
    find: ({ key }) => Promise.resolve(store.get(key) ?? null),
    forget: ({ key }) => Promise.resolve(void store.delete(key)),
  })
}

afterEach(() => void vi.useRealTimers())

/** The file is being sent. */
async function begun() {
  const sending = sendingOf('id', () => Promise.resolve('id'))
  const ended = sending.run()
  await vi.waitFor(() => expect(made).toHaveLength(1))
  return { sending, ended, options: made[0] as Options }
}

test.each([0, 408, 423, 429, 500, 503])('what passes is tried again, and interrupts when it lasts: %d', async (status) => {
  const { sending, ended, options } = await begun()
  expect(options.onShouldRetry(answered(status))).toBe(true)
  options.onError(answered(status))
  await ended
  expect(sending.snapshot().state).toBe('interrupted')
})

test('where the upload is elsewhere than was thought is asked again', async () => {
  const { sending, ended, options } = await begun()
  expect(options.onShouldRetry(answered(409))).toBe(true)
  options.onError(answered(409))
  await ended
  expect(sending.snapshot().state).toBe('refused')
})

test.each([400, 403, 404, 413, 421])('anything else is refused: %d', async (status) => {
  const { sending, ended, options } = await begun()
  expect(options.onShouldRetry(answered(status))).toBe(false)
  options.onError(answered(status))
  await ended
  expect(sending.snapshot().state).toBe('refused')
})

test('nothing is tried again once it was paused', async () => {
  const { sending, options } = await begun()
  sending.pause()
  expect(options.onShouldRetry(answered(503))).toBe(false)
  expect(sending.snapshot().state).toBe('paused')
})

test('a refusal is shown as the gateway says it', async () => {
  const { sending, ended, options } = await begun()
  const errors = [{ pointer: '', code: 'too-much-under-way', detail: '1 GiB' }]
  options.onError(said(413, 'too-large', { detail: 'more than is allowed', errors }))
  await ended
  expect(sending.snapshot()).toMatchObject({ state: 'refused', problem: { status: 413, title: 'too-large', detail: 'more than is allowed', defects: errors } })
})

test('other bytes than were announced: the file is forgotten, and has to be chosen again', async () => {
  const { sending, ended, options } = await begun()
  options.onError(said(422, 'defects'))
  await ended
  expect(sending.snapshot()).toMatchObject({ state: 'fileMissing', path: 'files/a', sent: 0, problem: { status: 422, title: 'defects' } })
  // Nothing of it is sent again until it was.
  await sending.run()
  expect([made.length, sending.snapshot().state, sending.snapshot().problem]).toEqual([1, 'fileMissing', null])
  store.set('a', new Blob(['efgh']))
  void sending.run()
  await vi.waitFor(() => expect(made).toHaveLength(2))
})

test.each([[401, 'unauthenticated'], [403, 'form-token-mismatch']])('%i %s: it goes on with the session that is good then', async (status, kind) => {
  const { sending, options } = await begun()
  expect(options.onShouldRetry(answered(status))).toBe(false)
  options.onError(said(status, kind))
  await vi.waitFor(() => expect(made).toHaveLength(2))
  expect([renewed, sending.snapshot().state]).toEqual([1, 'sending'])
})

const settled = async () => {
  for (let i = 0; i < 20; i++) await Promise.resolve()
}

/** Something that is answered when the test says so, and how often it was asked. */
function held<T>() {
  const answers: ((value: T) => void)[] = []
  const refusals: ((problem: unknown) => void)[] = []
  const ask = () => new Promise<T>((answer, refuse) => {
    answers.push(answer)
    refusals.push(refuse)
  })
  return { ask, answers, refusals }
}

test('paused and gone on with while the case is being filed: it is filed once, and sent once', async () => {
  const filing = held<string>()
  const sending = sendingOf(null, filing.ask)
  for (let i = 0; i < 3; i++) {
    void sending.run()
    sending.pause()
  }
  void sending.run()
  expect(filing.answers).toHaveLength(1)
  filing.answers[0]?.('id')
  await vi.waitFor(() => expect(made).toHaveLength(1))
  await settled()
  expect([made.length, sending.snapshot().submission]).toEqual([1, 'id'])
})

test('paused while it is being filed: its number is known, and nothing is sent', async () => {
  const filing = held<string>()
  const sending = sendingOf(null, filing.ask)
  void sending.run()
  sending.pause()
  filing.answers[0]?.('id')
  await settled()
  expect([sending.snapshot().state, sending.snapshot().submission, made.length]).toEqual(['paused', 'id', 0])
})

test('a filing that was refused is asked for anew when it goes on', async () => {
  const filing = held<string>()
  const sending = sendingOf(null, filing.ask)
  const ended = sending.run()
  filing.refusals[0]?.(new Problem(422, 'defects', '', '', [], null))
  await ended
  expect(sending.snapshot().state).toBe('refused')
  void sending.run()
  expect(filing.answers).toHaveLength(2)
})

test('paused and gone on with while it is asked what has arrived: the first question is of no use any more', async () => {
  const question = held<unknown>()
  known = question.ask
  const sending = sendingOf('id', () => Promise.resolve('id'))
  void sending.run()
  sending.pause()
  void sending.run()
  expect(question.answers).toHaveLength(2)
  for (const answer of question.answers) answer(await receiving())
  await vi.waitFor(() => expect(made).toHaveLength(1))
  await settled()
  expect(made).toHaveLength(1)
  // Nor does it matter what comes of it.
  sending.pause()
  known = () => Promise.reject(new Problem(404, '', '', '', [], null))
  const ended = sending.run()
  sending.pause()
  await ended
  expect(sending.snapshot().state).toBe('paused')
})

test('paused while somebody signs in again: nothing is sent', async () => {
  let signIn: () => void = () => undefined
  renewal = new Promise((done) => {
    signIn = done
  })
  const { sending, options } = await begun()
  options.onError(said(401, 'unauthenticated'))
  await settled()
  sending.pause()
  signIn()
  await settled()
  expect([made.length, sending.snapshot().state]).toEqual([1, 'paused'])
})

test('the same filing that is still being handled is no refusal', async () => {
  const underWay = [{ pointer: '', code: 'request-under-way', detail: '' }]
  const sending = sendingOf(null, () => Promise.reject(new Problem(409, 'conflict', '', '', underWay, null)))
  await sending.run()
  expect(sending.snapshot().state).toBe('interrupted')
  const other = sendingOf(null, () => Promise.reject(new Problem(409, 'conflict', '', '', [{ ...underWay[0]!, code: 'idempotency-key-reused' }], null)))
  await other.run()
  expect(other.snapshot().state).toBe('refused')
})

/** Interrupted by that answer, with a clock of its own. */
async function interrupted(answer: unknown) {
  vi.useFakeTimers()
  const sending = sendingOf('id', () => Promise.resolve('id'))
  const ended = sending.run()
  await vi.waitFor(() => expect(made).toHaveLength(1))
  made[0]?.onError(answer)
  await ended
  expect(sending.snapshot().state).toBe('interrupted')
  return sending
}

test.each<[string, unknown, number]>([
  ['without an answer', answered(0), 15],
  ['that is busy', answered(503), 15],
  ['that says when', answered(429, '', { 'Retry-After': '40' }), 40],
  ['that says sooner', answered(429, '', { 'Retry-After': '1' }), 15],
  ['that says nearly never', answered(503, '', { 'Retry-After': '99999999999' }), 3600],
])('what was interrupted goes on by itself: %s', async (_, answer, seconds) => {
  await interrupted(answer)
  await vi.advanceTimersByTimeAsync(seconds * 1000 - 1)
  expect(made).toHaveLength(1)
  await vi.advanceTimersByTimeAsync(1)
  expect(made).toHaveLength(2)
})

test('once, where the person or the network was sooner; and not where the page was left', async () => {
  const sending = await interrupted(answered(0))
  void sending.run()
  await vi.advanceTimersByTimeAsync(60_000)
  expect(made).toHaveLength(2)
  made[1]?.onError(answered(0))
  await vi.advanceTimersByTimeAsync(0)
  expect(sending.snapshot().state).toBe('interrupted')
  sending.pause()
  await vi.advanceTimersByTimeAsync(60_000)
  expect(made).toHaveLength(2)
})

test('what is refused for good does not go on by itself', async () => {
  vi.useFakeTimers()
  const sending = sendingOf(null, () => Promise.reject(new Problem(422, 'defects', '', '', [], 1)))
  await sending.run()
  expect([sending.snapshot().state, vi.getTimerCount()]).toEqual(['refused', 0])
})

test('a file that can no longer be read is asked for, and not taken for a lost network', async () => {
  const moved = () => Promise.reject(new DOMException('', 'NotReadableError'))
  store.set('a', { slice: () => ({ arrayBuffer: moved }) } as unknown as Blob)
  const sending = sendingOf('id', () => Promise.resolve('id'))
  await sending.run()
  expect([sending.snapshot().state, sending.snapshot().path, made.length]).toEqual(['fileMissing', 'files/a', 0])
})
