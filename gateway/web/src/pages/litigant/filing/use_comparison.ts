import { useEffect, useState } from 'react'
import type { Item } from './draft.ts'
import { findFile } from './draft_store.ts'
import { compareWithProof, compareWithText, together, type Comparison } from './proof_reading.ts'

// Larger ones are not looked through: the page would stand still.
const kProofBytes = 16 << 20

async function compare(item: Item): Promise<Comparison | null> {
  const fingerprints = item.file?.fingerprints
  if (fingerprints === undefined) return null
  const found: Comparison[] = []
  const pasted = compareWithText(item.pasted, fingerprints)
  if (pasted !== null) found.push(pasted)
  for (const proof of item.proofs) {
    const bytes = proof.size > kProofBytes ? null : await findFile(proof.key)
    found.push(bytes === null ? 'unreadable' : compareWithProof(new Uint8Array(await bytes.arrayBuffer()), item.recordNumber.trim(), fingerprints))
  }
  return together(found)
}

/** What file and proofs of the item say together. Undefined: not known yet. Null: there is nothing to compare with. */
export function useComparison(item: Item): Comparison | null | undefined {
  const [comparison, setComparison] = useState<Comparison | null | undefined>(undefined)
  const { file, proofs, pasted, recordNumber } = item
  useEffect(() => {
    let current = true
    setComparison(undefined)
    if (file?.fingerprints !== undefined) void compare(item).then((found) => current && setComparison(found), () => current && setComparison('unreadable'))
    return () => {
      current = false
    }
    // The item's other members change nothing of it, nor does what becomes known of the same proofs: what was said would go and
    // come again, and a screen reader say it twice.
  }, [file?.key, file?.fingerprints, proofs.map((one) => one.key).join(), pasted, recordNumber])
  return comparison
}
