import { beforeEach, expect, test, vi } from 'vitest'
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
vi.mock('../../src/common/api/client.ts', async (original) => ({
  ...(await original<object>()),
  askJson: () => Promise.resolve({ state: 'RECEIVING', files: [{ path: 'files/a', received: 0, complete: false }] }),
  changeHeaders: () => ({}),
  renewSession: () => {
    renewed += 1
    return Promise.resolve()
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
  store = new Map([['a', new Blob(['abcd'])]])
})

/** The file is being sent. */
async function begun() {
  const chosen = { key: 'a', size: 4 } as never
  const sending = new Sending([{ path: 'files/a', chosen }], 'id', () => Promise.resolve('id'), {
    find: ({ key }) => Promise.resolve(store.get(key) ?? null),
    forget: ({ key }) => Promise.resolve(void store.delete(key)),
  })
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
