// Reports made for tests: signed with keys of their own, so that each rule can be broken under a signature that holds.
import { ed25519 } from '@noble/curves/ed25519.js'
import { sha256 } from '@noble/hashes/sha2.js'
import { leafHash, nodeHash } from '../../src/common/checks/merkle.ts'
import { canonical, toBase64, toBase64Url, toHex, utf8, type Json } from '../../src/common/checks/strict.ts'
import type { PublishedKeys } from '../../src/common/checks/signed_report.ts'

const origin = 'log.example/reports'
const signedAt = Date.UTC(2026, 5, 1) / 1000

export function der(tag: number, ...contents: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const content = Uint8Array.of(...contents.flatMap((each) => [...each]))
  const length = content.length < 128 ? [content.length] : content.length < 256 ? [0x81, content.length] : [0x82, content.length >> 8, content.length & 255]
  return Uint8Array.of(tag, ...length, ...content)
}

/** As much of a certificate as is read; its own signature is not. */
export function certificate(spki: Uint8Array, notBefore = '260101000000Z', notAfter = '270101000000Z'): Uint8Array<ArrayBuffer> {
  const empty = der(0x30)
  const validity = der(0x30, der(notBefore.length === 13 ? 0x17 : 0x18, utf8(notBefore)), der(notAfter.length === 13 ? 0x17 : 0x18, utf8(notAfter)))
  const toBeSigned = der(0x30, der(0xa0, der(0x02, Uint8Array.of(2))), der(0x02, Uint8Array.of(1)), empty, empty, validity, empty, spki)
  return der(0x30, toBeSigned, empty, der(0x03, Uint8Array.of(0)))
}

export interface Wanted {
  /** Changes the protected header before it is signed. */
  readonly header?: (header: Record<string, Json>) => void
  /** Instead of the header's canonical form. */
  readonly headerText?: (text: string) => string
  readonly payloadText?: string
  readonly leaf?: (leaf: Record<string, Json>) => void
  readonly checkpoint?: (text: string) => string
  readonly note?: (note: string) => string
  readonly proof?: (proof: string) => string
  readonly notBefore?: string
  readonly notAfter?: string
}

export interface Made {
  readonly document: Record<string, Json>
  readonly keys: PublishedKeys
}

const curve = { name: 'ECDSA', namedCurve: 'P-256' }

export async function makeReport(wanted: Wanted = {}): Promise<Made> {
  const pair = await crypto.subtle.generateKey(curve, true, ['sign', 'verify'])
  const spki = new Uint8Array(await crypto.subtle.exportKey('spki', pair.publicKey))
  const logSecret = ed25519.utils.randomSecretKey()
  const logKey = ed25519.getPublicKey(logSecret)
  const typed = Uint8Array.of(1, ...logKey)
  const keyId = sha256(Uint8Array.of(...utf8(`${origin}\n`), ...typed)).slice(0, 4)

  const payload = utf8(wanted.payloadText ?? '{"evidence":[],"schema":"heyan.report.v1"}')
  const b64Payload = toBase64Url(payload)
  const signatures: Json[] = []
  for (const alg of ['ES256', 'urn:heyan:jws:sm2-sm3']) {
    const header: Record<string, Json> = {
      alg,
      'heyan-log': { index: 2, origin },
      'heyan-signatures': ['ES256', 'urn:heyan:jws:sm2-sm3'],
      iat: signedAt,
      typ: 'heyan-report+jws',
      x5c: [toBase64(certificate(spki, wanted.notBefore, wanted.notAfter))],
    }
    wanted.header?.(header)
    const text = canonical(header) as string
    const protectedText = toBase64Url(utf8(wanted.headerText?.(text) ?? text))
    const signature = await crypto.subtle.sign({ name: 'ECDSA', hash: 'SHA-256' }, pair.privateKey, utf8(`${protectedText}.${b64Payload}`))
    signatures.push({ protected: protectedText, signature: toBase64Url(new Uint8Array(signature)) })
  }

  const leafValue: Record<string, Json> = { at: '2026-06-01T00:00:00Z', intake: 1, payload: toHex(sha256(payload)), type: 'report' }
  wanted.leaf?.(leafValue)
  const leaf = utf8(canonical(leafValue) as string)
  // Five leaves, ours at place 2: its sibling, the pair before it, the one behind all.
  const [sibling, before, behind] = [leafHash(utf8('3')), nodeHash(leafHash(utf8('0')), leafHash(utf8('1'))), leafHash(utf8('4'))]
  const root = nodeHash(nodeHash(before, nodeHash(leafHash(leaf), sibling)), behind)
  const plain = `${origin}\n5\n${toBase64(root)}\n`
  const checkpoint = wanted.checkpoint?.(plain) ?? plain
  const signed = Uint8Array.of(...keyId, ...ed25519.sign(utf8(checkpoint), logSecret))
  const note = `${checkpoint}\n— ${origin} ${toBase64(signed)}\n`
  const path = [sibling, before, behind].map((hash) => `${toBase64(hash)}\n`).join('')
  const proof = `c2sp.org/tlog-proof@v1\nextra ${toBase64(leaf)}\nindex 2\n${path}\n${wanted.note?.(note) ?? note}`
  return {
    document: { 'heyan-log-proof': wanted.proof?.(proof) ?? proof, payload: b64Payload, signatures },
    keys: {
      reports: await crypto.subtle.exportKey('jwk', pair.publicKey),
      log: { origin, vkey: `${origin}+${toHex(keyId)}+${toBase64(typed)}` },
    },
  }
}

export function bytesOf(document: Json): Uint8Array<ArrayBuffer> {
  return utf8(JSON.stringify(document))
}
