import { Alert, Button, Space, Steps } from 'antd'
import { useState } from 'react'
import { Link, useParams } from 'react-router'
import { ask, askJson } from '../../common/api/client.ts'
import type { State, Submission } from '../../common/api/types.ts'
import { saveAs } from '../../common/download.ts'
import { hasEnded, useFollowed } from '../../common/follow.ts'
import { declared } from '../../common/format.ts'
import { Page } from '../../common/layout/page.tsx'
import { Loading, Refusal } from '../../common/layout/states.tsx'
import { reportPath, submissionPath } from '../../common/report/answers.ts'
import { Accesses } from '../../common/access/accesses.tsx'
import { Findings } from '../../common/report/findings.tsx'
import { ScanNotice } from '../../common/report/scans.tsx'
import type { FiledCase, Payload } from '../../common/report/payload.ts'
import { VerdictCard } from '../../common/report/verdict_card.tsx'
import { useLoaded } from '../../common/use_loaded.ts'
import { Supplements } from './supplements.tsx'
import { defectWords } from '../../words/defects/index.ts'
import { litigantWords } from '../../words/litigant/index.ts'
import { useLanguage, useWords } from '../../words/words.ts'

const kPath: readonly State[] = ['RECEIVING', 'QUEUED', 'VERIFYING', 'DONE']
function withNames(filed: FiledCase): FiledCase {
  return { ...filed, evidence: filed.evidence.map((item) => (item.name === undefined ? item : { ...item, name: declared(item.name) })) }
}

function Results({ id, number }: { readonly id: string; readonly number: string }) {
  const words = useWords(litigantWords).oneCase
  const report = useLoaded((signal) => askJson<Payload>(reportPath(number), { signal }), [number])
  const filed = useLoaded((signal) => askJson<FiledCase>(`${submissionPath(id)}/case`, { signal }).then(withNames), [id])
  if (report.problem !== null) return <Refusal problem={report.problem} again={report.again} />
  if (report.value === undefined) return <Loading />
  return (
    <section aria-labelledby="results" className="results">
      <h2 id="results">{words.results}</h2>
      <VerdictCard payload={report.value} />
      <Findings payload={report.value} filed={filed.value ?? { evidence: [] }} withNext />
    </section>
  )
}

function Report({ id, number }: { readonly id: string; readonly number: string }) {
  const { language } = useLanguage()
  const words = useWords(litigantWords).oneCase
  const [problem, setProblem] = useState<unknown>(null)
  const address = reportPath(number)
  const get = (accept: string, suffix: string) => {
    setProblem(null)
    ask(`${address}?level=litigant&lang=${language}`, { headers: { Accept: accept } })
      .then((answer) => answer.blob())
      .then((content) => saveAs(`${number}.${suffix}`, content))
      .catch(setProblem)
  }
  return (
    <>
      <Results id={id} number={number} />
      <section aria-labelledby="whole">
        <h2 id="whole">{words.whole}</h2>
        <p>{words.reportNumber} <code>{number}</code></p>
        <Space wrap className="no-print">
          <Button onClick={() => get('application/pdf', 'pdf')}>{words.pdf}</Button>
          <Button onClick={() => get('application/jose+json', 'jws')}>{words.signed}</Button>
          <Link to={`/litigant/check?report=${encodeURIComponent(number)}`}>{words.check}</Link>
        </Space>
        <Refusal problem={problem} />
        <iframe className="own-report" sandbox="" title={words.whole} src={`${address}?level=litigant&lang=${language}`} />
      </section>
    </>
  )
}

function Progress({ state }: { readonly state: State }) {
  const words = useWords(litigantWords)
  return (
    <>
      <Steps
        size="small"
        className={hasEnded(state) ? 'steps steps-file' : 'steps'}
        status={state === 'REJECTED' ? 'error' : state === 'DONE' ? 'finish' : 'process'}
        current={state === 'REJECTED' ? kPath.length - 1 : kPath.indexOf(state)}
        items={kPath.map((one, at) => ({ title: state === 'REJECTED' && at === kPath.length - 1 ? words.states.REJECTED : words.states[one] }))}
      />
      <p role="status" className={hasEnded(state) ? 'quiet ended' : 'quiet'}>
        {hasEnded(state) ? words.states[state] : state === 'RECEIVING' ? words.oneCase.receiving : words.oneCase.waiting}
      </p>
    </>
  )
}

// What was filed has its receipt, whatever became of a verification.
function NoResult({ refusal, reported }: { readonly refusal: string; readonly reported: boolean }) {
  const words = useWords(litigantWords).oneCase
  return (
    <Alert
      type="warning"
      showIcon
      message={words.rejected}
      description={`${reported ? words.reportStands + ' ' : ''}${words.because(refusal)}`}
    />
  )
}

export function OneCase() {
  const { id = '' } = useParams()
  const words = useWords(litigantWords)
  const { codes } = useWords(defectWords)
  const loaded = useLoaded((signal) => askJson<Submission>(submissionPath(id), { signal }), [id])
  const { value: submission, problem } = loaded
  useFollowed(id, submission?.state, loaded)
  const number = submission?.case?.caseNumber ?? ''
  const state = submission?.state
  // A verification that still waited ended with it; that is no word about how it was filed.
  const deleted = submission?.refusal === 'deleted'
  return (
    <Page title={number === '' ? words.oneCase.title : declared(number)}>
      <Refusal problem={problem} />
      {submission === undefined && problem === null ? <Loading /> : null}
      {state === undefined ? null : (
        <>
          {deleted ? <Alert type="info" showIcon message={codes.deleted} /> : <Progress state={state} />}
          {submission?.refusal === undefined || deleted ? null : <NoResult refusal={submission.refusal} reported={submission.report !== undefined} />}
          {state === 'RECEIVING' ? <p><Link className="button button-primary" to={`/litigant/uploads/${id}`}>{words.cases.goOn}</Link></p> : <p className="no-print"><Link className="button" to={`/litigant/cases/${id}/receipt`}>{words.oneCase.receipt}</Link></p>}
          {state === 'RECEIVING' ? null : <Supplements id={id} />}
          {state === 'RECEIVING' ? null : <ScanNotice submission={id} />}
          {state === 'RECEIVING' ? null : <Accesses submission={id} />}
          {submission?.report === undefined ? null : <Report id={id} number={submission.report.number} />}
        </>
      )}
    </Page>
  )
}
