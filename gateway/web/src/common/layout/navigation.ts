// The pages that each role finds in its navigation, the first one is its start.
import type { layoutWords } from '../../words/layout/index.ts'
import type { Role } from '../api/types.ts'

type Word = keyof (typeof layoutWords)['zh']['nav']

export interface Entry {
  readonly to: string
  readonly word: Word
  /** Pages that are come to from there. */
  readonly beneath?: string
}

const forEverybody: readonly Entry[] = [{ to: '/public/verify', word: 'verifyReport' }]

const ofRole: Readonly<Record<Role, readonly Entry[]>> = {
  litigant: [
    { to: '/litigant/cases', word: 'cases' },
    { to: '/litigant/file', word: 'file' },
    { to: '/litigant/check', word: 'checkFile' },
  ],
  clerk: [
    { to: '/clerk/worklist', word: 'worklist', beneath: '/clerk/cases/' },
    { to: '/clerk/import', word: 'bulkImport' },
  ],
  judge: [{ to: '/judge/cases', word: 'judgeCases' }],
  operator: [
    { to: '/operator/state', word: 'state' },
    { to: '/operator/trust', word: 'trust' },
    { to: '/operator/keys', word: 'keys' },
    { to: '/operator/access', word: 'access' },
  ],
}

export function entriesOf(role: Role | null): readonly Entry[] {
  return role === null ? forEverybody : [...(ofRole[role] ?? []), ...forEverybody]
}

export function startOf(role: Role): string {
  return entriesOf(role)[0]?.to ?? '/public/verify'
}
