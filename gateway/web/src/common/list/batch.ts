// One call for each of many, a few at a time; refused for now is waited for and tried again.
import { Problem } from '../api/problem.ts'

export type Stage = 'waiting' | 'running' | 'done' | 'failed' | 'stopped'

export interface Progress {
  readonly stage: Stage
  readonly problem?: unknown
}

const kAtOnce = 3
const kTries = 8
const kWaitAtMostSeconds = 60
const kBusy: readonly number[] = [429, 503]

function pause(seconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((done, stopped) => {
    const timer = setTimeout(done, seconds * 1000)
    signal.addEventListener('abort', () => {
      clearTimeout(timer)
      stopped(new DOMException('stopped', 'AbortError'))
    })
  })
}

async function untilTaken(work: () => Promise<void>, signal: AbortSignal): Promise<void> {
  for (let tried = 1; ; tried++) {
    try {
      await work()
      return
    } catch (problem) {
      if (!(problem instanceof Problem) || !kBusy.includes(problem.status) || tried >= kTries) throw problem
      await pause(Math.min(problem.retryAfter ?? 2 ** tried, kWaitAtMostSeconds), signal)
    }
  }
}

/** Tells the progress of each key; resolves when all have ended. What was not begun when it is stopped is `stopped`. */
export async function runBatch(
  keys: readonly string[],
  work: (key: string, signal: AbortSignal) => Promise<void>,
  tell: (key: string, progress: Progress) => void,
  signal: AbortSignal,
): Promise<void> {
  const rest = [...keys]
  const worker = async () => {
    for (let key = rest.shift(); key !== undefined; key = rest.shift()) {
      if (signal.aborted) {
        tell(key, { stage: 'stopped' })
        continue
      }
      tell(key, { stage: 'running' })
      const one = key
      try {
        await untilTaken(() => work(one, signal), signal)
        tell(key, { stage: 'done' })
      } catch (problem) {
        tell(key, signal.aborted ? { stage: 'stopped' } : { stage: 'failed', problem })
      }
    }
  }
  await Promise.all(Array.from({ length: kAtOnce }, worker))
}
