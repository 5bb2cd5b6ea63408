// A filing whose files did not all arrive, and that the person wants to change: what was filed cannot be changed, so it is filed
// anew, and the first one given up. There is no way to take a submission back; it expires. The bytes that were reserved for what has
// not arrived are let go of, since they count against what the account may have under way.
import { ask, askJson } from '../../../common/api/client.ts'
import { Problem } from '../../../common/api/problem.ts'
import type { Submission } from '../../../common/api/types.ts'
import { submissionPath } from '../../../common/report/answers.ts'

/** False: the gateway has accepted it, or will of itself, since everything is there: it stands. Throws where nobody knows. */
export async function giveUp(submission: string): Promise<boolean> {
  let known: Submission
  try {
    known = await askJson<Submission>(submissionPath(submission))
  } catch (problem) {
    if (problem instanceof Problem && problem.status === 404) return true // it has expired
    throw problem
  }
  const awaited = (known.files ?? []).filter((file) => !file.complete)
  if (known.state !== 'RECEIVING' || awaited.length === 0) return false
  // Of one that is not let go of, the room comes back when the submission expires.
  const drop = (upload: string) => ask(upload, { method: 'DELETE', headers: { 'Tus-Resumable': '1.0.0' } }).catch(() => undefined)
  await Promise.all(awaited.flatMap(({ upload }) => (upload === undefined ? [] : [drop(upload)])))
  return true
}
