// The draft of the person who is signed in: read once, kept after each change.
import { useCallback, useEffect, useRef, useState } from 'react'
import { hashFile, type FileFingerprints } from '../../../common/hash/hash_file.ts'
import type { Session } from '../../../common/api/types.ts'
import { newDraft, newKey, type Chosen, type Draft, type Item } from './draft.ts'
import { forgetAll } from '../../../common/kept.ts'
import { findFile, keepFile, loadDraft, saveDraft } from './draft_store.ts'
import { withRead } from './taken.ts'

const kSaveAfter = 300

export interface DraftWork {
  readonly draft: Draft
  readonly change: (change: (draft: Draft) => Draft) => void
  readonly changeItem: (id: string, change: (item: Item) => Item) => void
  /** Written down before it resolves. */
  readonly keep: (change: Partial<Draft>) => Promise<void>
  /** With `next`, or empty. */
  readonly startOver: (next?: Draft) => Promise<void>
  /** Keeps the file for the item of that id, which is at once what `put` makes of it, and computes its fingerprints. */
  readonly take: (item: string, file: File, put: (item: Item, chosen: Chosen) => Item) => Chosen
  /** Per file key: 0 to 100 while it is read. */
  readonly percent: Readonly<Record<string, number>>
}

/** Null while it is read. */
export function useDraft(session: Session): DraftWork | null {
  const { account, courts } = session
  const [draft, setDraft] = useState<Draft | null>(null)
  const [percent, setPercent] = useState<Readonly<Record<string, number>>>({})
  const latest = useRef<Draft | null>(null)
  latest.current = draft
  // Signing in again in place makes another session, and must not read the draft again.
  const mayFileWith = useRef(courts)
  mayFileWith.current = courts

  // Of what is being read now: how to stop, which leaves its promise open for good. A new round begins with each draft.
  const reading = useRef(new Map<string, () => void>())
  const round = useRef(0)

  const stopReading = useCallback(() => {
    round.current += 1
    for (const cancel of reading.current.values()) cancel()
    reading.current.clear()
    setPercent({})
  }, [])
  useEffect(() => stopReading, [stopReading])

  const read = useCallback(async ({ key }: Chosen, bytes: Blob): Promise<FileFingerprints | null> => {
    setPercent((all) => ({ ...all, [key]: 0 }))
    try {
      const { result, cancel } = hashFile(bytes, (done) => setPercent((all) => ({ ...all, [key]: Math.floor((100 * done) / Math.max(1, bytes.size)) })))
      reading.current.set(key, cancel)
      return await result
    } catch {
      return null
    } finally {
      reading.current.delete(key)
      setPercent(({ [key]: _, ...others }) => others)
    }
  }, [])

  const change = useCallback((work: (draft: Draft) => Draft) => setDraft((now) => (now === null ? now : work(now))), [])
  const changeItem = useCallback(
    (id: string, work: (item: Item) => Item) => change((now) => ({ ...now, items: now.items.map((item) => (item.id === id ? work(item) : item)) })),
    [change],
  )

  useEffect(() => {
    const mine = round.current
    void loadDraft(account, mayFileWith.current).then(async (loaded) => {
      if (mine !== round.current) return
      setDraft(loaded)
      // What was still being read when the page was left.
      const unread = loaded.items.flatMap(({ id, file, proofs }) =>
        [...(file === null ? [] : [file]), ...proofs].filter((one) => one.fingerprints === undefined).map((chosen) => ({ id, chosen })))
      for (const { id, chosen } of unread) {
        const bytes = await findFile(chosen.key)
        if (mine !== round.current) return
        const found = bytes === null ? null : await read(chosen, bytes)
        if (mine !== round.current) return
        changeItem(id, (now) => withRead(now, chosen.key, found))
      }
    })
  }, [account, read, changeItem])

  useEffect(() => {
    if (draft === null) return undefined
    const timer = setTimeout(() => void saveDraft(account, draft), kSaveAfter)
    return () => clearTimeout(timer)
  }, [account, draft])

  const keep = useCallback(
    async (part: Partial<Draft>) => {
      if (latest.current === null) return
      const next = { ...latest.current, ...part }
      setDraft(next)
      await saveDraft(account, next)
    },
    [account],
  )

  const startOver = useCallback(async (next?: Draft) => {
    stopReading()
    await forgetAll()
    setDraft(next ?? newDraft(mayFileWith.current))
  }, [stopReading])

  const take = useCallback(
    (item: string, file: File, put: (item: Item, chosen: Chosen) => Item) => {
      const chosen: Chosen = { key: newKey(), name: file.name, size: file.size, type: file.type }
      const mine = round.current
      changeItem(item, (now) => put(now, chosen))
      void keepFile(chosen.key, file).then(async () => {
        if (mine !== round.current) return
        const found = await read(chosen, file)
        if (mine === round.current) changeItem(item, (now) => withRead(now, chosen.key, found))
      })
      return chosen
    },
    [read, changeItem],
  )

  return draft === null ? null : { draft, change, changeItem, keep, startOver, take, percent }
}
