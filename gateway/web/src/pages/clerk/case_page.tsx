import { Alert, Button, Card } from 'antd'
import { useState } from 'react'
import { Link, useParams } from 'react-router'
import { Accesses } from '../../common/access/accesses.tsx'
import { ask } from '../../common/api/client.ts'
import { Page } from '../../common/layout/page.tsx'
import { Loading, Refusal } from '../../common/layout/states.tsx'
import { submissionPath, type Case } from '../../common/report/answers.ts'
import { BrowserCheck } from '../../common/report/browser_check.tsx'
import { CaseFacts } from '../../common/report/case_facts.tsx'
import { DeletionCard } from '../../common/report/deletion.tsx'
import { Downloads } from '../../common/report/downloads.tsx'
import { ElsewhereCard } from '../../common/report/elsewhere.tsx'
import { Findings } from '../../common/report/findings.tsx'
import { ScanNotice } from '../../common/report/scans.tsx'
import { StateLine } from '../../common/report/state_line.tsx'
import { useCase } from '../../common/report/use_case.ts'
import { VerdictCard } from '../../common/report/verdict_card.tsx'
import { clerkWords } from '../../words/clerk/index.ts'
import { reportWords } from '../../words/report/index.ts'
import { useWords } from '../../words/words.ts'
import { Assignment } from './assignment.tsx'

/** Where a verification has ended, with a report or without one (gateway/store/accepting.cc, reverify). While the first one goes on there is none to be repeated. */
export function mayVerifyAgain({ submission, report }: Pick<Case, 'submission' | 'report'>): boolean {
  return submission.refusal === undefined ? report !== null : submission.refusal !== 'deleted'
}

export function CasePage() {
  const { id = '' } = useParams()
  const words = useWords(clerkWords)
  const texts = words.casePage
  const { items } = useWords(reportWords)
  const loaded = useCase(id)
  const [said, setSaid] = useState('')
  const [problem, setProblem] = useState<unknown>(null)
  const verify = async () => {
    setSaid('')
    setProblem(null)
    try {
      await ask(`${submissionPath(id)}/verifications`, { method: 'POST' })
      setSaid(loaded.value?.report == null ? texts.verifyAgainFirst : texts.verifyAgainDone)
      loaded.again()
    } catch (refused) {
      setProblem(refused)
    }
  }
  const found = loaded.value
  if (found === undefined) return <Page title={texts.title('')}>{loaded.loading ? <Loading /> : <><Refusal problem={loaded.problem} again={loaded.again} /><DeletionCard submission={id} role="clerk" /></>}</Page>
  const { submission, filed, report } = found
  return (
    <Page wide title={texts.title(filed.caseNumber ?? texts.noNumber)} actions={
      <>
        {report === null ? null : <Link to="request"><Button type="primary" tabIndex={-1}>{texts.request}</Button></Link>}
        <Button onClick={() => void verify()} disabled={!mayVerifyAgain(found)}>{texts.verifyAgain}</Button>
        <Button onClick={() => window.print()}>{words.print}</Button>
      </>
    }>
      <div aria-live="polite">{said === '' ? null : <Alert type="info" showIcon message={said} />}</div>
      <Refusal problem={problem} />
      <Refusal problem={loaded.problem} again={loaded.again} />
      <Accesses submission={id} />
      <StateLine state={submission.state} />
      {submission.refusal === undefined ? null : <Alert type="warning" showIcon message={texts.refusal(submission.refusal)} />}
      {report === null && submission.refusal === undefined ? <Alert type="info" showIcon message={texts.noReport} /> : null}
      {report === null ? null : <VerdictCard payload={report.payload} />}
      {report === null ? null : (
        <Card title={<h2>{items}</h2>}>
          <Findings payload={report.payload} filed={filed} withNext />
        </Card>
      )}
      <ScanNotice submission={submission.id} />
      <Card title={<h2>{texts.facts}</h2>}><CaseFacts {...found} /></Card>
      <Assignment submission={submission.id} />
      {report === null ? null : (
        <>
          <ElsewhereCard payload={report.payload} elsewhere={report.elsewhere} />
          <BrowserCheck check={report.check} />
          <Downloads number={report.payload.reportNumber} />
        </>
      )}
      <DeletionCard submission={id} role="clerk" />
      <p className="no-print"><Link to="/clerk/worklist">{texts.back}</Link></p>
    </Page>
  )
}
