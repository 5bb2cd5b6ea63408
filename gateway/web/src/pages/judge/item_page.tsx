import { Alert, Button, Card } from 'antd'
import { Link, useParams } from 'react-router'
import { verdictWords } from '../../common/verdicts.ts'
import { Accesses } from '../../common/access/accesses.tsx'
import { Page } from '../../common/layout/page.tsx'
import { Loading } from '../../common/layout/states.tsx'
import { BrowserCheck } from '../../common/report/browser_check.tsx'
import { nameOf, Points } from '../../common/report/findings.tsx'
import { ReportFrame } from '../../common/report/report_frame.tsx'
import { useCase } from '../../common/report/use_case.ts'
import { VerdictTag } from '../../common/report/verdict_tag.tsx'
import { judgeWords } from '../../words/judge/index.ts'
import { reportWords } from '../../words/report/index.ts'
import { useLanguage, useWords } from '../../words/words.ts'
import { Annotation } from './annotation.tsx'
import { CaseRefusal } from './case_refusal.tsx'

export function ItemPage() {
  const { id = '', item: itemId = '' } = useParams()
  const words = useWords(judgeWords)
  const { verdict, points, colon } = useWords(reportWords)
  const { language } = useLanguage()
  const loaded = useCase(id)
  const found = loaded.value
  if (found === undefined) return <Page title={words.itemTitle(itemId, '')}>{loaded.loading ? <Loading /> : <CaseRefusal submission={id} problem={loaded.problem} again={loaded.again} />}</Page>
  const { filed, report } = found
  const item = report?.payload.evidence.find((one) => one.id === itemId)
  return (
    <Page wide title={words.itemTitle(itemId, nameOf(filed, itemId))} actions={
      <>
        <Link to={`/judge/cases/${id}/compare?left=${encodeURIComponent(itemId)}`}><Button tabIndex={-1}>{words.compare}</Button></Link>
        <Button onClick={() => window.print()}>{words.print}</Button>
      </>
    }>
      <Accesses submission={id} />
      {report === null || item === undefined ? <Alert type="info" showIcon message={report === null ? words.noReport : words.noSuchItem} /> : (
        <>
          <Card title={<h2>{verdict}</h2>}>
            <p><VerdictTag code={item.verdict} /> {verdictWords(item.verdict, language).sentence}</p>
            <p><strong>{words.statute}</strong>{colon}{verdictWords(item.verdict, language).effect}</p>
          </Card>
          <Card title={<h2>{points}</h2>}><Points item={item} withNext /></Card>
          <BrowserCheck check={report.check} />
          <Card title={<h2>{words.read}</h2>} className="no-print"><ReportFrame payload={report.payload} item={itemId} /></Card>
        </>
      )}
      <Annotation submission={id} item={itemId} />
      <p className="no-print"><Link to={`/judge/cases/${id}`}>{words.toCase}</Link></p>
    </Page>
  )
}
