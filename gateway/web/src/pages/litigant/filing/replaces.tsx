import { useEffect, useRef, useState } from 'react'
import { askJson } from '../../../common/api/client.ts'
import type { Session } from '../../../common/api/types.ts'
import { Loading, Refusal } from '../../../common/layout/states.tsx'
import { Button, Notice } from '../../../common/plain/plain.tsx'
import { submissionPath } from '../../../common/report/answers.ts'
import { litigantWords } from '../../../words/litigant/index.ts'
import { useWords } from '../../../words/words.ts'
import { filesOf, type Draft } from './draft.ts'
import { draftThatAnswers, type FiledByMe, type Supplement } from './supplement.ts'
import type { DraftWork } from './use_draft.ts'

interface ReplacesProps {
  readonly submission: string
  readonly work: DraftWork
  readonly session: Session
  readonly onDecided: () => void
}

/** Something that would be lost: files, or an upload that has begun. */
function isWorthAsking(draft: Draft, submission: string): boolean {
  return draft.answers?.submission !== submission && (draft.submission !== null || filesOf(draft).length > 0)
}

/** Begins the draft that answers a request; first asks where another one would be lost for it. */
export function Replaces({ submission, work, session, onDecided }: ReplacesProps) {
  const words = useWords(litigantWords).supplement
  const [problem, setProblem] = useState<unknown>(null)
  const [asks] = useState(() => isWorthAsking(work.draft, submission))
  const replace = () => {
    setProblem(null)
    const path = submissionPath(submission)
    Promise.all([askJson<FiledByMe>(`${path}/case`), askJson<{ readonly items: readonly Supplement[] }>(`${path}/supplements`)])
      .then(([filed, { items }]) => work.startOver(draftThatAnswers(submission, filed, items.flatMap((one) => one.items), session.courts)))
      .then(onDecided, setProblem)
  }
  const begun = useRef(false)
  useEffect(() => {
    if (asks || begun.current) return
    begun.current = true
    if (work.draft.answers?.submission === submission) onDecided()
    else replace()
  })
  if (problem !== null) return <Refusal problem={problem} again={replace} />
  if (!asks) return <Loading />
  return (
    <>
      <Notice type="warning" message={words.another} />
      <div className="buttons">
        <Button look="primary" onClick={onDecided}>{words.keepAnother}</Button>
        <Button onClick={replace}>{words.replace}</Button>
      </div>
    </>
  )
}
