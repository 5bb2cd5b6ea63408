// Inclusion proofs of RFC 9162 2.1.3 over trees of all small sizes, and what lies beside them.
import { describe, expect, test } from 'vitest'
import { isIncluded, largestTree, leafHash, nodeHash } from '../../src/common/checks/merkle.ts'
import { sameBytes, utf8 } from '../../src/common/checks/strict.ts'

const kLeaves = 20
const leaves = Array.from({ length: kLeaves }, (_, at) => leafHash(utf8(`leaf ${at}`)))

/** RFC 9162 2.1.1 */
function rootOf(part: readonly Uint8Array[]): Uint8Array {
  if (part.length === 1) return part[0]!
  const split = splitOf(part.length)
  return nodeHash(rootOf(part.slice(0, split)), rootOf(part.slice(split)))
}

/** RFC 9162 2.1.3.1 */
function pathOf(index: number, part: readonly Uint8Array[]): Uint8Array[] {
  if (part.length === 1) return []
  const split = splitOf(part.length)
  return index < split
    ? [...pathOf(index, part.slice(0, split)), rootOf(part.slice(split))]
    : [...pathOf(index - split, part.slice(split)), rootOf(part.slice(0, split))]
}

function splitOf(size: number): number {
  let split = 1
  while (split * 2 < size) split *= 2
  return split
}

describe.each(Array.from({ length: kLeaves }, (_, at) => at + 1))('a tree of %i', (size) => {
  const tree = leaves.slice(0, size)
  const root = rootOf(tree)
  test.each(tree.map((_, index) => index))('leaf %i stands where it does, and nowhere else', (index) => {
    const path = pathOf(index, tree)
    const leaf = tree[index]!
    const stands = (at: number, of: number, by: readonly Uint8Array[] = path, from = leaf) => isIncluded(from, BigInt(at), BigInt(of), by, root)
    expect(stands(index, size)).toBe(true)
    for (let other = 0; other < size + 2; other++) if (other !== index) expect(stands(other, size)).toBe(false)
    expect(stands(index, size, [...path, leaf])).toBe(false)
    if (path.length > 0) expect(stands(index, size, path.slice(0, -1))).toBe(false)
    expect(stands(index, size, path, leafHash(utf8('another')))).toBe(false)
    for (let at = 0; at < path.length; at++) {
      expect(stands(index, size, path.map((hash, place) => (place === at ? leafHash(hash) : hash)))).toBe(false)
    }
  })
})

test('an inner node is no leaf', () => {
  const [a, b] = [leaves[0]!, leaves[1]!]
  expect(isIncluded(nodeHash(a, b), 0n, 1n, [], nodeHash(a, b))).toBe(true)
  expect(sameBytes(leafHash(utf8('')), nodeHash(utf8(''), utf8('')))).toBe(false)
})

test('a path through a tree of one leaf leads nowhere', () => {
  expect(isIncluded(leaves[0]!, 0n, 1n, [leaves[1]!], nodeHash(leaves[1]!, leaves[0]!))).toBe(false)
  expect(isIncluded(leaves[0]!, 0n, 1n, [leaves[1]!], nodeHash(leaves[0]!, leaves[1]!))).toBe(false)
})

test('there is no place in an empty tree, before the first or beyond the largest', () => {
  const leaf = leaves[0]!
  expect(isIncluded(leaf, 0n, 0n, [], leaf)).toBe(false)
  expect(isIncluded(leaf, -1n, 1n, [], leaf)).toBe(false)
  expect(isIncluded(leaf, 1n, 1n, [], leaf)).toBe(false)
  expect(isIncluded(leaf, 0n, largestTree + 1n, [], leaf)).toBe(false)
})
