import { clerkWords } from '../../words/clerk/index.ts'
import { reportWords } from '../../words/report/index.ts'
import { useLanguage, useWords } from '../../words/words.ts'
import { roleLabel } from '../catalogue.ts'
import { Facts } from '../layout/facts.tsx'
import { timeText } from '../times.ts'
import type { Case } from './answers.ts'
import { Claims } from './claims.tsx'

/** What was filed, by whom and when. Names are the submitter's. */
export function CaseFacts({ submission, filed, report }: Case) {
  const words = useWords(clerkWords).casePage
  const { state: states, asOf, number, colon } = useWords(reportWords)
  const { language } = useLanguage()
  const claims = filed.reliefSought ?? []
  return (
    <>
      <Facts items={[
        { key: 'state', label: words.state, children: states[submission.state] },
        { key: 'received', label: words.received, children: timeText(submission.receivedAt, language) },
        {
          key: 'parties', label: words.parties,
          children: <>{(filed.parties ?? []).map((party, at) => <div key={at}>{roleLabel(party.role ?? '', language)}{colon}<bdi>{party.name}</bdi></div>)}</>,
        },
        ...(filed.cause === undefined ? [] : [{ key: 'cause', label: words.cause, children: <bdi>{filed.cause}</bdi> }]),
        ...(claims.length === 0 ? [] : [{ key: 'relief', label: words.relief, children: <Claims claims={claims} /> }]),
        { key: 'id', label: words.submission, children: <span className="fingerprint">{submission.id}</span> },
        ...(report === null ? [] : [
          { key: 'number', label: number, children: <span className="fingerprint">{report.payload.reportNumber}</span> },
          { key: 'asOf', label: asOf, children: timeText(report.payload.asOf, language) },
        ]),
      ]} />
      <p className="quiet">{words.declared}</p>
    </>
  )
}
