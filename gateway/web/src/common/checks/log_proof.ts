// The proof that a report stands in its gateway's log: C2SP tlog-proof, signed-note and tlog-checkpoint, Ed25519
// (type 01). Everything in it is hostile: size and root come from the checkpoint, after the log's signature on it, and
// the leaf must be that of this payload (docs/formats.md, "The report log").
import { ed25519 } from '@noble/curves/ed25519.js'
import { sha256 } from '@noble/hashes/sha2.js'
import { isIncluded, largestTree, leafHash } from './merkle.ts'
import { fromBase64, parseCanonical, hasMembers, sameBytes, textOf, toHex, utf8 } from './strict.ts'

export interface LogKey {
  readonly name: string
  readonly id: Uint8Array
  readonly key: Uint8Array
}

export interface LogPosition {
  readonly origin: string
  readonly index: number
}

const proofCharacters = 256 * 1024
const pathAtMost = 63
const signaturesAtMost = 64
const hashBytes = 32
const keyIdBytes = 4
const ed25519Type = 1

/** `NAME+KEYID+BASE64(TYPE || KEY)`; nothing where the parts do not fit together, or the key is of another type. */
export function parseLogKey(text: string): LogKey | undefined {
  const [, name, digits, rest] = /^([^+]+)\+([0-9a-f]{8})\+(.+)$/u.exec(text) ?? []
  const typed = fromBase64(rest ?? '')
  if (name === undefined || digits === undefined || typed === undefined) return undefined
  if (!isKeyName(name) || typed.length !== hashBytes + 1 || typed[0] !== ed25519Type) return undefined
  const id = sha256(Uint8Array.of(...utf8(`${name}\n`), ...typed)).slice(0, keyIdBytes)
  return toHex(id) === digits ? { name, id, key: typed.slice(1) } : undefined
}

/** Is the payload of that SHA-256 (hex) logged at that place of the log with that key? */
export function isLogged(proof: string, payloadDigest: string, position: LogPosition, key: LogKey): boolean {
  const parts = parseProof(proof)
  if (parts === undefined || parts.index !== BigInt(position.index)) return false
  if (!isLeafOf(parts.leaf, payloadDigest)) return false
  const checkpoint = openCheckpoint(parts.checkpoint, key)
  if (checkpoint === undefined || checkpoint.origin !== position.origin) return false
  return isIncluded(leafHash(parts.leaf), parts.index, checkpoint.size, parts.path, checkpoint.root)
}

interface Proof {
  readonly leaf: Uint8Array
  readonly index: bigint
  readonly path: readonly Uint8Array[]
  readonly checkpoint: string
}

function parseProof(text: string): Proof | undefined {
  if (text.length > proofCharacters) return undefined
  const blank = text.indexOf('\n\n')
  if (blank < 0) return undefined
  const [version, extra, place, ...hashes] = text.slice(0, blank).split('\n')
  if (version !== 'c2sp.org/tlog-proof@v1' || !extra?.startsWith('extra ') || !place?.startsWith('index ')) return undefined
  const leaf = fromBase64(extra.slice('extra '.length))
  const index = parseDecimal(place.slice('index '.length))
  const path = hashes.map(parseHash)
  if (leaf === undefined || leaf.length === 0 || index === undefined || path.length > pathAtMost) return undefined
  if (!path.every((hash) => hash !== undefined)) return undefined
  return { leaf, index, path, checkpoint: text.slice(blank + 2) }
}

/** `{"at","intake":N,"payload","type":"report"}`, and `intakeLog` where the intake stands in an earlier log. */
function isLeafOf(bytes: Uint8Array, payloadDigest: string): boolean {
  const leaf = parseCanonical(bytes)
  if (leaf === undefined) return false
  const names = ['at', 'intake', 'payload', 'type', ...(leaf['intakeLog'] === undefined ? [] : ['intakeLog'])]
  return (
    hasMembers(leaf, names) &&
    leaf['type'] === 'report' &&
    leaf['payload'] === payloadDigest &&
    typeof leaf['intake'] === 'number' &&
    leaf['intake'] >= 0 &&
    /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{3})?Z$/.test(textOf(leaf['at']) ?? '') &&
    (leaf['intakeLog'] === undefined || (textOf(leaf['intakeLog']) ?? '') !== '')
  )
}

interface Checkpoint {
  readonly origin: string
  readonly size: bigint
  readonly root: Uint8Array
}

/** The checkpoint, where the log's key signed it, once. Signatures of keys that are not known say nothing. */
function openCheckpoint(note: string, key: LogKey): Checkpoint | undefined {
  const blank = note.lastIndexOf('\n\n')
  if (blank < 0 || !note.endsWith('\n') || hasControl(note)) return undefined
  const text = note.slice(0, blank + 1)
  const lines = note.slice(blank + 2, -1).split('\n')
  if (lines.length > signaturesAtMost) return undefined
  const signatures = lines.map(parseSignature)
  if (!signatures.every((signature) => signature !== undefined)) return undefined
  const ours = signatures.filter(({ name, id }) => name === key.name && sameBytes(id, key.id))
  const [one] = ours
  if (one === undefined || ours.length !== 1 || !verifies(one.signature, text, key.key)) return undefined
  return parseCheckpoint(text)
}

function verifies(signature: Uint8Array, text: string, key: Uint8Array): boolean {
  try {
    return ed25519.verify(signature, utf8(text), key, { zip215: false })
  } catch {
    return false
  }
}

interface NoteSignature {
  readonly name: string
  readonly id: Uint8Array
  readonly signature: Uint8Array
}

function parseSignature(line: string): NoteSignature | undefined {
  const [, name, base64] = /^\u2014 ([^ ]+) ([^ ]+)$/u.exec(line) ?? []
  const bytes = fromBase64(base64 ?? '')
  if (name === undefined || !isKeyName(name) || bytes === undefined || bytes.length <= keyIdBytes) return undefined
  return { name, id: bytes.slice(0, keyIdBytes), signature: bytes.slice(keyIdBytes) }
}

function parseCheckpoint(text: string): Checkpoint | undefined {
  const [origin, sizeText, rootText, ...extensions] = text.slice(0, -1).split('\n')
  const size = parseDecimal(sizeText ?? '')
  const root = parseHash(rootText ?? '')
  if (origin === undefined || origin === '' || size === undefined || root === undefined) return undefined
  return extensions.includes('') ? undefined : { origin, size, root }
}

function parseDecimal(text: string): bigint | undefined {
  if (!/^(0|[1-9][0-9]{0,18})$/.test(text)) return undefined
  const value = BigInt(text)
  return value <= largestTree ? value : undefined
}

function parseHash(text: string): Uint8Array | undefined {
  const bytes = fromBase64(text)
  return bytes?.length === hashBytes ? bytes : undefined
}

function hasControl(text: string): boolean {
  return /[\u0000-\u0009\u000b-\u001f]/.test(text)
}

function isKeyName(name: string): boolean {
  return !/[\p{White_Space}+]/u.test(name) && !hasControl(name)
}
