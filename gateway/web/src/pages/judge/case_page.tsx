import { Alert, Button, Card } from 'antd'
import { Link, useParams } from 'react-router'
import { AccessNotices } from '../../common/access/accesses.tsx'
import { useAccesses, type Accesses } from '../../common/access/use_accesses.ts'
import { Page } from '../../common/layout/page.tsx'
import { Loading, Refusal } from '../../common/layout/states.tsx'
import { BrowserCheck } from '../../common/report/browser_check.tsx'
import { CaseFacts } from '../../common/report/case_facts.tsx'
import { DeletionCard } from '../../common/report/deletion.tsx'
import { Downloads } from '../../common/report/downloads.tsx'
import { ElsewhereCard } from '../../common/report/elsewhere.tsx'
import { Findings } from '../../common/report/findings.tsx'
import { ReportFrame } from '../../common/report/report_frame.tsx'
import { ScanNotice } from '../../common/report/scans.tsx'
import { StateLine } from '../../common/report/state_line.tsx'
import { useCase } from '../../common/report/use_case.ts'
import { VerdictCard } from '../../common/report/verdict_card.tsx'
import { judgeWords } from '../../words/judge/index.ts'
import { reportWords } from '../../words/report/index.ts'
import { useWords } from '../../words/words.ts'
import { Annotation } from './annotation.tsx'
import { CaseRefusal, type CaseRefusalProps } from './case_refusal.tsx'

export function CasePage() {
  const { id = '' } = useParams()
  const words = useWords(judgeWords)
  const { items } = useWords(reportWords)
  const loaded = useCase(id)
  const found = loaded.value
  const accesses = useAccesses(found === undefined ? null : id)
  if (found === undefined) return <Page title={words.caseTitle('')}>{loaded.loading ? <Loading /> : <NotShown submission={id} problem={loaded.problem} again={loaded.again} />}</Page>
  const { submission, filed, report } = found
  return (
    <Page wide title={words.caseTitle(filed.caseNumber ?? '')} actions={
      <>
        <Link to="compare"><Button tabIndex={-1}>{words.compare}</Button></Link>
        <Button onClick={() => window.print()}>{words.print}</Button>
      </>
    }>
      <Refusal problem={loaded.problem} again={loaded.again} />
      <AccessNotices {...accesses} />
      <StateLine state={submission.state} />
      {submission.refusal === undefined ? null : <Alert type="warning" showIcon message={words.refusal(submission.refusal)} />}
      {report === null && submission.refusal === undefined ? <Alert type="info" showIcon message={words.noReport} /> : null}
      {report === null ? null : (
        <>
          <VerdictCard payload={report.payload} />
          <Card title={<h2>{items}</h2>}>
            <Findings payload={report.payload} filed={filed} withNext={false} linkOf={(item) => `/judge/cases/${id}/items/${encodeURIComponent(item)}`} />
          </Card>
          <BrowserCheck check={report.check} />
          <Card title={<h2>{words.read}</h2>} className="no-print"><ReportFrame payload={report.payload} /></Card>
          <ElsewhereCard payload={report.payload} elsewhere={report.elsewhere} />
        </>
      )}
      <ScanNotice submission={submission.id} />
      <Card title={<h2>{words.facts}</h2>}><CaseFacts {...found} /></Card>
      <Annotation submission={id} />
      {report === null ? null : <Downloads number={report.payload.reportNumber} />}
      <Deletion submission={id} accesses={accesses} />
      <p className="no-print"><Link to="/judge/cases">{words.back}</Link></p>
    </Page>
  )
}

/** Deleted, for other judges, or not to be had just now. */
function NotShown(why: CaseRefusalProps) {
  const accesses = useAccesses(why.submission)
  return (
    <>
      <CaseRefusal {...why} />
      <Deletion submission={why.submission} accesses={accesses} />
    </>
  )
}

function Deletion({ submission, accesses }: { readonly submission: string; readonly accesses: Accesses }) {
  return accesses.settled ? <DeletionCard submission={submission} role="judge" forReading={accesses.own !== undefined} /> : null
}
