// What a real gateway signed: it holds, and nothing of it can be changed unseen.
import fs from 'node:fs'
import { sha256 } from '@noble/hashes/sha2.js'
import { describe, expect, test } from 'vitest'
import { itemsOf } from '../../src/common/checks/file_fingerprint.ts'
import { parseLogKey } from '../../src/common/checks/log_proof.ts'
import { stands, type ReportCheck } from '../../src/common/checks/report_check.ts'
import { checkSignedReport, type PublishedKeys } from '../../src/common/checks/signed_report.ts'
import { fromBase64, fromBase64Url, toBase64, toBase64Url, toHex, utf8 } from '../../src/common/checks/strict.ts'

const folder = new URL('genuine/', import.meta.url)
const text = fs.readFileSync(new URL('report.jws', folder), 'utf8')
const keys = JSON.parse(fs.readFileSync(new URL('keys.json', folder), 'utf8')) as PublishedKeys

interface Document {
  payload: string
  signatures: { protected: string; signature: string; header?: unknown }[]
  'heyan-log-proof'?: string
  'heyan-disclosures'?: string[]
  [other: string]: unknown
}

type Change = (document: Document) => unknown

function changed(change: Change): Promise<ReportCheck> {
  const document = JSON.parse(text) as Document
  change(document)
  return checkSignedReport(utf8(JSON.stringify(document)), keys)
}

/** Another character at that place: the first is replaced by another of the alphabet. */
function flipped(base64: string, at: number): string {
  return base64.slice(0, at) + (base64[at] === 'A' ? 'B' : 'A') + base64.slice(at + 1)
}

test('it holds as it is', async () => {
  const check = await checkSignedReport(utf8(text), keys)
  expect(check).toMatchObject({ signature: 'valid', log: 'valid', disclosures: 'valid' })
  expect(stands(check)).toBe(true)
  expect(check.payload?.['schema']).toBe('heyan.report.v1')
})

test('another form of the same document is the same report', async () => {
  expect(stands(await checkSignedReport(utf8(JSON.stringify(JSON.parse(text), null, 2)), keys))).toBe(true)
})

describe('a change under the signature', () => {
  const payloadWith = (before: string, after: string) => (document: Document) => {
    const payload = new TextDecoder().decode(fromBase64Url(document.payload))
    expect(payload).toContain(before)
    document.payload = toBase64Url(utf8(payload.replace(before, after)))
  }
  test.each<[string, Change, string]>([
    ['of the verdict', payloadWith('ATTENTION_REQUIRED', 'ALL_CONSISTENT'), 'signature'],
    ['of one item', payloadWith('"INCONSISTENT"', '"CONSISTENT"'), 'signature'],
    ['of white space', payloadWith('{', '{ '), 'payload'],
    ['by a name twice', payloadWith('{', '{"asOf":"2026-01-01T00:00:00Z",'), 'payload'],
    ['of one character of the signature', (d: Document) => (d.signatures[0]!.signature = flipped(d.signatures[0]!.signature, 10)), 'signature'],
    ['of one character of the header', (d: Document) => (d.signatures[0]!.protected = flipped(d.signatures[0]!.protected, 4)), 'header'],
    ['by leaving one signature out', (d: Document) => d.signatures.pop(), 'signature-set'],
    ['by leaving ES256 out', (d: Document) => d.signatures.shift(), 'signature-set'],
    ['by one signature twice', (d: Document) => (d.signatures[1] = d.signatures[0]!), 'signature-set'],
    ['by exchanging signatures', (d: Document) => (d.signatures[0]!.signature = d.signatures[1]!.signature), 'signature'],
    ['by an unprotected header', (d: Document) => (d.signatures[0]!.header = {}), 'members'],
    ['by a member more', (d: Document) => (d['kid'] = 'x'), 'members'],
    ['by a payload that stands elsewhere', (d: Document) => (d.payload = ''), 'payload'],
    ['by padding', (d: Document) => (d.signatures[0]!.signature += '=='), 'base64'],
    ['by white space in base64', (d: Document) => (d.payload += '\n'), 'base64'],
    ['by bits left over', (d: Document) => (d.signatures[0]!.signature = `${d.signatures[0]!.signature.slice(0, -1)}B`), 'base64'],
    ['by a shorter SM2 signature', (d: Document) => (d.signatures[1]!.signature = d.signatures[1]!.signature.slice(0, -2)), 'signature'],
    ['by a shorter signature', (d: Document) => (d.signatures[0]!.signature = d.signatures[0]!.signature.slice(0, -2)), 'signature'],
  ])('%s is refused', async (_, change, fault) => {
    const check = await changed(change)
    expect(check).toMatchObject({ signature: 'invalid', fault })
    expect(check.payload).toBeUndefined()
    expect(stands(check)).toBe(false)
  })
})

