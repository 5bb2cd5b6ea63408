import { Alert, Button, Popconfirm, Space, Steps } from 'antd'
import { useCallback, useEffect, useRef, useState } from 'react'
import { flushSync } from 'react-dom'
import { useNavigate, useSearchParams } from 'react-router'
import { askJson } from '../../../common/api/client.ts'
import { useSession } from '../../../common/api/session.tsx'
import type { Session, Submission } from '../../../common/api/types.ts'
import { hashFile } from '../../../common/hash/hash_file.ts'
import { forgetAll } from '../../../common/kept.ts'
import { Page } from '../../../common/layout/page.tsx'
import { Loading } from '../../../common/layout/states.tsx'
import { Notice } from '../../../common/plain/plain.tsx'
import { litigantWords } from '../../../words/litigant/index.ts'
import { useWords } from '../../../words/words.ts'
import { CourtStep } from './court_step.tsx'
import { defectsOf, stepOf, type Defect } from './defects.ts'
import { caseDocument, filesOf, newItem, newKey } from './draft.ts'
import { findFile, forgetFile, keepFile } from './draft_store.ts'
import { giveUp } from './give_up.ts'
import { ItemCard } from './item_card.tsx'
import { PartiesStep } from './parties_step.tsx'
import { ReviewStep } from './review_step.tsx'
import { Replaces } from './replaces.tsx'
import { Sending } from './sending.ts'
import { SendingPanel } from './sending_panel.tsx'
import { useDraft, type DraftWork } from './use_draft.ts'

const kReview = 3

/** `attempt`: how often the person wanted to go on; each time the list takes the focus. */
function Defects({ defects, attempt, lead }: { readonly defects: readonly Defect[]; readonly attempt: number; readonly lead: (field: string) => void }) {
  const words = useWords(litigantWords).defects
  const alert = useRef<HTMLDivElement>(null)
  useEffect(() => alert.current?.focus(), [attempt])
  if (defects.length === 0) return null
  return (
    <div ref={alert} tabIndex={-1} className="defects">
      <Alert
        type="error"
        showIcon
        role="alert"
        message={words.title}
        description={
          <ul>
            {defects.map((one) => (
              <li key={one.field + one.reason}>
                <a href={`#${one.field}`} onClick={(event) => {
                  event.preventDefault()
                  lead(one.field)
                }}>{words[one.reason]}</a>
              </li>
            ))}
          </ul>
        }
      />
    </div>
  )
}

