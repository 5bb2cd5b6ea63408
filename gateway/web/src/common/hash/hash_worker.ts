// The fingerprints of one file, read piece by piece, beside the page: a large file never stands in memory, and the page stays
// awake.
import { sha256 } from '@noble/hashes/sha2.js'
import { Sm3 } from './sm3.ts'
import type { Said } from './hash_file.ts'

const kPiece = 4 << 20

const hex = (bytes: Uint8Array): string => Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
const say = (said: Said): void => postMessage(said)

async function hash(file: Blob): Promise<void> {
  const first = sha256.create()
  const second = new Sm3()
  for (let at = 0; at < file.size; at += kPiece) {
    const bytes = new Uint8Array(await file.slice(at, at + kPiece).arrayBuffer())
    first.update(bytes)
    second.update(bytes)
    say({ kind: 'progress', done: Math.min(at + kPiece, file.size) })
  }
  say({ kind: 'done', fingerprints: { 'sha-256': hex(first.digest()), sm3: hex(second.digest()) } })
}

onmessage = ({ data }: MessageEvent<Blob>) => {
  hash(data).catch(() => say({ kind: 'failed' }))
}
