// Why a case is not shown; where it is for other judges, the way to read it all the same, which nobody takes unheard.
import { useState } from 'react'
import { accessPath, charactersOf, kLeastReason, kMostReason } from '../../common/access/access.ts'
import { ask } from '../../common/api/client.ts'
import { Problem } from '../../common/api/problem.ts'
import { line } from '../../common/format.ts'
import { TextField } from '../../common/layout/field.tsx'
import { Refusal } from '../../common/layout/states.tsx'
import { Button, Notice } from '../../common/plain/plain.tsx'
import { accessWords } from '../../words/access/index.ts'
import { useWords } from '../../words/words.ts'

export interface CaseRefusalProps {
  readonly submission: string
  readonly problem: unknown
  readonly again: () => void
}

export function CaseRefusal({ submission, problem, again }: CaseRefusalProps) {
  const others = problem instanceof Problem && problem.kind === 'not-assigned'
  return others ? <BreakGlass submission={submission} opened={again} /> : <Refusal problem={problem} again={again} />
}

function BreakGlass({ submission, opened }: { readonly submission: string; readonly opened: () => void }) {
  const words = useWords(accessWords).breakGlass
  const [reason, setReason] = useState('')
  const [tried, setTried] = useState(false)
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<unknown>(null)
  const given = line(reason).trim()
  const short = charactersOf(given) < kLeastReason
  const open = () => {
    setTried(true)
    setProblem(null)
    if (short || busy) return
    setBusy(true)
    ask(accessPath(submission), { method: 'POST', json: { reason: given } }).then(opened).catch(setProblem).finally(() => setBusy(false))
  }
  return (
    <>
      <Notice type="warning" role="status" message={words.title} description={<p>{words.text}</p>} />
      <form className="no-print" noValidate onSubmit={(event) => {
        event.preventDefault()
        open()
      }}>
        <TextField label={words.reason} help={words.help} defect={tried && short ? words.tooShort : undefined} value={reason} onChange={setReason} lines={3} maxLength={kMostReason} />
        <Button type="submit" look="primary" busy={busy} disabled={busy}>{words.open}</Button>
      </form>
      <Refusal problem={problem} />
    </>
  )
}
