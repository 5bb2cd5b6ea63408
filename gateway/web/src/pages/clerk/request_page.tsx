import { Alert, Button, Card, Checkbox, Input } from 'antd'
import { useMemo, useState } from 'react'
import { Link, useParams } from 'react-router'
import { ask, askJson } from '../../common/api/client.ts'
import { reasonAndNext } from '../../common/catalogue.ts'
import { useSession } from '../../common/api/session.tsx'
import { declaredLines } from '../../common/format.ts'
import { useLoaded } from '../../common/use_loaded.ts'
import { Page } from '../../common/layout/page.tsx'
import { Loading, Refusal } from '../../common/layout/states.tsx'
import { submissionPath, type Case } from '../../common/report/answers.ts'
import { nameOf } from '../../common/report/findings.tsx'
import { useCase } from '../../common/report/use_case.ts'
import { dayText, timeText } from '../../common/times.ts'
import { clerkWords } from '../../words/clerk/index.ts'
import { listWords } from '../../words/list/index.ts'
import { reportWords } from '../../words/report/index.ts'
import { useLanguage, useWords } from '../../words/words.ts'
import { endOf, keyOf, usualDay, wantedOf, type Wanted } from './request.ts'

interface Sent {
  readonly id?: string
  readonly createdAt?: string
  readonly until: string
  readonly state?: 'OPEN' | 'ANSWERED' | 'OVERDUE'
  readonly text: string
  readonly items: readonly { readonly item: string; readonly code: string }[]
}

export function RequestPage() {
  const { id = '' } = useParams()
  const words = useWords(clerkWords).request
  const loaded = useCase(id)
  const found = loaded.value
  if (found === undefined || found.report === null) {
    return <Page title={words.title}>{loaded.loading ? <Loading /> : <Refusal problem={loaded.problem} again={loaded.again} />}</Page>
  }
  return <Request {...found} report={found.report} />
}

function Request({ submission, filed, report }: Case & { readonly report: NonNullable<Case['report']> }) {
  const words = useWords(clerkWords)
  const texts = words.request
  const states = useWords(listWords).supplement
  const { language } = useLanguage()
  const [notes, setNotes] = useState(false)
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set())
  const [day, setDay] = useState(() => usualDay(new Date()))
  const [remark, setRemark] = useState('')
  const [said, setSaid] = useState('')
  const [problem, setProblem] = useState<unknown>(null)
  const [busy, setBusy] = useState(false)
  const path = `${submissionPath(submission.id)}/supplements`
  const before = useLoaded((signal) => askJson<{ items: readonly Sent[] }>(path, { signal }), [path])

  const wanted = useMemo(() => wantedOf(report.payload, notes, language), [report.payload, notes, language])
  const chosen = wanted.filter((one) => !left.has(keyOf(one)))
  const until = endOf(day, new Date())
  const toggle = (one: Wanted) => {
    const next = new Set(left)
    if (!next.delete(keyOf(one))) next.add(keyOf(one))
    setLeft(next)
  }
  const send = async () => {
    setBusy(true)
    setSaid('')
    setProblem(null)
    try {
      await ask(path, { method: 'POST', json: { items: chosen.map(({ item, code }) => ({ item, code })), text: remark === '' ? texts.body(filed.caseNumber ?? '') : `${texts.body(filed.caseNumber ?? '')}\n${remark}`, until } })
      setSaid(texts.sent)
      before.again()
    } catch (refused) {
      setProblem(refused)
    } finally {
      setBusy(false)
    }
  }
  return (
    <Page title={texts.title} actions={<Button onClick={() => window.print()}>{words.print}</Button>}>
      <Card className="no-print">
        <p>{texts.intro}</p>
        <fieldset className="plain">
          <legend>{texts.items}</legend>
          {wanted.length === 0 ? <p>{words.casePage.missingNone}</p> : null}
          {wanted.map((one) => (
            <div key={keyOf(one)}>
              <Checkbox checked={!left.has(keyOf(one))} onChange={() => toggle(one)}><bdi>{texts.include(one.item, one.reason)}</bdi></Checkbox>
            </div>
          ))}
        </fieldset>
        <p><Checkbox checked={notes} onChange={({ target }) => setNotes(target.checked)}>{texts.notes}</Checkbox></p>
        <p>
          <label htmlFor="until">{texts.until}</label>{' '}
          <input id="until" type="date" className="plain-select" value={day} onChange={({ target }) => setDay(target.value)} aria-describedby="until-wrong" />{' '}
          <span id="until-wrong" role="status">{until === undefined ? (day === '' ? texts.untilMissing : texts.untilPast) : dayText(until, language)}</span>
        </p>
        <p>
          <label htmlFor="remark">{texts.text}</label>
          <Input.TextArea id="remark" value={remark} onChange={({ target }) => setRemark(target.value)} maxLength={2000} rows={2} />
        </p>
        <Button type="primary" loading={busy} disabled={chosen.length === 0 || until === undefined} onClick={() => void send()}>{texts.send}</Button>
        {chosen.length === 0 ? <p className="quiet">{texts.nothing}</p> : null}
        <div aria-live="polite">{said === '' ? null : <Alert type="success" showIcon message={said} />}</div>
        <Refusal problem={problem} />
      </Card>
      <Letter filed={filed} number={report.payload.reportNumber} chosen={chosen} until={until} remark={remark} />
      <Card className="no-print" title={<h2>{texts.previous}</h2>}>
        <Refusal problem={before.problem} again={before.again} />
        {before.value?.items.length === 0 ? <p>{texts.previousNone}</p> : null}
        <ul className="points">
          {(before.value?.items ?? []).map((one, at) => (
            <li key={one.id ?? at}>{texts.previousLine(timeText(one.createdAt, language), dayText(one.until, language), states[one.state ?? 'OPEN'])}{one.text === '' ? null : <p className="remark"><bdi>{declaredLines(one.text)}</bdi></p>}</li>
          ))}
        </ul>
      </Card>
      <p className="no-print"><Link to={`/clerk/cases/${submission.id}`}>{words.casePage.title(filed.caseNumber ?? '')}</Link></p>
    </Page>
  )
}

interface LetterProps {
  readonly filed: Case['filed']
  readonly number: string
  readonly chosen: readonly Wanted[]
  readonly until: string | undefined
  readonly remark: string
}

function Letter({ filed, number, chosen, until, remark }: LetterProps) {
  const texts = useWords(clerkWords).request
  const { itemOf } = useWords(reportWords)
  const { language } = useLanguage()
  const { session } = useSession()
  const items = [...new Set(chosen.map(({ item }) => item))]
  return (
    <Card title={<h2>{texts.letter}</h2>} className="letter">
      <p>{texts.body(filed.caseNumber ?? '')}</p>
      {items.map((item) => (
        <div key={item}>
          <p><strong><bdi>{itemOf(item)} {nameOf(filed, item)}</bdi></strong></p>
          <ul className="points">
            {chosen.filter((one) => one.item === item).map((one) => <li key={one.code}>{reasonAndNext(one.code, language)}</li>)}
          </ul>
        </div>
      ))}
      {remark === '' ? null : <p className="remark"><bdi>{remark}</bdi></p>}
      <p>{texts.basis}</p>
      {until === undefined ? null : <p><strong>{texts.deadline(dayText(until, language))}</strong></p>}
      <p className="quiet">{texts.reportNumber(number)}</p>
      <p><bdi>{session?.court?.name}</bdi></p>
    </Card>
  )
}
