import { describe, expect, test } from 'vitest'
import type { Payload } from '../../src/common/report/payload.ts'
import { endOf, usualDay, wantedOf } from '../../src/pages/clerk/request.ts'

const reason = (code: string, effect: string) => ({ code, effect, check: '', outcome: 'FAIL' })

function payloadOf(...items: { id: string; verdict: string; reasons: ReturnType<typeof reason>[] }[]): Payload {
  return { reportNumber: '', asOf: '', verdict: '', trustList: {}, evidence: items.map((item) => ({ ...item, checks: [] })) }
}

describe('a request for supplement', () => {
  const payload = payloadOf(
    { id: 'E1', verdict: 'CONSISTENT_WITH_NOTES', reasons: [reason('TIME_ONLY_DECLARED', 'NOTE')] },
    { id: 'E2', verdict: 'INCONSISTENT', reasons: [reason('CONTENT_HASH_DIFFERS', 'INCONSISTENT'), reason('CONTENT_HASH_DIFFERS', 'INCONSISTENT'), reason('TIME_ONLY_DECLARED', 'NOTE')] },
    { id: 'E3', verdict: 'INCONCLUSIVE', reasons: [reason('QUORUM_NOT_REACHED', 'INCONCLUSIVE'), reason('PASSED', 'NONE')] },
  )
  test('lists every defect of every item, once', () => {
    expect(wantedOf(payload, false, 'zh').map(({ item, code }) => `${item} ${code}`)).toEqual(['E2 CONTENT_HASH_DIFFERS', 'E3 QUORUM_NOT_REACHED'])
  })
  test('says what to do in the language asked for', () => {
    expect(wantedOf(payload, false, 'zh')[0]?.next).toContain('原文件')
    expect(wantedOf(payload, false, 'en')[0]?.next).toContain('Submit the file')
  })
  test('lists notes only where that is wanted', () => {
    expect(wantedOf(payload, true, 'zh').some(({ code }) => code === 'TIME_ONLY_DECLARED')).toBe(true)
    expect(wantedOf(payload, true, 'zh').some(({ code }) => code === 'PASSED')).toBe(false)
  })
  test('asks for nothing that nobody can supply', () => {
    expect(wantedOf(payloadOf({ id: 'E1', verdict: 'INCONCLUSIVE', reasons: [reason('OF_ANOTHER_VERSION', 'INCONCLUSIVE')] }), true, 'zh')).toEqual([])
  })
})

describe('its day', () => {
  const now = new Date(2026, 11, 28, 10)
  test('is a week on, also in the next year', () => expect(usualDay(now)).toBe('2027-01-04'))
  test('ends with that day', () => expect(new Date(endOf('2026-12-31', now)!).getTime()).toBe(new Date(2026, 11, 31, 23, 59, 59).getTime()))
  test.each(['', '2026-12-28', '2026-12-27', '2026-02-30', '31.12.2026', '2026-13-01'])('is not “%s”', (day) => expect(endOf(day, now)).toBeUndefined())
})
