import { expect, test, vi } from 'vitest'
import { Problem } from '../../src/common/api/problem.ts'
import { runBatch, type Progress } from '../../src/common/list/batch.ts'

const busy = (retryAfter: number | null) => new Problem(429, 'too-many', '', '', [], retryAfter)

async function stagesOf(keys: string[], work: (key: string, signal: AbortSignal) => Promise<void>, signal = new AbortController().signal) {
  const stages = new Map<string, string[]>()
  const last = new Map<string, Progress>()
  await runBatch(keys, work, (key, progress) => {
    stages.set(key, [...(stages.get(key) ?? []), progress.stage])
    last.set(key, progress)
  }, signal)
  return { stages: Object.fromEntries(stages), last }
}

test('each is done, few at once', async () => {
  let now = 0
  let most = 0
  const { stages } = await stagesOf(['a', 'b', 'c', 'd', 'e'], async () => {
    most = Math.max(most, ++now)
    await Promise.resolve()
    now--
  })
  expect(stages).toEqual(Object.fromEntries(['a', 'b', 'c', 'd', 'e'].map((key) => [key, ['running', 'done']])))
  expect(most).toBe(3)
})

test('one that fails does not keep the others', async () => {
  const { stages, last } = await stagesOf(['a', 'b'], async (key) => {
    if (key === 'a') throw new Problem(422, 'defects', 'no', '', [], null)
  })
  expect(stages).toEqual({ a: ['running', 'failed'], b: ['running', 'done'] })
  expect((last.get('a')?.problem as Problem).title).toBe('no')
})

test('one that is refused for now is tried again, after as long as was said', async () => {
  vi.useFakeTimers()
  let tried = 0
  const ended = stagesOf(['a'], async () => {
    if (++tried < 3) throw busy(5)
  })
  await vi.advanceTimersByTimeAsync(4_000)
  expect(tried).toBe(1)
  await vi.advanceTimersByTimeAsync(7_000)
  expect((await ended).stages).toEqual({ a: ['running', 'done'] })
  vi.useRealTimers()
})

test('one that is refused for now for ever fails in the end', async () => {
  vi.useFakeTimers()
  let tried = 0
  const ended = stagesOf(['a'], async () => {
    tried++
    throw busy(1)
  })
  await vi.advanceTimersByTimeAsync(60_000)
  expect((await ended).stages).toEqual({ a: ['running', 'failed'] })
  expect(tried).toBe(8)
  vi.useRealTimers()
})

test('what was not begun when it is stopped is not done', async () => {
  const stop = new AbortController()
  const done: string[] = []
  const { stages } = await stagesOf(['a', 'b', 'c', 'd'], async (key) => {
    done.push(key)
    if (key === 'a') stop.abort()
    await Promise.resolve()
  }, stop.signal)
  expect(done).not.toContain('d')
  expect(stages['d']).toEqual(['stopped'])
})
