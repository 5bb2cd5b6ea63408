// The draft of the person who is signed in: read once, kept after each change.
import { useCallback, useEffect, useRef, useState } from 'react'
import { hashFile } from '../../../common/hash/hash_file.ts'
import type { Session } from '../../../common/api/types.ts'
import { newDraft, newKey, type Chosen, type Draft, type Item } from './draft.ts'
import { forgetAll } from '../../../common/kept.ts'
import { findFile, keepFile, loadDraft, saveDraft } from './draft_store.ts'

const kSaveAfter = 300

export interface DraftWork {
  readonly draft: Draft
  readonly change: (change: (draft: Draft) => Draft) => void
  readonly changeItem: (id: string, change: (item: Item) => Item) => void
  /** Written down before it resolves. */
  readonly keep: (change: Partial<Draft>) => Promise<void>
  /** With `next`, or empty. */
  readonly startOver: (next?: Draft) => Promise<void>
  /** Keeps the file and computes its fingerprints; `put` is called with it, and again with them, or with null where it cannot be read. */
  readonly take: (file: File, put: (chosen: Chosen | null) => void) => void
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

  const read = useCallback(async (chosen: Chosen, bytes: Blob): Promise<Chosen | null> => {
    setPercent((all) => ({ ...all, [chosen.key]: 0 }))
    try {
      const { result } = hashFile(bytes, (done) => setPercent((all) => ({ ...all, [chosen.key]: Math.floor((100 * done) / Math.max(1, bytes.size)) })))
      return { ...chosen, fingerprints: await result }
    } catch {
      return null
    } finally {
      setPercent(({ [chosen.key]: _, ...others }) => others)
    }
  }, [])

  const change = useCallback((work: (draft: Draft) => Draft) => setDraft((now) => (now === null ? now : work(now))), [])
  const changeItem = useCallback(
    (id: string, work: (item: Item) => Item) => change((now) => ({ ...now, items: now.items.map((item) => (item.id === id ? work(item) : item)) })),
    [change],
  )

  useEffect(() => {
    void loadDraft(account, mayFileWith.current).then(async (loaded) => {
      setDraft(loaded)
      // What was still being read when the page was left.
      for (const item of loaded.items) {
        if (item.file === null || item.file.fingerprints !== undefined) continue
        const bytes = await findFile(item.file.key)
        const file = bytes === null ? null : await read(item.file, bytes)
        changeItem(item.id, (now) => (now.file?.key === item.file?.key ? { ...now, file } : now))
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
    await forgetAll()
    setDraft(next ?? newDraft(mayFileWith.current))
  }, [])

  const take = useCallback(
    (file: File, put: (chosen: Chosen | null) => void) => {
      const chosen: Chosen = { key: newKey(), name: file.name, size: file.size, type: file.type }
      put(chosen)
      void keepFile(chosen.key, file).then(() => read(chosen, file)).then(put)
    },
    [read],
  )

  return draft === null ? null : { draft, change, changeItem, keep, startOver, take, percent }
}
