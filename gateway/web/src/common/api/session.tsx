// Who is signed in, for all pages; and signing in again in place when the session has expired.
import { createContext, useCallback, useContext, useEffect, useMemo, useRef, useState, type ReactNode } from 'react'
import { tagOf, useLanguage } from '../../words/words.ts'
import { forgetAll } from '../kept.ts'
import { ask, askJson, connect } from './client.ts'
import { Problem } from './problem.ts'
import type { Session } from './types.ts'

export interface Credentials {
  readonly account: string
  readonly password: string
  readonly code?: string
}

// Set while somebody is signed in in this browser: who never was is not asked for.
const kSignedIn = 'heyan.signed-in'

interface Renewal {
  readonly done: () => void
  readonly givenUp: (reason: Problem) => void
}

export interface SessionState {
  /** undefined: not known yet. null: nobody. */
  readonly session: Session | null | undefined
  /** Throws a Problem: sign-in-failed, second-factor-needed, too many requests. */
  readonly signIn: (credentials: Credentials) => Promise<Session>
  readonly signOut: () => Promise<void>
  readonly refresh: () => Promise<void>
  /** Whether the session has expired under an open page. */
  readonly expired: boolean
  readonly giveUp: () => void
}

const SessionContext = createContext<SessionState | null>(null)

export function useSession(): SessionState {
  const state = useContext(SessionContext)
  if (state === null) throw new Error('outside of SessionProvider')
  return state
}

export function SessionProvider({ children }: { readonly children: ReactNode }) {
  const { language } = useLanguage()
  const [session, setSession] = useState<Session | null | undefined>(undefined)
  const [expired, setExpired] = useState(false)
  const current = useRef<Session | null | undefined>(undefined)
  const waiting = useRef<Renewal[]>([])
  const tag = useRef(tagOf(language))
  tag.current = tagOf(language)

  const set = useCallback((next: Session | null) => {
    current.current = next
    if (next === null) localStorage.removeItem(kSignedIn)
    else localStorage.setItem(kSignedIn, 'yes')
    setSession(next)
  }, [])

  const refresh = useCallback(async () => {
    try {
      set(await askJson<Session>('/v1/session', { withoutSession: true }))
    } catch (problem) {
      if (problem instanceof Problem && problem.status === 401) set(null)
      else if (current.current != null) throw problem
      else setSession(null)
    }
  }, [set])

  const giveUp = useCallback(() => {
    for (const each of waiting.current.splice(0)) each.givenUp(new Problem(401, 'unauthenticated', '', '', [], null))
    setExpired(false)
    void forgetAll()
    set(null)
  }, [set])

  const signIn = useCallback(
    async (credentials: Credentials) => {
      const next = await askJson<Session>('/v1/session', { method: 'POST', json: credentials, withoutSession: true })
      set(next)
      setExpired(false)
      for (const each of waiting.current.splice(0)) each.done()
      return next
    },
    [set],
  )

  const signOut = useCallback(async () => {
    await ask('/v1/session', { method: 'DELETE', withoutSession: true }).catch((problem: unknown) => {
      if (!(problem instanceof Problem) || problem.status !== 401) throw problem
    })
    await forgetAll()
    set(null)
  }, [set])

  // Before the first request of any page below.
  const connected = useRef(false)
  if (!connected.current) {
    connected.current = true
    connect({
      token: () => current.current?.token ?? null,
      language: () => tag.current,
      renew: () =>
        new Promise<void>((done, givenUp) => {
          if (current.current == null) {
            givenUp(new Problem(401, 'unauthenticated', '', '', [], null))
            return
          }
          waiting.current.push({ done, givenUp })
          setExpired(true)
        }),
    })
  }

  useEffect(() => {
    if (localStorage.getItem(kSignedIn) === null) set(null)
    else void refresh()
  }, [refresh, set])

  const value = useMemo(
    () => ({ session, signIn, signOut, refresh, expired, giveUp }),
    [session, signIn, signOut, refresh, expired, giveUp],
  )
  return <SessionContext.Provider value={value}>{children}</SessionContext.Provider>
}
