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
vi.mock('../../src/common/api/client.ts', () => ({
  askJson: () => Promise.resolve({ state: 'RECEIVING', files: [{ path: 'files/a', received: 0, complete: false }] }),
  changeHeaders: () => ({}),
  renewSession: () => Promise.resolve(),
}))
vi.stubGlobal('location', { origin: 'https://gateway.example' })

const answered = (status: number) => ({
  originalResponse: status === 0 ? null : { getStatus: () => status, getBody: () => '' },
})

beforeEach(() => {
  made.length = 0
})

/** The file is being sent. */
async function begun() {
  const chosen = { size: 4 } as never
  const sending = new Sending([{ path: 'files/a', chosen }], 'id', () => Promise.resolve('id'), () => Promise.resolve(new Blob(['abcd'])))
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

test.each([400, 403, 404, 413, 422])('anything else is refused: %d', async (status) => {
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
