// Rules that no change of a genuine report can break: what somebody with a good key might sign.
import { sha256 } from '@noble/hashes/sha2.js'
import { describe, expect, test } from 'vitest'
import { holds, stands } from '../../src/common/checks/report_check.ts'
import { checkSignedReport } from '../../src/common/checks/signed_report.ts'
import { toBase64Url, toHex, utf8, type Json } from '../../src/common/checks/strict.ts'
import { bytesOf, makeReport, type Wanted } from './made_report.ts'

async function checkOf(wanted: Wanted) {
  const { document, keys } = await makeReport(wanted)
  return checkSignedReport(bytesOf(document), keys)
}

test('what is made for these tests holds', async () => {
  expect(stands(await checkOf({}))).toBe(true)
})

describe('a header is refused', () => {
  const set = (name: string, value: Json) => (header: Record<string, Json>) => void (header[name] = value)
  const without = (name: string) => (header: Record<string, Json>) => void delete header[name]
  test.each([
    ['of another type', set('typ', 'JWT'), 'header'],
    ['without type', without('typ'), 'header'],
    ['with a key’s address', set('jku', 'https://example.org/keys'), 'header'],
    ['with a certificate’s address', set('x5u', 'https://example.org/cert'), 'header'],
    ['with a key', set('jwk', {}), 'header'],
    ['with a key id', set('kid', 'x'), 'header'],
    ['with critical extensions', set('crit', ['b64']), 'header'],
    ['with a payload that is not encoded', set('b64', false), 'header'],
    ['without algorithm', without('alg'), 'header'],
    ['with no algorithm', set('alg', 'none'), 'algorithm'],
    ['with another algorithm', set('alg', 'HS256'), 'algorithm'],
    ['with a shorter set of signatures', set('heyan-signatures', ['ES256']), 'signature-set'],
    ['with the set in another order', set('heyan-signatures', ['urn:heyan:jws:sm2-sm3', 'ES256']), 'signature-set'],
    ['without a set of signatures', without('heyan-signatures'), 'header'],
    ['without time', without('iat'), 'header'],
    ['with a time before all times', set('iat', -1), 'header'],
    ['with a time that is text', set('iat', '1'), 'header'],
    ['without certificate', set('x5c', []), 'header'],
    ['with a certificate that is none', set('x5c', ['AAAA']), 'certificate'],
    ['with a certificate in lax base64', set('x5c', ['AA']), 'header'],
    ['with too many certificates', set('x5c', Array.from({ length: 9 }, () => 'AAAA')), 'header'],
    ['with a place before the log', set('heyan-log', { index: -1, origin: 'log.example/reports' }), 'header'],
    ['with half a place', set('heyan-log', { index: 2 }), 'header'],
    ['with more than a place', set('heyan-log', { index: 2, origin: 'log.example/reports', root: '' }), 'header'],
    ['with a control character in the origin', set('heyan-log', { index: 2, origin: 'log\u0007' }), 'header'],
  ] as const)('%s', async (_, header, fault) => {
    expect(await checkOf({ header })).toMatchObject({ signature: 'invalid', fault })
  })
  test('in another spelling', async () => {
    expect(await checkOf({ headerText: (text) => text.replace(',', ', ') })).toMatchObject({ signature: 'invalid', fault: 'header' })
  })
  test('with a name twice', async () => {
    expect(await checkOf({ headerText: (text) => text.replace('{', '{"alg":"none",') })).toMatchObject({ signature: 'invalid', fault: 'header' })
  })
  test('that differs from the other', async () => {
    let time = 1_780_272_000
    expect(await checkOf({ header: (header) => void (header['iat'] = time++) })).toMatchObject({ signature: 'invalid', fault: 'headers-differ' })
  })
})

test('a report without a place in the log does not stand', async () => {
  const check = await checkOf({ header: (header) => void delete header['heyan-log'] })
  expect(check).toMatchObject({ signature: 'valid', log: 'invalid' })
  expect(stands(check)).toBe(false)
})

test('a report of another log is not called false, nor checked', async () => {
  const check = await checkOf({ header: (header) => void (header['heyan-log'] = { index: 2, origin: 'other.example/reports' }) })
  expect(check).toMatchObject({ signature: 'valid', log: 'other-log' })
  expect(stands(check)).toBe(false)
  expect(holds(check)).toBe(true)
})

test.each([
  ['not yet valid', { notBefore: '260701000000Z' }],
  ['no longer valid', { notAfter: '260501000000Z' }],
  ['of a month that is none', { notBefore: '261301000000Z' }],
  ['of a time without zone', { notBefore: '2601010000000' }],
])('a certificate that was %s is refused', async (_, wanted) => {
  expect(await checkOf(wanted)).toMatchObject({ signature: 'invalid', fault: 'certificate' })
})

test('a certificate with years of four digits is read', async () => {
  expect(stands(await checkOf({ notAfter: '20600101000000Z' }))).toBe(true)
})

test.each([
  ['with a fraction', '{"a":1.5}'],
  ['with a number that readers take differently', '{"a":9007199254740993}'],
  ['with half a character', '{"a":"\\ud800"}'],
  ['that is no object', '[]'],
  ['nested too deeply', `{"a":${'['.repeat(40)}${']'.repeat(40)}}`],
  ['with names out of order', '{"b":1,"a":1}'],
])('a payload %s is refused', async (_, payloadText) => {
  expect(await checkOf({ payloadText })).toMatchObject({ signature: 'invalid', fault: 'payload' })
})

