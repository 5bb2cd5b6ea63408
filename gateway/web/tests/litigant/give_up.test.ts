// A filing that is given up: never one that was accepted, and what was reserved for it comes back.
import { beforeEach, expect, test, vi } from 'vitest'
import { offline, Problem } from '../../src/common/api/problem.ts'
import { giveUp } from '../../src/pages/litigant/filing/give_up.ts'

let answer: unknown
let dropped: unknown[]
let drop: () => Promise<unknown>
vi.mock('../../src/common/api/client.ts', () => ({
  askJson: () => (answer instanceof Error ? Promise.reject(answer) : Promise.resolve(answer)),
  ask: (...what: unknown[]) => {
    dropped.push(what)
    return drop()
  },
}))

const of = (status: number) => new Problem(status, '', '', '', [], null)
const whole = { path: 'files/a', received: 4, complete: true, size: 4, upload: '/v1/uploads/a' }
const half = { path: 'files/b', received: 2, complete: false, size: 4, upload: '/v1/uploads/b' }
const none = { path: 'files/c', received: 0, complete: false }

beforeEach(() => {
  dropped = []
  drop = () => Promise.resolve()
})

test('of what has not arrived the room is given back, in the manner of tus', async () => {
  answer = { id: 'x', state: 'RECEIVING', files: [whole, half, none] }
  expect(await giveUp('x')).toBe(true)
  expect(dropped).toEqual([['/v1/uploads/b', { method: 'DELETE', headers: { 'Tus-Resumable': '1.0.0' } }]])
})

test.each([404, 409, 421, 429, 503])('and it is given up where that is refused: %i', async (status) => {
  answer = { id: 'x', state: 'RECEIVING', files: [half] }
  drop = () => Promise.reject(of(status))
  expect(await giveUp('x')).toBe(true)
})

test('one that has expired is given up', async () => {
  answer = of(404)
  expect(await giveUp('x')).toBe(true)
  expect(dropped).toEqual([])
})

test.each([
  ...['QUEUED', 'VERIFYING', 'DONE', 'REJECTED'].map((state) => ({ id: 'x', state })),
  { id: 'x', state: 'RECEIVING', files: [whole] },
])('one that was accepted, or is about to be, stands: $state', async (submission) => {
  answer = submission
  expect(await giveUp('x')).toBe(false)
  expect(dropped).toEqual([])
})

test.each([offline(), of(403), of(503)])('nothing is decided where nobody knows: $status', async (problem) => {
  answer = problem
  await expect(giveUp('x')).rejects.toBe(problem)
  expect(dropped).toEqual([])
})
