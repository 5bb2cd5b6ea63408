// What a page loads: the value, the refusal, or neither yet.
import { useCallback, useEffect, useRef, useState } from 'react'

export interface Loaded<T> {
  /** The last one, also while it is loaded again. */
  readonly value: T | undefined
  readonly problem: unknown
  readonly loading: boolean
  readonly again: () => void
}

/** `load` is asked again whenever one of `what` changes; null: nothing to load. */
export function useAnswer<T>(load: ((signal: AbortSignal) => Promise<T>) | null, what: readonly unknown[]): Loaded<T> {
  const [state, setState] = useState<{ value?: T; problem?: unknown; loading: boolean }>({ loading: load !== null })
  const [turn, setTurn] = useState(0)
  const current = useRef(load)
  current.current = load
  useEffect(() => {
    const wanted = current.current
    if (wanted === null) {
      setState({ loading: false })
      return
    }
    const stop = new AbortController()
    setState((before) => ({ ...before, problem: undefined, loading: true }))
    wanted(stop.signal).then(
      (value) => {
        if (!stop.signal.aborted) setState({ value, loading: false })
      },
      (problem: unknown) => {
        if (!stop.signal.aborted) setState((before) => ({ ...before, problem, loading: false }))
      },
    )
    return () => stop.abort()
  }, [...what, turn])
  const again = useCallback(() => setTurn((before) => before + 1), [])
  return { value: state.value, problem: state.problem, loading: state.loading, again }
}
