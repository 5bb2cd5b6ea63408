import { createHash, getHashes } from 'node:crypto'
import { expect, test } from 'vitest'
import { Sm3 } from '../../src/common/hash/sm3.ts'

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex')
const of = (bytes: Uint8Array) => hex(new Sm3().update(bytes).digest())

test('the examples of GB/T 32905-2016, appendix A', () => {
  expect(of(Buffer.from('abc'))).toBe('66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0')
  expect(of(Buffer.from('abcd'.repeat(16)))).toBe('debe9ff92275b8a138604889c18e5a4d6fdb70e5387e5765293dcba39c0c5732')
})

test('every length around the block, against OpenSSL', () => {
  expect(getHashes()).toContain('sm3')
  for (let length = 0; length < 200; ++length) {
    const bytes = Uint8Array.from({ length }, (_, at) => (at * 37 + length) % 256)
    expect(of(bytes)).toBe(createHash('sm3').update(bytes).digest('hex'))
  }
})

test('however the bytes are cut, the fingerprint is the same', () => {
  const bytes = Uint8Array.from({ length: 1000 }, (_, at) => (at * at) % 256)
  const whole = of(bytes)
  for (const piece of [1, 3, 63, 64, 65, 127, 999]) {
    const sm3 = new Sm3()
    for (let at = 0; at < bytes.length; at += piece) sm3.update(bytes.subarray(at, at + piece)).update(new Uint8Array())
    expect(hex(sm3.digest())).toBe(whole)
  }
  expect(of(bytes.subarray(1))).not.toBe(whole)
})
