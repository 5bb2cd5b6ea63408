import { describe, expect, it } from 'vitest'
import { endingSoon, nameOf, typeOfList, type Entry } from '../../src/pages/operator/trust_lists.ts'

const now = Date.parse('2026-12-01T00:00:00Z')
const key = (id: string, validUntil: string, more: Record<string, string> = {}): Entry => ({
  kind: 'key', of: 'court', id, facts: Object.entries({ validUntil, ...more }).map(([name, value]) => ({ name, values: [value] })),
})

describe('what ends soon', () => {
  it('is what has ended or ends within sixty days, the first one first', () => {
    const found = endingSoon([
      key('later', '2027-01-29T00:00:00Z'), key('far', '2027-01-31T00:00:00Z'), key('over', '2026-11-30T00:00:00Z'), { kind: 'key', of: 'court', id: 'unbounded', facts: [] },
    ], now)
    expect(found.map(({ id }) => id)).toEqual(['over', 'later'])
  })
  it('holds no key that was revoked, and nothing else that has an end', () => {
    expect(endingSoon([key('revoked', '2026-12-02T00:00:00Z', { revokedAt: '2026-01-01T00:00:00Z' }), { ...key('x', '2026-12-02T00:00:00Z'), kind: 'ledger' }], now)).toEqual([])
  })
})

describe('a trust list that is chosen', () => {
  it('is an archive or a document by its name', () => {
    expect(['a.zip', 'A.ZIP', 'trust.toml', 'trust.TOML'].map(typeOfList)).toEqual(['application/zip', 'application/zip', 'application/toml', 'application/toml'])
    expect(['a.tar.gz', 'toml', 'a.zip.exe', ''].map(typeOfList)).toEqual([undefined, undefined, undefined, undefined])
  })
})

describe('the name of an entry', () => {
  const facts = [{ name: 'nameZh', values: ['法院'] }, { name: 'nameEn', values: ['Court'] }]
  it('is that of the language, or the other one, or its id', () => {
    expect(nameOf({ kind: 'institution', id: 'c', facts }, 'zh')).toBe('法院')
    expect(nameOf({ kind: 'institution', id: 'c', facts }, 'en')).toBe('Court')
    expect(nameOf({ kind: 'institution', id: 'c', facts: facts.slice(0, 1) }, 'en')).toBe('法院')
    expect(nameOf({ kind: 'ledger', id: 'c', facts: [{ name: 'name.en', values: ['Chain'] }] }, 'zh')).toBe('Chain')
    expect(nameOf({ kind: 'ledger', id: 'c', facts: [] }, 'zh')).toBe('c')
  })
})
