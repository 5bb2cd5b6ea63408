// What a file that was chosen changes in its item: at once, and again when it has been read. By then another file may stand in its
// place, or none: only what still has its key is changed.
import type { FileFingerprints } from '../../../common/hash/hash_file.ts'
import type { Chosen, Item } from './draft.ts'

export function withFile(item: Item, chosen: Chosen): Item {
  return { ...item, file: chosen, name: item.name === '' ? chosen.name.replace(/\.[^.]*$/, '') : item.name }
}

export function withProof(item: Item, chosen: Chosen): Item {
  return { ...item, proofs: [...item.proofs, { ...chosen, statement: false }] }
}

// One that cannot be read stays: the person is told, and chooses another.
function read<T extends Chosen>(chosen: T, fingerprints: FileFingerprints | null): T {
  const { unreadable: _, ...rest } = chosen
  return { ...rest, ...(fingerprints === null ? { unreadable: true } : { fingerprints }) } as T
}

/** Of its file or one of its proofs. Null: it cannot be read. */
export function withRead(item: Item, key: string, fingerprints: FileFingerprints | null): Item {
  const { file, proofs } = item
  if (file?.key === key) return { ...item, file: read(file, fingerprints) }
  return { ...item, proofs: proofs.map((one) => (one.key === key ? read(one, fingerprints) : one)) }
}

export function withoutProof(item: Item, key: string): Item {
  return { ...item, proofs: item.proofs.filter((one) => one.key !== key) }
}

/** It is named as an operator's statement from then on. */
export function withStatement(item: Item, key: string): Item {
  return { ...item, proofs: item.proofs.map((one) => (one.key === key ? { ...one, statement: true } : one)) }
}
