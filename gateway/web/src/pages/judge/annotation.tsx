import { Button, Card, Input } from 'antd'
import { useEffect, useState } from 'react'
import { ask, askJson } from '../../common/api/client.ts'
import { useLoaded } from '../../common/use_loaded.ts'
import { Refusal } from '../../common/layout/states.tsx'
import { submissionPath } from '../../common/report/answers.ts'
import { judgeWords } from '../../words/judge/index.ts'
import { useWords } from '../../words/words.ts'

interface Notes {
  readonly items: readonly { readonly item?: string; readonly text: string }[]
}

interface AnnotationProps {
  readonly submission: string
  /** Of the whole submission where there is none. */
  readonly item?: string
}

/** A note that only this account reads. */
export function Annotation({ submission, item }: AnnotationProps) {
  const words = useWords(judgeWords).note
  const path = `${submissionPath(submission)}/annotations`
  const loaded = useLoaded((signal) => askJson<Notes>(path, { signal }), [path, item])
  const [text, setText] = useState('')
  const [said, setSaid] = useState('')
  const [problem, setProblem] = useState<unknown>(null)
  useEffect(() => {
    const kept = loaded.value?.items.find((one) => (one.item ?? '') === (item ?? ''))
    setText(kept?.text ?? '')
  }, [loaded.value, item])
  const save = async () => {
    setSaid('')
    setProblem(null)
    try {
      await ask(path, { method: 'PUT', json: { ...(item === undefined ? {} : { item }), text } })
      setSaid(words.saved)
    } catch (refused) {
      setProblem(refused)
    }
  }
  return (
    <Card title={<h2>{words.title}</h2>} className="no-print">
      <p className="quiet" id="note-help">{words.help} {words.empty}</p>
      <Input.TextArea aria-label={words.label} aria-describedby="note-help" value={text} onChange={({ target }) => setText(target.value)} maxLength={4000} rows={3} disabled={loaded.value === undefined} />
      <p className="after-field"><Button onClick={() => void save()} disabled={loaded.value === undefined}>{words.save}</Button></p>
      <div role="status">{said}</div>
      <Refusal problem={problem} />
      <Refusal problem={loaded.problem} again={loaded.again} />
    </Card>
  )
}
