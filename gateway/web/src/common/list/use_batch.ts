import { useCallback, useRef, useState } from 'react'
import { runBatch, type Progress } from './batch.ts'

export interface Batch {
  readonly progress: ReadonlyMap<string, Progress>
  readonly running: boolean
  readonly run: (keys: readonly string[], work: (key: string, signal: AbortSignal) => Promise<void>) => Promise<void>
  readonly stop: () => void
}

export function useBatch(): Batch {
  const [progress, setProgress] = useState<ReadonlyMap<string, Progress>>(new Map())
  const [running, setRunning] = useState(false)
  const stopper = useRef<AbortController | null>(null)
  const run = useCallback(async (keys: readonly string[], work: (key: string, signal: AbortSignal) => Promise<void>) => {
    stopper.current = new AbortController()
    setRunning(true)
    setProgress(new Map(keys.map((key) => [key, { stage: 'waiting' }])))
    const tell = (key: string, one: Progress) => setProgress((before) => new Map(before).set(key, one))
    await runBatch(keys, work, tell, stopper.current.signal)
    setRunning(false)
  }, [])
  const stop = useCallback(() => stopper.current?.abort(), [])
  return { progress, running, run, stop }
}
