import { Alert, Button, Card, Progress as Bar, Space } from 'antd'
import { useEffect, useRef, useState, useSyncExternalStore } from 'react'
import { declared, sizeText } from '../../../common/format.ts'
import { DropZone } from '../../../common/layout/drop_zone.tsx'
import { Refusal } from '../../../common/layout/states.tsx'
import { litigantWords } from '../../../words/litigant/index.ts'
import { useWords } from '../../../words/words.ts'
import { isBusy, type Sending } from './sending.ts'

interface SendingPanelProps {
  readonly sending: Sending
  /** True: it is the file that was chosen before. */
  readonly onFileAgain: (path: string, file: File) => Promise<boolean>
  /** Why a file that was chosen again was not taken. */
  readonly otherFile: string | undefined
  /** Back to what was filled in, where that is on this page. Rejects where it may be too late for that. */
  readonly onChange?: () => Promise<void>
  readonly onDone: (submission: string) => void
}

export function SendingPanel({ sending, onFileAgain, otherFile, onChange, onDone }: SendingPanelProps) {
  const words = useWords(litigantWords).sending
  const file = useWords(litigantWords).file
  const progress = useSyncExternalStore(sending.subscribe, sending.snapshot, sending.snapshot)
  const { state, submission, path, problem } = progress
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => heading.current?.focus(), [])
  useEffect(() => {
    if (state === 'done' && submission !== null) onDone(submission)
  }, [state, submission, onDone])
  useEffect(() => {
    const goOn = () => {
      if (sending.snapshot().state === 'interrupted') void sending.run()
    }
    addEventListener('online', goOn)
    return () => removeEventListener('online', goOn)
  }, [sending])

  const [asking, setAsking] = useState(false)
  const [notChanged, setNotChanged] = useState<unknown>(null)
  const mayChange = onChange !== undefined && (state === 'refused' || state === 'fileMissing')
  const goBack = () => {
    setAsking(true)
    setNotChanged(null)
    // Where it succeeds, this panel is gone.
    onChange?.().catch(setNotChanged).finally(() => setAsking(false))
  }

  const percent = progress.total === 0 ? 0 : Math.min(100, Math.floor((100 * progress.sent) / progress.total))
  const stopped = state === 'paused' || state === 'interrupted' || state === 'refused' || state === 'idle'
  return (
    <Card title={<h2 ref={heading} tabIndex={-1}>{words.title}</h2>}>
      <p role="status" className="sending-state">{words.state[state]}</p>
      <Bar percent={percent} status={state === 'sending' ? 'active' : 'normal'} aria-label={words.title} />
      <p>{words.progress(sizeText(progress.sent), sizeText(progress.total))}</p>
      {path === '' ? null : <p className="quiet"><bdi>{words.file(declared(path))}</bdi></p>}
      {state === 'interrupted' ? <Alert type="warning" showIcon role="alert" className="refusal" message={isBusy(problem) ? words.busy : words.interrupted} /> : null}
      {state === 'refused' ? <Refusal problem={problem} /> : null}
      {state === 'fileMissing' ? (
        <DropZone
          label={problem === null ? words.fileMissing : words.otherBytes}
          invitation={file.dropHere}
          help={path}
          defect={otherFile}
          onFiles={([again]) => {
            if (again !== undefined) void onFileAgain(path, again).then((same) => (same ? sending.run() : undefined))
          }}
        />
      ) : null}
      <Space wrap>
        {state === 'sending' ? <Button onClick={() => sending.pause()}>{words.pause}</Button> : null}
        {stopped ? <Button type="primary" onClick={() => void sending.run()}>{words.resume}</Button> : null}
        {mayChange ? <Button loading={asking} onClick={goBack}>{words.change}</Button> : null}
      </Space>
      {mayChange && submission !== null ? <p className="quiet">{words.changeMeans}</p> : null}
      <Refusal problem={notChanged} />
      {submission === null ? null : <p className="quiet">{words.reload}</p>}
    </Card>
  )
}
