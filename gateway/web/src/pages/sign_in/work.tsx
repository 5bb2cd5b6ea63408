import { useState } from 'react'
import { Problem, type Defect } from '../../common/api/problem.ts'
import { Refusal } from '../../common/layout/states.tsx'
import { Notice } from '../../common/plain/plain.tsx'

export interface Work {
  readonly busy: boolean
  readonly problem: unknown
  readonly said: string
  readonly run: (work: () => Promise<string>) => void
}

/** One thing at a time: what it said, or why it was refused. */
export function useWork(): Work {
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<unknown>(null)
  const [said, setSaid] = useState('')
  const run = (work: () => Promise<string>) => {
    if (busy) return
    setBusy(true)
    setProblem(null)
    setSaid('')
    work().then(setSaid, setProblem).finally(() => setBusy(false))
  }
  return { busy, problem, said, run }
}

/** Why one field was refused (RFC 6901): "/old" and its code. */
export function defectOf(work: Work, pointer: string): Defect | undefined {
  return work.problem instanceof Problem ? work.problem.defects.find((one) => one.pointer === pointer) : undefined
}

/** `fields`: what is said beside them, and not here again. */
export function Outcome({ work, fields = [] }: { readonly work: Work; readonly fields?: readonly string[] }) {
  const atFields = fields.some((pointer) => defectOf(work, pointer) !== undefined)
  return (
    <div aria-live="polite">
      {work.said === '' ? null : <Notice type="success" className="refusal" message={work.said} />}
      {atFields ? null : <Refusal problem={work.problem} />}
    </div>
  )
}