describe('a change of the log proof', () => {
  const proofWith = (before: string | RegExp, after: string) => (document: Document) => {
    const proof = document['heyan-log-proof'] as string
    document['heyan-log-proof'] = proof.replace(before, after)
    expect(document['heyan-log-proof']).not.toBe(proof)
  }
  test.each<[string, Change, string]>([
    ['none', (d: Document) => delete d['heyan-log-proof'], 'missing'],
    ['another place', proofWith(/index \d+/, 'index 0'), 'invalid'],
    ['a place spelled otherwise', proofWith(/index /, 'index 0'), 'invalid'],
    ['no leaf', proofWith(/extra .*\n/, ''), 'invalid'],
    ['a hash less', proofWith(/(index \d+\n)[^\n]+\n/, '$1'), 'invalid'],
    ['a hash more', proofWith(/(index \d+\n)([^\n]+\n)/, '$1$2$2'), 'invalid'],
    ['another size', proofWith(/(\n\n[^\n]+\n)\d+\n/, '$1999\n'), 'invalid'],
    ['no line end', proofWith(/\n$/, ''), 'invalid'],
    ['another version', proofWith('@v1', '@v2'), 'invalid'],
    ['a signature twice', proofWith(/(\n— [^\n]+)\n$/, '$1$1\n'), 'invalid'],
    ['nothing', (d: Document) => (d['heyan-log-proof'] = ''), 'invalid'],
  ])('%s: it does not stand', async (_, change, log) => {
    const check = await changed(change)
    expect(check).toMatchObject({ signature: 'valid', log })
    expect(stands(check)).toBe(false)
  })
})

describe('a change of what the copy discloses', () => {
  test('a copy without disclosures stands', async () => {
    expect(await changed((d) => delete d['heyan-disclosures'])).toMatchObject({ signature: 'valid', log: 'valid', disclosures: 'none' })
  })
  test('a smaller copy stands', async () => {
    const check = await changed((d) => d['heyan-disclosures']!.splice(1, 1))
    expect(check.disclosures).toBe('valid')
    expect(stands(check)).toBe(true)
  })
  const other = (disclosure: string) => {
    const [salt, pointer] = JSON.parse(new TextDecoder().decode(fromBase64Url(disclosure))) as string[]
    return toBase64Url(utf8(JSON.stringify([salt, pointer, 'somebody else'])))
  }
  test.each<[string, Change]>([
    ['another name', (d: Document) => (d['heyan-disclosures']![0] = other(d['heyan-disclosures']![0]!))],
    ['another order', (d: Document) => d['heyan-disclosures']!.reverse()],
    ['one twice', (d: Document) => d['heyan-disclosures']!.unshift(d['heyan-disclosures']![0]!)],
    ['none, but the member', (d: Document) => (d['heyan-disclosures'] = [])],
    ['no list', (d: Document) => ((d as Record<string, unknown>)['heyan-disclosures'] = 'x')],
    ['a spelling more', (d: Document) => (d['heyan-disclosures']![0] += '=')],
  ])('%s: the copy is void', async (_, change) => {
    const check = await changed(change)
    expect(check.disclosures).toBe('invalid')
    expect(stands(check)).toBe(false)
  })
})

