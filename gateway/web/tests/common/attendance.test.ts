// What a page asks by itself while nobody is there says so; what a person asks, and every change, does not.
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { isUnattended, watchPerson } from '../../src/common/api/attendance.ts'
import { ask, connect } from '../../src/common/api/client.ts'

const page = new EventTarget()
watchPerson(page)
let sent: Record<string, string>[]

beforeEach(() => {
  vi.useFakeTimers()
  page.dispatchEvent(new Event('pointerdown'))
  sent = []
  connect({ token: () => 't', language: () => 'en', renew: () => Promise.reject(new Error()) })
  vi.stubGlobal('fetch', (_: string, { headers }: { headers: Record<string, string> }) => {
    sent.push(headers)
    return Promise.resolve(new Response('{}'))
  })
})
afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

test.each(['pointerdown', 'keydown', 'wheel', 'touchstart', 'click', 'input'])('somebody is there for a minute after %s', (sign) => {
  vi.advanceTimersByTime(60_001)
  expect(isUnattended()).toBe(true)
  page.dispatchEvent(new Event(sign))
  expect(isUnattended()).toBe(false)
  vi.advanceTimersByTime(60_000)
  expect(isUnattended()).toBe(false)
})

test('moving and waiting are no sign of a person', () => {
  vi.advanceTimersByTime(60_001)
  for (const kind of ['visibilitychange', 'focus', 'load', 'scroll', 'online', 'message']) page.dispatchEvent(new Event(kind))
  expect(isUnattended()).toBe(true)
})

test('a question while nobody is there is marked, and no other one', async () => {
  await ask('/v1/x')
  vi.advanceTimersByTime(60_001)
  await ask('/v1/x')
  await ask('/v1/x', { headers: { Accept: 'application/pdf' } })
  await ask('/v1/x', { method: 'POST', json: {} })
  await ask('/v1/x', { method: 'DELETE' })
  page.dispatchEvent(new Event('keydown'))
  await ask('/v1/x')
  expect(sent.map((headers) => headers['X-Heyan-Unattended'])).toEqual([undefined, '1', '1', undefined, undefined, undefined])
})
