// Who is signed in, for all pages; and signing in again in place when the session has expired.
import { createContext, useCallback, useContext, useEffect, useMemo, useRef, useState, type ReactNode } from 'react'
import { tagOf, useLanguage } from '../../words/words.ts'
import { forgetAll, forgetOthers } from '../kept.ts'
import { ask, askJson, connect, isOfOtherToken } from './client.ts'
import { Problem } from './problem.ts'
import { Renewal } from './renewal.ts'
import type { Session } from './types.ts'

export interface Credentials {
  readonly account: string
  readonly password: string
  readonly code?: string
}

// Set while somebody is signed in in this browser: who never was is not asked for.
const kSignedIn = 'heyan.signed-in'

const whoIs = () => askJson<Session>('/v1/session', { withoutSession: true })

export interface SessionState {
  /** undefined: not known yet. null: nobody. */
  readonly session: Session | null | undefined
  /** Throws a Problem: sign-in-failed, second-factor-needed, too many requests. */
  readonly signIn: (credentials: Credentials) => Promise<Session>
  /** What is kept in this browser is gone in any case. Throws a Problem where the gateway may still hold the session. */
  readonly signOut: () => Promise<void>
  readonly refresh: () => Promise<void>
  /** Whether the session has expired under an open page. */
  readonly expired: boolean
  readonly giveUp: () => void
  /** Whether the same person signed in elsewhere meanwhile: then it has not expired. */
  readonly lookAgain: () => Promise<void>
}

const SessionContext = createContext<SessionState | null>(null)

export function useSession(): SessionState {
  const state = useContext(SessionContext)
  if (state === null) throw new Error('outside of SessionProvider')
  return state
}

/** Throws where it may still stand. */
async function endSession(renewal: Renewal): Promise<void> {
  const end = () => ask('/v1/session', { method: 'DELETE', withoutSession: true })
  try {
    await end()
  } catch (problem) {
    if (problem instanceof Problem && problem.status === 401) return
    if (!isOfOtherToken(problem)) throw problem
    // Another tab signed in: what stands is this person's, or not this page's to end.
    if ((await renewal.look()) !== 'gone') await end()
  }
}

export function SessionProvider({ children }: { readonly children: ReactNode }) {
  const { language } = useLanguage()
  const [session, setSession] = useState<Session | null | undefined>(undefined)
  const [expired, setExpired] = useState(false)
  const current = useRef<Session | null | undefined>(undefined)
  const tag = useRef(tagOf(language))
  tag.current = tagOf(language)

  const set = useCallback((next: Session | null) => {
    current.current = next
    if (next === null) localStorage.removeItem(kSignedIn)
    else localStorage.setItem(kSignedIn, 'yes')
    setSession(next)
  }, [])
  const [renewal] = useState(() => new Renewal({ current: () => current.current, ask: whoIs, take: set, expire: setExpired }))

  const admit = useCallback(
    async (next: Session) => {
      await forgetOthers(next.account)
      set(next)
    },
    [set],
  )

  const refresh = useCallback(async () => {
    try {
      await admit(await whoIs())
    } catch (problem) {
      if (problem instanceof Problem && problem.status === 401) set(null)
      else if (current.current != null) throw problem
      else setSession(null)
    }
  }, [admit, set])

  const giveUp = useCallback(() => {
    renewal.giveUp()
    void forgetAll()
    set(null)
  }, [renewal, set])

  const lookAgain = useCallback(() => renewal.lookAgain(), [renewal])

  const signIn = useCallback(
    async (credentials: Credentials) => {
      const next = await askJson<Session>('/v1/session', { method: 'POST', json: credentials, withoutSession: true })
      await admit(next)
      renewal.done()
      return next
    },
    [admit, renewal],
  )

  const signOut = useCallback(async () => {
    try {
      await endSession(renewal)
    } finally {
      await forgetAll()
    }
    set(null)
  }, [renewal, set])

  // Before the first request of any page below.
  const connected = useRef(false)
  if (!connected.current) {
    connected.current = true
    connect({
      token: () => current.current?.token ?? null,
      language: () => tag.current,
      renew: (refused) => renewal.renew(refused),
    })
  }

  useEffect(() => {
    if (localStorage.getItem(kSignedIn) === null) set(null)
    else void refresh()
  }, [refresh, set])

  const value = useMemo(
    () => ({ session, signIn, signOut, refresh, expired, giveUp, lookAgain }),
    [session, signIn, signOut, refresh, expired, giveUp, lookAgain],
  )
  return <SessionContext.Provider value={value}>{children}</SessionContext.Provider>
}
