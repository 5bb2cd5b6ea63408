// What a file that was chosen changes in its item: at once, and again when it has been read. By then another file may stand in its
// place, or none: only what still has its key is changed.
import type { Chosen, Item } from './draft.ts'

export function withFile(item: Item, chosen: Chosen): Item {
  return { ...item, file: chosen, name: item.name === '' ? chosen.name.replace(/\.[^.]*$/, '') : item.name }
}

/** `read`: with its fingerprints; null: it cannot be read. */
export function withFileRead(item: Item, key: string, read: Chosen | null): Item {
  return item.file?.key === key ? { ...item, file: read } : item
}

export function withProof(item: Item, chosen: Chosen): Item {
  return { ...item, proofs: [...item.proofs, { ...chosen, statement: false }] }
}

export function withProofRead(item: Item, key: string, read: Chosen | null): Item {
  return { ...item, proofs: item.proofs.flatMap((one) => (one.key !== key ? [one] : read === null ? [] : [{ ...one, ...read }])) }
}

export function withoutProof(item: Item, key: string): Item {
  return { ...item, proofs: item.proofs.filter((one) => one.key !== key) }
}

/** It is named as an operator's statement from then on. */
export function withStatement(item: Item, key: string): Item {
  return { ...item, proofs: item.proofs.map((one) => (one.key === key ? { ...one, statement: true } : one)) }
}