function Filing({ work, session }: { readonly work: DraftWork; readonly session: Session }) {
  const words = useWords(litigantWords)
  const navigate = useNavigate()
  const { draft, change, keep } = work
  const [attempt, setAttempt] = useState(0)
  const [sending, setSending] = useState<Sending | null>(null)
  const [otherFile, setOtherFile] = useState(false)
  const heading = useRef<HTMLHeadingElement>(null)
  // Said when the person wants to go on, and no longer when it is mended.
  const shown = attempt === 0 ? [] : defectsOf(draft, draft.step)
  const court = session.courts.find((one) => one.code === draft.court)
  const titles = [words.file.steps.court, words.file.steps.parties, words.file.steps.evidence, words.file.steps.review]

  const begun = useRef(false)
  const begin = useCallback(() => {
    begun.current = true
    const document = caseDocument(draft, court ?? { code: draft.court, name: '' }, session.name)
    const file = async () => {
      const { id } = await askJson<Submission>('/v1/submissions', { method: 'POST', json: document, headers: { 'Idempotency-Key': draft.key } })
      await keep({ submission: id })
      return id
    }
    const made = new Sending(filesOf(draft), draft.submission, file, { find: ({ key }) => findFile(key), forget: ({ key }) => forgetFile(key) })
    setSending(made)
    void made.run()
  }, [draft, court, session.name, keep])

  // After a reload in the middle of an upload. What was begun here has a submission, too, and goes on, or stays paused, by itself.
  useEffect(() => {
    if (!begun.current && draft.submission !== null) begin()
  }, [draft.submission, begin])
  useEffect(() => () => sending?.pause(), [sending])

  const go = (step: number) => {
    setAttempt(0)
    change((now) => ({ ...now, step }))
    setTimeout(() => heading.current?.focus())
  }
  // From the last look, too, where no field stands: to the step that has it.
  const lead = (field: string) => {
    flushSync(() => change((now) => ({ ...now, step: stepOf(now, field) })))
    document.getElementById(field)?.focus()
  }
  const next = () => {
    if (defectsOf(draft, draft.step).length > 0) setAttempt((before) => before + 1)
    else if (draft.step === kReview) begin()
    else go(draft.step + 1)
  }
  const done = useCallback(
    (submission: string) => void forgetAll().then(() => navigate(`/litigant/cases/${submission}`, { replace: true })),
    [navigate],
  )
  const fileAgain = async (path: string, file: File): Promise<boolean> => {
    const chosen = filesOf(draft).find((one) => one.path === path)?.chosen
    const found = await hashFile(file).result.catch(() => null)
    const same = chosen !== undefined && found !== null && found['sha-256'] === chosen.fingerprints?.['sha-256']
    setOtherFile(!same)
    if (same) await keepFile(chosen.key, file)
    return same
  }
  const changeAgain = async () => {
    sending?.pause()
    const submission = sending?.snapshot().submission ?? null
    if (submission !== null && !(await giveUp(submission))) {
      done(submission)
      return
    }
    // What was refused is another request when it is sent again. Written down first: after a reload nothing goes on with the one that was given up.
    await keep({ key: newKey(), step: 0, submission: null })
    setSending(null)
    setTimeout(() => heading.current?.focus())
  }

  if (sending !== null) return <SendingPanel sending={sending} onFileAgain={fileAgain} otherFile={otherFile ? words.sending.otherFile : undefined} onChange={changeAgain} onDone={done} />
  return (
    <>
      {draft.answers === undefined ? null : <Notice type="info" message={words.supplement.answering} description={words.supplement.onlyThese} />}
      <p>{words.file.intro}</p>
      <Steps current={draft.step} items={titles.map((title) => ({ title }))} size="small" className="steps steps-file no-print" />
      <h2 ref={heading} tabIndex={-1} className="step-title">{words.file.stepOf(draft.step + 1, titles[draft.step] ?? '')}</h2>
      <Defects defects={shown} attempt={attempt} lead={lead} />
      {draft.step === 0 ? <CourtStep work={work} session={session} defects={shown} /> : null}
      {draft.step === 1 ? <PartiesStep draft={draft} change={change} defects={shown} /> : null}
      {draft.step === 2 ? (
        <>
          {draft.items.map((item, at) => <ItemCard key={item.id} item={item} number={at + 1} work={work} defects={shown} />)}
          <div>
            <Button id="add-item" onClick={() => change((now) => ({ ...now, items: [...now.items, newItem(now.items, now.parties[0]?.id ?? '')] }))}>{words.file.addItem}</Button>
          </div>
        </>
      ) : null}
      {draft.step === kReview ? <ReviewStep draft={draft} court={court} /> : null}
      <Space wrap className="no-print">
        {draft.step === 0 ? null : <Button onClick={() => go(draft.step - 1)}>{words.file.back}</Button>}
        <Button type="primary" onClick={next} disabled={session.courts.length === 0}>{draft.step === kReview ? words.file.submit : words.file.next}</Button>
        <Popconfirm title={words.file.startOverAsk} okText={words.file.startOverYes} onConfirm={() => void work.startOver()}>
          <Button type="link" danger>{words.file.startOver}</Button>
        </Popconfirm>
      </Space>
      <p className="quiet">{words.file.kept}</p>
    </>
  )
}

export function FileCase() {
  const words = useWords(litigantWords)
  const { session } = useSession()
  if (session == null) return null
  return (
    <Page title={words.file.title}>
      <Loaded session={session} />
    </Page>
  )
}

function Loaded({ session }: { readonly session: Session }) {
  const work = useDraft(session)
  const [query, setQuery] = useSearchParams()
  const answers = query.get('answers')
  if (work === null) return <Loading />
  // Said in the address, so that a link leads here; whatever is decided, it is gone then.
  if (answers !== null) return <Replaces submission={answers} work={work} session={session} onDecided={() => setQuery({}, { replace: true })} />
  return <Filing work={work} session={session} />
}
