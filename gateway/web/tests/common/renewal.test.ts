// What waits for a session: which person it may be, and when somebody has to be asked.
import { expect, test, vi } from 'vitest'
import { offline, Problem } from '../../src/common/api/problem.ts'
import { Renewal } from '../../src/common/api/renewal.ts'
import type { Session } from '../../src/common/api/types.ts'

const of = (account: string, token: string) => ({ account, token }) as Session
const nobody = () => new Problem(401, 'unauthenticated', '', '', [], null)

/** `cookie`: who is signed in in this browser; an error: what the question is answered with. */
function world(known: Session | null, cookie: Session | Error) {
  const at = { known, cookie, expired: false, asked: 0 }
  const renewal = new Renewal({
    current: () => at.known,
    ask: () => {
      at.asked += 1
      return at.cookie instanceof Error ? Promise.reject(at.cookie) : Promise.resolve(at.cookie)
    },
    take: (session) => {
      at.known = session
    },
    expire: (expired) => {
      at.expired = expired
    },
  })
  return { at, renewal }
}
const settled = async () => {
  for (let i = 0; i < 10; i++) await Promise.resolve()
}

test('the same person in another tab: the token is taken, and nobody is asked', async () => {
  const { at, renewal } = world(of('li', 'first'), of('li', 'second'))
  await renewal.renew('first')
  expect([at.known?.token, at.expired]).toEqual(['second', false])
})

test('several changes that are refused at once ask once, and one that comes late does not ask', async () => {
  const { at, renewal } = world(of('li', 'first'), of('li', 'second'))
  await Promise.all([renewal.renew('first'), renewal.renew('first')])
  await renewal.renew('first')
  expect(at.asked).toBe(1)
})

test.each<[string, Session | Error]>([
  ['nobody', nobody()],
  ['somebody else', of('wang', 'second')],
  ['the very session that was refused', of('li', 'first')],
])('%s: the person signs in, and what waited goes on', async (_, cookie) => {
  const { at, renewal } = world(of('li', 'first'), cookie)
  const done = vi.fn()
  const waiting = renewal.renew('first').then(done)
  await settled()
  expect([at.expired, at.known?.account, at.known?.token]).toEqual([true, 'li', 'first'])
  expect(done).not.toHaveBeenCalled()
  at.known = of('li', 'third')
  renewal.done()
  await waiting
  expect(at.expired).toBe(false)
})

test('while it is waited for, signing in in another tab ends it; somebody else does not', async () => {
  const { at, renewal } = world(of('li', 'first'), nobody())
  const waiting = renewal.renew('first')
  await settled()
  at.cookie = of('wang', 'second')
  await renewal.lookAgain()
  expect(at.expired).toBe(true)
  at.cookie = of('li', 'third')
  await renewal.lookAgain()
  await waiting
  expect([at.expired, at.known?.token]).toEqual([false, 'third'])
})

test('given up: what waited is refused', async () => {
  const { at, renewal } = world(of('li', 'first'), nobody())
  const waiting = renewal.renew('first')
  waiting.catch(() => undefined)
  await settled()
  renewal.giveUp()
  await expect(waiting).rejects.toMatchObject({ status: 401 })
  expect(at.expired).toBe(false)
})

test('without an answer nothing is decided', async () => {
  const { at, renewal } = world(of('li', 'first'), offline())
  await expect(renewal.renew('first')).rejects.toMatchObject({ status: 0 })
  expect(at.expired).toBe(false)
})

test('where nobody is signed in, nobody is asked to sign in again', async () => {
  const { at, renewal } = world(null, of('li', 'second'))
  await expect(renewal.renew('first')).rejects.toMatchObject({ status: 401 })
  expect([at.asked, at.expired, at.known]).toEqual([0, false, null])
})

test('an answer that comes after signing out signs nobody in', async () => {
  const { at, renewal } = world(of('li', 'first'), of('li', 'second'))
  const found = renewal.look()
  at.known = null
  expect(await found).toBe('gone')
  expect(at.known).toBeNull()
})