describe('a log proof does not hold', () => {
  const leafWith = (name: string, value: Json) => ({ leaf: (leaf: Record<string, Json>) => void (leaf[name] = value) })
  test.each<[string, Wanted]>([
    ['for another payload', leafWith('payload', '0'.repeat(64))],
    ['for a leaf of another type', leafWith('type', 'withdrawal')],
    ['for a leaf with more in it', leafWith('also', 'this')],
    ['for a leaf without intake', { leaf: (leaf) => void delete leaf['intake'] }],
    ['for a leaf with a strange time', leafWith('at', 'today')],
    ['for a leaf with an empty earlier log', leafWith('intakeLog', '')],
    ['in another log', { checkpoint: (text) => text.replace('log.example', 'other.example') }],
    ['in a smaller tree', { checkpoint: (text) => text.replace('\n5\n', '\n4\n') }],
    ['in a larger tree', { checkpoint: (text) => text.replace('\n5\n', '\n9\n') }],
    ['in no tree', { checkpoint: (text) => text.replace('\n5\n', '\n0\n') }],
    ['with a size in another spelling', { checkpoint: (text) => text.replace('\n5\n', '\n05\n') }],
    ['with a size beyond all trees', { checkpoint: (text) => text.replace('\n5\n', `\n${2n ** 63n}\n`) }],
    ['with another root', { checkpoint: (text) => text.replace(/\n[^\n]+\n$/, `\n${'A'.repeat(43)}=\n`) }],
    ['with an empty extension', { checkpoint: (text) => `${text}\n` }],
    ['with a control character', { checkpoint: (text) => `${text}\u0007\n` }],
    ['where nobody signed', { note: (note) => note.replace(/— .*\n$/, '') }],
    ['where another signed', { note: (note) => note.replace(/— \S+/, '— other.example/log') }],
    ['where the signature is another one', { note: (note) => note.replace(/( \S{20})(\S)(\S*\n)$/, (_line, before: string, one: string, rest: string) => `${before}${one === 'A' ? 'B' : 'A'}${rest}`) }],
    ['that stands at another place than the headers say', { header: (header) => void (header['heyan-log'] = { index: 3, origin: 'log.example/reports' }) }],
    ['where the log signed twice', { note: (note) => note.replace(/(— .*\n)$/, '$1$1') }],
    ['with a hyphen instead of a dash', { note: (note) => note.replace('— ', '- ') }],
    ['with a signature of no bytes', { note: (note) => note.replace(/ \S+\n$/, ' AAAA\n') }],
    ['beyond all bounds', { checkpoint: (text) => `${text}${'x'.repeat(300_000)}\n` }],
  ])('%s', async (_, wanted) => {
    const check = await checkOf(wanted)
    expect(check).toMatchObject({ signature: 'valid', log: 'invalid' })
    expect(stands(check)).toBe(false)
  })
  test('but does with extensions, cosignatures, and an earlier log', async () => {
    const check = await checkOf({
      leaf: (leaf) => void (leaf['intakeLog'] = 'log.example/before'),
      checkpoint: (text) => `${text}extension\n`,
      note: (note) => `${note}— witness.example/w ${btoa('12345678')}\n`,
    })
    expect(stands(check)).toBe(true)
  })
})

describe('a time stamp beside the report', () => {
  const checkWith = async (stamp: Json) => {
    const { document, keys } = await makeReport({})
    return checkSignedReport(bytesOf({ 'heyan-time-stamp': stamp, ...document }), keys)
  }
  test('is for other programs to check, and no fault', async () => {
    expect(stands(await checkWith('MAA='))).toBe(true)
  })
  test('that is no text is one', async () => {
    expect(stands(await checkWith(1))).toBe(false)
  })
})

describe('a disclosure', () => {
  const disclosure = (salt: string, value: string) => toBase64Url(utf8(JSON.stringify([salt, '/parties/0/name', value])))
  const salt = toBase64Url(new Uint8Array(32))
  const checkWith = async (shown: string, committed = shown) => {
    const digest = toHex(sha256(utf8(committed)))
    const payloadText = `{"commitments":[{"pointer":"/parties/0/name","sha256":"${digest}"}],"schema":"heyan.report.v1"}`
    const { document, keys } = await makeReport({ payloadText })
    return checkSignedReport(bytesOf({ 'heyan-disclosures': [shown], ...document }), keys)
  }
  test('that opens its commitment holds', async () => {
    expect((await checkWith(disclosure(salt, '某公司'))).disclosures).toBe('valid')
  })
  test.each([
    ['of another value', disclosure(salt, 'another'), disclosure(salt, 'one')],
    ['with a short salt', disclosure('AAAA', 'one'), undefined],
    ['with white space', toBase64Url(utf8(`["${salt}", "/parties/0/name", "one"]`)), undefined],
    ['of two parts', toBase64Url(utf8(`["${salt}","/parties/0/name"]`)), undefined],
    ['of a number', toBase64Url(utf8(`["${salt}","/parties/0/name",1]`)), undefined],
  ])('%s voids the copy', async (_, shown, committed) => {
    expect((await checkWith(shown, committed)).disclosures).toBe('invalid')
  })
})
