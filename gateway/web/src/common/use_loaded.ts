import { useCallback, useEffect, useRef, useState } from 'react'

export interface Loaded<T> {
  /** The last one, also while it is asked for again. */
  readonly value: T | undefined
  /** Of the last answer, also while the same is asked for again: who listens hears it once. */
  readonly problem: unknown
  readonly loading: boolean
  readonly again: () => void
}

interface State<T> {
  readonly value: T | undefined
  readonly problem: unknown
  readonly loading: boolean
}

/** What `load` resolves to, asked for anew whenever one of `about` changes. Aborted when the page is left. null: nothing. */
export function useLoaded<T>(load: ((signal: AbortSignal) => Promise<T>) | null, about: readonly unknown[]): Loaded<T> {
  const [state, setState] = useState<State<T>>({ value: undefined, problem: null, loading: load !== null })
  const [turn, setTurn] = useState(0)
  const lastTurn = useRef(turn)
  useEffect(() => {
    if (load === null) {
      setState({ value: undefined, problem: null, loading: false })
      return undefined
    }
    const abort = new AbortController()
    const asksAgain = turn !== lastTurn.current
    lastTurn.current = turn
    setState(({ value, problem }) => ({ value, problem: asksAgain ? problem : null, loading: true }))
    load(abort.signal).then(
      (value) => abort.signal.aborted || setState({ value, problem: null, loading: false }),
      (problem: unknown) => abort.signal.aborted || setState(({ value }) => ({ value, problem, loading: false })),
    )
    return () => abort.abort()
    // `load` is another function in each rendering; `about` says when it asks for something else.
  }, [...about, turn])
  return { ...state, again: useCallback(() => setTurn((now) => now + 1), []) }
}
