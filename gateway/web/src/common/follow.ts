// A submission's states as they come: server-sent events, and asking again where there is no stream. The stream is a hint; what
// is shown is always asked for.
import { useEffect, useRef } from 'react'
import { submissionPath } from './report/answers.ts'
import { Problem } from './api/problem.ts'
import type { State } from './api/types.ts'
import type { Loaded } from './use_loaded.ts'

const kAskAgainMs = 3000
/** A stream tells at once how it stands: one that does not is held up somewhere on its way. */
const kFirstWordMs = 5000
/** For a stream that died without a word. */
const kNowAndThenMs = 60_000

export const hasEnded = (state: State): boolean => state === 'DONE' || state === 'REJECTED'

/** Of the browser; a test has its own. */
export interface Surroundings {
  readonly open: (address: string) => Pick<EventSource, 'addEventListener' | 'close'>
  readonly isVisible: () => boolean
  /** Returns how to stop it. */
  readonly onVisible: (changed: () => void) => () => void
}

const browser: Surroundings = {
  open: (address) => new EventSource(address),
  isVisible: () => document.visibilityState === 'visible',
  onVisible: (changed) => {
    document.addEventListener('visibilitychange', changed)
    return () => document.removeEventListener('visibilitychange', changed)
  },
}

function stateIn(data: unknown): State | undefined {
  try {
    return (JSON.parse(String(data)) as { state?: State }).state
  } catch {
    return undefined
  }
}

/**
 * Tells each state that the stream tells. Where it breaks, `ask` is called after a while, and the stream tried again. A page that
 * nobody sees has no stream: a browser has few connections to one place. Returns how to stop.
 */
export function follow(id: string, told: (state: State) => unknown, ask: () => unknown, around: Surroundings = browser): () => void {
  let stream: ReturnType<Surroundings['open']> | null = null
  let timer: ReturnType<typeof setTimeout> | undefined
  const wait = (ms: number, then: () => void) => {
    clearTimeout(timer)
    timer = setTimeout(then, ms)
  }
  const leave = () => {
    clearTimeout(timer)
    stream?.close()
    stream = null
  }
  const askAndListen = () => {
    leave()
    ask()
    listen()
  }
  const broken = () => {
    leave()
    wait(kAskAgainMs, askAndListen)
  }
  const listen = () => {
    if (!around.isVisible()) return
    stream = around.open(submissionPath(id))
    wait(kFirstWordMs, broken)
    stream.addEventListener('state', (event) => {
      wait(kNowAndThenMs, askAndListen)
      const state = stateIn((event as MessageEvent).data)
      if (state !== undefined) told(state)
    })
    stream.addEventListener('error', broken)
  }
  const stopWatching = around.onVisible(() => (around.isVisible() ? askAndListen() : leave()))
  listen()
  return () => {
    stopWatching()
    leave()
  }
}

/** Asks again whenever the state is no longer `state`, until it has ended or an answer says that asking is of no use. */
export function useFollowed(id: string, state: State | undefined, loaded: Loaded<unknown>): void {
  const now = useRef({ state, loaded })
  now.current = { state, loaded }
  const { problem } = loaded
  const refused = problem instanceof Problem && problem.status >= 400 && problem.status < 429
  const open = state !== undefined && !hasEnded(state) && !refused
  useEffect(() => {
    if (!open) return undefined
    const again = () => now.current.loaded.again()
    // One question at a time: it may be waiting for a person to sign in.
    return follow(id, (told) => told === now.current.state || again(), () => now.current.loaded.loading || again())
  }, [id, open])
}
