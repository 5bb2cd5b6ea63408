// A submission with its report, asked for again until the verification has ended.
import { useEffect } from 'react'
import { useLoaded, type Loaded } from '../use_loaded.ts'
import { loadCase, type Case } from './answers.ts'

const kAgainAfterMs = 3000
const kEnded: readonly string[] = ['DONE', 'REJECTED']

export function useCase(id: string): Loaded<Case> {
  const loaded = useLoaded((signal) => loadCase(id, signal), [id])
  const { value, loading, problem, again } = loaded
  const waiting = value !== undefined && !kEnded.includes(value.submission.state)
  useEffect(() => {
    if (!waiting || loading || problem !== null) return undefined
    const timer = setTimeout(again, kAgainAfterMs)
    return () => clearTimeout(timer)
  }, [waiting, loading, problem, again])
  return loaded
}
