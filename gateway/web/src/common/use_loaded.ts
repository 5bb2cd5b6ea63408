import { useCallback, useEffect, useState } from 'react'

export interface Loaded<T> {
  /** Undefined while it is asked for. */
  readonly value: T | undefined
  readonly problem: unknown
  readonly again: () => void
}

/** What `load` resolves to, asked for anew whenever one of `about` changes. Aborted when the page is left. */
export function useLoaded<T>(load: (signal: AbortSignal) => Promise<T>, about: readonly unknown[]): Loaded<T> {
  const [value, setValue] = useState<T>()
  const [problem, setProblem] = useState<unknown>(null)
  const [turn, setTurn] = useState(0)
  useEffect(() => {
    const abort = new AbortController()
    setProblem(null)
    load(abort.signal).then(
      (loaded) => abort.signal.aborted || setValue(loaded),
      (refused: unknown) => abort.signal.aborted || setProblem(refused),
    )
    return () => abort.abort()
    // `load` is another function in each rendering; `about` says when it asks for something else.
  }, [...about, turn])
  return { value, problem, again: useCallback(() => setTurn((now) => now + 1), []) }
}