/** The key as one of C2SP tlog-cosignature, type 04, with the id that then fits. */
function asCosigner(vkey: string): string {
  const [name, , base64] = vkey.split('+') as [string, string, string]
  const typed = fromBase64(base64)!
  typed[0] = 4
  return `${name}+${toHex(sha256(Uint8Array.of(...utf8(`${name}\n`), ...typed)).slice(0, 4))}+${toBase64(typed)}`
}

describe('with other keys', () => {
  test('than the published one it is another issuer’s', async () => {
    const pair = await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, true, ['sign', 'verify'])
    const reports = await crypto.subtle.exportKey('jwk', pair.publicKey)
    const check = await checkSignedReport(utf8(text), { ...keys, reports })
    expect(check.signature).toBe('other-key')
    expect(stands(check)).toBe(false)
  })
  test.each([
    ['no key', {}],
    ['a key of another kind', { kty: 'RSA', n: 'AQ', e: 'AQAB' }],
    ['a point that is not on the curve', { ...keys.reports, x: keys.reports.y as string }],
  ])('%s: another issuer’s', async (_, reports) => {
    expect((await checkSignedReport(utf8(text), { ...keys, reports })).signature).toBe('other-key')
  })
  test.each([
    ['no key', ''],
    ['a key id of another key', keys.log.vkey.replace(/\+[0-9a-f]{8}\+/, '+00000000+')],
    ['the same key as a cosigner’s', asCosigner(keys.log.vkey)],
    ['another name', `other/${keys.log.vkey}`],
  ])('of the log: %s: the proof does not hold', async (_, vkey) => {
    expect((await checkSignedReport(utf8(text), { ...keys, log: { ...keys.log, vkey } })).log).toBe('invalid')
  })
  test('of the log: one of another kind is no key of a log', () => {
    expect(parseLogKey(keys.log.vkey)).toBeDefined()
    expect(parseLogKey(asCosigner(keys.log.vkey))).toBeUndefined()
  })
  test('of the log: another origin: the proof was not checked', async () => {
    expect((await checkSignedReport(utf8(text), { ...keys, log: { ...keys.log, origin: 'other' } })).log).toBe('other-log')
  })
})

test.each([
  ['nothing', ''],
  ['no JSON', 'no JSON'],
  ['many open brackets', '['.repeat(200_000)],
  ['a list', '[]'],
  ['a byte order mark', `\ufeff${text}`],
  ['something behind it', `${text}{}`],
  ['a name twice', text.replace('{', '{"payload":"e30",')],
])('%s is no report', async (_, document) => {
  expect((await checkSignedReport(utf8(document), keys)).signature).toBe('invalid')
})

test('bytes that are no UTF-8 are no report', async () => {
  const bytes = utf8(text)
  bytes[text.indexOf('"payload":"') + 40] = 0xff
  expect(await checkSignedReport(bytes, keys)).toMatchObject({ signature: 'invalid', fault: 'not-json' })
})

describe('a file beside it', () => {
  const digests = async () => {
    const { payload } = await checkSignedReport(utf8(text), keys)
    const items = payload?.['evidence'] as unknown as { id: string; file: { digests: Record<string, string> } }[]
    return { payload: payload!, first: items[0]! }
  }
  test('is found by its fingerprints', async () => {
    const { payload, first } = await digests()
    expect(itemsOf(payload, first.file.digests)[0]).toMatchObject({ item: first.id, by: expect.arrayContaining(['sha-256', 'sm3']) as unknown })
  })
  test('of other bytes is not found', async () => {
    const { payload } = await digests()
    expect(itemsOf(payload, { 'sha-256': '0'.repeat(64) })).toEqual([])
  })
  test('that agrees in one fingerprint and not in another is not found', async () => {
    const { payload, first } = await digests()
    expect(itemsOf(payload, { ...first.file.digests, sm3: '0'.repeat(64) })).toEqual([])
  })
  test('without fingerprints is not found', async () => {
    const { payload } = await digests()
    expect(itemsOf(payload, {})).toEqual([])
    expect(itemsOf(payload, { crc32: '0' })).toEqual([])
    expect(itemsOf({}, { 'sha-256': '0' })).toEqual([])
  })
})
