// The draft of one person and its files. Whose it is stands with it: another one who signs in finds nothing.
import { forget, forgetAll, kDraft, keep, kept } from '../../../common/kept.ts'
import type { Court } from '../../../common/api/types.ts'
import { newDraft, type Draft } from './draft.ts'

interface Kept {
  readonly account: string
  readonly draft: Draft
}

/** Null: there is none of this account. */
export async function findDraft(account: string): Promise<Draft | null> {
  const found = (await kept(kDraft)) as Kept | undefined
  // One from before there were cause and relief has none.
  return found !== undefined && found.account === account ? { ...{ cause: '', relief: [''] }, ...found.draft } : null
}

export async function loadDraft(account: string, courts: readonly Court[]): Promise<Draft> {
  const found = await findDraft(account)
  if (found !== null) return found
  await forgetAll()
  return newDraft(courts)
}

export function saveDraft(account: string, draft: Draft): Promise<void> {
  return keep(kDraft, { account, draft } satisfies Kept)
}

export function keepFile(key: string, file: Blob): Promise<void> {
  return keep(`file ${key}`, file)
}

export function forgetFile(key: string): Promise<void> {
  return forget(`file ${key}`)
}

/** Null: it has to be chosen again. */
export async function findFile(key: string): Promise<Blob | null> {
  const found = await kept(`file ${key}`)
  return found instanceof Blob ? found : null
}
