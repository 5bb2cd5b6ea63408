// What the page can tell, before filing, about a file and the proof that comes with it. Nothing of this is a verdict: it is to
// notice a copy that was saved or sent again. Which fingerprints a proof holds is read without knowing its format: a fingerprint is
// too long to stand there by chance.
import type { FileFingerprints } from '../../../common/hash/hash_file.ts'

export type Comparison =
  /** The fingerprint that was typed in, or that a certificate names, is that of the file. */
  | 'same'
  /** The proof holds the file's fingerprint. */
  | 'named'
  /** It is another one. */
  | 'differs'
  /** The proof holds the record's number, and not the file's fingerprint. */
  | 'numberOnly'
  /** The proof does not hold the fingerprint in a form that the page can read. */
  | 'absent'
  /** A scan, a picture, a certificate on paper: the page cannot read it. */
  | 'unreadable'

const kLongestText = 20_000

/** The fingerprints of 32 bytes in a text that a person pasted: a receipt, a certificate. Lower-case hexadecimal digits. */
export function fingerprintsIn(text: string): readonly string[] {
  const found = new Set<string>()
  for (const [run] of text.slice(0, kLongestText).matchAll(/(?<![0-9a-fA-F])(?:0[xX])?[0-9a-fA-F]{64}(?![0-9a-fA-F])/g)) found.add(run.slice(-64).toLowerCase())
  for (const [run] of text.slice(0, kLongestText).matchAll(/(?<![A-Za-z0-9+/])[A-Za-z0-9+/]{43}=(?!=)/g)) found.add(hexOf(fromBase64(run) ?? new Uint8Array()))
  found.delete('')
  return [...found]
}

export function compareWithText(text: string, file: FileFingerprints): Comparison | null {
  const named = fingerprintsIn(text)
  if (named.length === 0) return null
  return named.includes(file['sha-256']) || named.includes(file.sm3) ? 'same' : 'differs'
}

function hexOf(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
}

function fromHex(text: string): Uint8Array {
  return Uint8Array.from({ length: text.length >> 1 }, (_, at) => Number.parseInt(text.slice(2 * at, 2 * at + 2), 16))
}

function fromBase64(text: string): Uint8Array | null {
  try {
    return Uint8Array.from(atob(text.replace(/-/g, '+').replace(/_/g, '/')), (letter) => letter.charCodeAt(0))
  } catch {
    return null
  }
}

// Each byte as one letter, so that bytes can be looked for as text is.
const latin = new TextDecoder('iso-8859-1')

/** The proof's bytes, and what hexadecimal digits and base64 within it stand for: one layer, as JSON forms of blocks have it. */
function* layers(bytes: Uint8Array): Generator<string> {
  const text = latin.decode(bytes)
  yield text
  const hex = [...text.matchAll(/[0-9a-fA-F]{64,}/g)].map(([run]) => fromHex(run))
  const base64 = [...text.matchAll(/[A-Za-z0-9+/_-]{43,}={0,2}/g)].map(([run]) => fromBase64(run))
  for (const inner of [...hex, ...base64]) if (inner !== null) yield latin.decode(inner)
}

function holds(layer: string, wanted: string): boolean {
  return layer.includes(latin.decode(fromHex(wanted))) || layer.includes(wanted) || layer.includes(wanted.toUpperCase())
}

const kUnreadable: readonly (readonly number[])[] = [
  [0x25, 0x50, 0x44, 0x46], // PDF
  [0xff, 0xd8, 0xff], // JPEG
  [0x89, 0x50, 0x4e, 0x47], // PNG
  [0x50, 0x4b, 0x03, 0x04], // zip and what is built on it
]

export function isScan(bytes: Uint8Array): boolean {
  return kUnreadable.some((magic) => magic.every((byte, at) => bytes[at] === byte))
}

/** The statement of an operator (docs/zhixin.md): a deposit or a certificate in JSON. Null: it is none. */
export function operatorStatement(bytes: Uint8Array): { readonly digests: readonly string[] } | null {
  if (bytes.length > 65_536) return null
  let value: unknown
  try {
    value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
  } catch {
    return null
  }
  if (typeof value !== 'object' || value === null) return null
  const members = value as Record<string, unknown>
  if (members['schema'] !== 'heyan.zhixin-deposit.v1' && members['schema'] !== 'heyan.operator-certificate.v1') return null
  const digests = [members['hash'], members['digest']].filter((one): one is string => typeof one === 'string' && /^[0-9a-fA-F]{64}$/.test(one))
  return { digests: digests.map((one) => one.toLowerCase()) }
}

export function compareWithProof(bytes: Uint8Array, recordNumber: string, file: FileFingerprints): Comparison {
  const stated = operatorStatement(bytes)
  if (stated !== null && stated.digests.length > 0) {
    return stated.digests.includes(file['sha-256']) || stated.digests.includes(file.sm3) ? 'same' : 'differs'
  }
  if (isScan(bytes)) return 'unreadable'
  let numberSeen = false
  for (const layer of layers(bytes)) {
    if (holds(layer, file['sha-256']) || holds(layer, file.sm3)) return 'named'
    numberSeen ||= recordNumber.length >= 4 && layer.includes(recordNumber)
  }
  return numberSeen ? 'numberOnly' : 'absent'
}

const kOrder: readonly Comparison[] = ['differs', 'same', 'named', 'numberOnly', 'absent', 'unreadable']

/** Of one item: what it is told, of all that was compared. A difference goes before everything. */
export function together(comparisons: readonly Comparison[]): Comparison | null {
  return kOrder.find((one) => comparisons.includes(one)) ?? null
}
