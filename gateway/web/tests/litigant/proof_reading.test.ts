import { createHash } from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { compareWithProof, compareWithText, fingerprintsIn, isScan, operatorStatement, together } from '../../src/pages/litigant/filing/proof_reading.ts'

const sample = path.resolve(import.meta.dirname, '../../../sample/case')
const read = (name: string) => new Uint8Array(fs.readFileSync(path.join(sample, name)))
const of = (bytes: Uint8Array) => ({ 'sha-256': createHash('sha256').update(bytes).digest('hex'), sm3: createHash('sm3').update(bytes).digest('hex') })
const text = (value: unknown) => new TextEncoder().encode(typeof value === 'string' ? value : JSON.stringify(value))

interface Item { id: string; file: { path: string }; record: { id: string }; proofs: { path: string }[] }
const items: Item[] = JSON.parse(fs.readFileSync(path.join(sample, 'case.json'), 'utf8')).evidence

test('every proof of the sample case: does it name the file', () => {
  const found = items.map(({ id, file, record, proofs }) => [id, compareWithProof(read(proofs[0]!.path), record.id, of(read(file.path)))])
  // E2: a changed file. E5: nowhere recorded. E8: its proof holds the fingerprint of the record only in a form of its contract.
  expect(Object.fromEntries(found)).toMatchObject({ E1: 'named', E2: 'numberOnly', E3: 'named', E4: 'named', E5: 'absent', E6: 'named', E7: 'named' })
})

test('one byte more, and the proof names it no longer', () => {
  for (const { file, record, proofs } of items.filter((one) => ['E1', 'E4', 'E7'].includes(one.id))) {
    const changed = new Uint8Array([...read(file.path), 0])
    expect(compareWithProof(read(proofs[0]!.path), record.id, of(changed))).toBe('numberOnly')
  }
})

test('a fingerprint in raw bytes, in base64 and in large letters is found', () => {
  const file = of(text('file'))
  const raw = Buffer.from(file['sha-256'], 'hex')
  expect(compareWithProof(new Uint8Array([1, 2, ...raw, 3]), '', file)).toBe('named')
  expect(compareWithProof(text({ value: Buffer.concat([Buffer.from('xx'), raw]).toString('base64') }), '', file)).toBe('named')
  expect(compareWithProof(text(file.sm3.toUpperCase()), '', file)).toBe('named')
  expect(compareWithProof(new Uint8Array([1, 2, ...raw.subarray(1), 3]), '', file)).toBe('absent')
})

test("an operator's statement is read, and says the same or not", () => {
  const file = of(text('file'))
  const stated = (digest: string) => text({ schema: 'heyan.operator-certificate.v1', operator: 'x', txId: '1', digest, digestAlgorithm: 'sm3' })
  expect(compareWithProof(stated(file.sm3), '', file)).toBe('same')
  expect(compareWithProof(stated(of(text('other')).sm3), '', file)).toBe('differs')
  expect(compareWithProof(text({ schema: 'heyan.zhixin-deposit.v1', hash: file['sha-256'] }), '', file)).toBe('same')
  // Without a fingerprint, or none of ours: nothing to compare with.
  expect(compareWithProof(text({ schema: 'heyan.operator-certificate.v1', operator: 'x', txId: '1' }), '', file)).toBe('absent')
  expect(operatorStatement(text({ schema: 'other', hash: file.sm3 }))).toBeNull()
  expect(operatorStatement(text('[1'))).toBeNull()
  expect(operatorStatement(text('null'))).toBeNull()
  expect(operatorStatement(new Uint8Array([0xff, 0xfe]))).toBeNull()
  expect(operatorStatement(text({ schema: 'heyan.operator-certificate.v1', digest: 'ab' }))?.digests).toEqual([])
})

test('what cannot be read is said to be unreadable', () => {
  const file = of(text('file'))
  expect(compareWithProof(text('%PDF-1.7 '), '', file)).toBe('unreadable')
  expect(isScan(new Uint8Array([0xff, 0xd8, 0xff, 0xe0]))).toBe(true)
  expect(isScan(new Uint8Array([0xff, 0xd8]))).toBe(false)
})

test('fingerprints in what a person pastes', () => {
  const file = of(text('file'))
  expect(compareWithText(`存证指纹（SHA256）：${file['sha-256'].toUpperCase()}。`, file)).toBe('same')
  expect(compareWithText(`0x${file.sm3}`, file)).toBe('same')
  expect(compareWithText(Buffer.from(file.sm3, 'hex').toString('base64'), file)).toBe('same')
  expect(compareWithText(of(text('other')).sm3, file)).toBe('differs')
  expect(compareWithText('no number', file)).toBeNull()
  expect(compareWithText('', file)).toBeNull()
  expect(fingerprintsIn(`${'a'.repeat(63)} ${'b'.repeat(65)} ${'c'.repeat(128)}`)).toEqual([])
})

test('a difference goes before everything that agrees', () => {
  expect(together(['same', 'differs', 'named'])).toBe('differs')
  expect(together(['absent', 'named'])).toBe('named')
  expect(together([])).toBeNull()
})
