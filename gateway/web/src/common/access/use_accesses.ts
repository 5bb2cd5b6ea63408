import { askJson } from '../api/client.ts'
import { useSession } from '../api/session.tsx'
import { useLoaded } from '../use_loaded.ts'
import { accessPath, assignmentPath, type Access, type Assignment } from './access.ts'

export interface Accesses {
  readonly all: readonly Access[]
  /** By which the reader has the case before him just now: for reading and notes of his own. Not where it is assigned to him as well. */
  readonly own: Access | undefined
  /** Whether the above is known, or will not be. */
  readonly settled: boolean
}

/** Which judges opened the case without its being assigned to them. null: of none. */
export function useAccesses(submission: string | null): Accesses {
  const { session } = useSession()
  const accesses = useLoaded(submission === null ? null : (signal) => askJson<{ readonly items: readonly Access[] }>(accessPath(submission), { signal }), [submission])
  const all = accesses.value?.items ?? []
  const open = session?.role === 'judge' ? all.find((one) => one.open && one.judge === session.account) : undefined
  const of = open?.submission
  const assignment = useLoaded(of === undefined ? null : (signal) => askJson<Assignment>(assignmentPath(of), { signal }), [of])
  const assigned = assignment.value?.items.some(({ account }) => account === session?.account)
  return {
    all,
    own: assigned === true ? undefined : open,
    settled: (accesses.value !== undefined || accesses.problem !== null) && (open === undefined || assigned !== undefined || assignment.problem !== null),
  }
}
