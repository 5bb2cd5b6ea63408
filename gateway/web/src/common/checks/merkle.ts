// The Merkle tree of transparency logs (RFC 9162 2.1): from a leaf and its inclusion path to the root. A path does not
// bind the size of the tree, so that must come from a signed checkpoint.
import { sha256 } from '@noble/hashes/sha2.js'
import { sameBytes } from './strict.ts'

export const largestTree = 2n ** 63n - 1n

function joined(...parts: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0))
  let at = 0
  for (const part of parts) {
    bytes.set(part, at)
    at += part.length
  }
  return bytes
}

export function leafHash(entry: Uint8Array): Uint8Array {
  return sha256(joined(Uint8Array.of(0), entry))
}

export function nodeHash(left: Uint8Array, right: Uint8Array): Uint8Array {
  return sha256(joined(Uint8Array.of(1), left, right))
}

/** Does the leaf stand at that place of the tree of that size and root? RFC 9162 2.1.3.2; nothing is left over. */
export function isIncluded(leaf: Uint8Array, index: bigint, size: bigint, path: readonly Uint8Array[], root: Uint8Array): boolean {
  if (index < 0n || index >= size || size > largestTree) return false
  let place = index
  let last = size - 1n
  let hash = leaf
  for (const sibling of path) {
    if (last === 0n) return false
    if (place % 2n === 1n || place === last) {
      hash = nodeHash(sibling, hash)
      while (place % 2n === 0n && place !== 0n) {
        place /= 2n
        last /= 2n
      }
    } else {
      hash = nodeHash(hash, sibling)
    }
    place /= 2n
    last /= 2n
  }
  return last === 0n && sameBytes(hash, root)
}
