import { beforeEach, expect, test } from 'vitest'
import { forget, forgetAll, forgetOthers, keep, kept } from '../../src/common/kept.ts'

beforeEach(() => forgetAll())

test('what is kept outlives signing in again as the same account', async () => {
  await keep('draft', { account: 'li', draft: {} })
  await keep('file 1', 'bytes')
  await forgetOthers('li')
  expect(await kept('file 1')).toBe('bytes')
})

test('one thing is forgotten, and nothing else', async () => {
  await keep('file 1', 'bytes')
  await keep('file 2', 'others')
  await forget('file 1')
  expect([await kept('file 1'), await kept('file 2')]).toEqual([undefined, 'others'])
})

test('another account finds neither draft nor files', async () => {
  await keep('draft', { account: 'li', draft: {} })
  await keep('file 1', 'bytes')
  await forgetOthers('wang')
  expect([await kept('draft'), await kept('file 1')]).toEqual([undefined, undefined])
})
