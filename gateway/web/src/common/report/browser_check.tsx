// What the browser itself found out about a report, and with whose key; never more than that.
import { reportWords } from '../../words/report/index.ts'
import { useLanguage, useWords } from '../../words/words.ts'
import { holds, stands, type ReportCheck } from '../checks/report_check.ts'
import { Notice } from '../plain/plain.tsx'
import { timeText } from '../times.ts'

export function BrowserCheck({ check }: { readonly check: ReportCheck }) {
  const { check: words, colon } = useWords(reportWords)
  const { language } = useLanguage()
  const good = stands(check)
  const readable = check.signature !== 'invalid'
  return (
    <Notice
      className="browser-check"
      type={good ? 'success' : 'warning'}
      message={good ? words.stands : holds(check) ? words.holds : words.standsNot}
      description={
        <>
          <ul className="points">
            <li>{words.signature[check.signature]}{check.fault === undefined ? '' : ` ${words.fault(check.fault)}`}</li>
            {readable ? <li>{words.log[check.log]}</li> : null}
            {readable ? <li>{words.disclosures[check.disclosures]}</li> : null}
            <li>{words.sm2}</li>
          </ul>
          <p className="quiet">{words.withKey}</p>
          {good ? <p className="quiet">{words.notMore}</p> : null}
          {readable ? (
            <details>
              <summary>{words.payload}</summary>
              <p className="fingerprint">{check.payloadDigest}</p>
              <p>{words.signedAt}{colon}{timeText(check.signedAt, language)}</p>
              {check.position === undefined ? null : <p><bdi>{words.place(check.position.origin, check.position.index)}</bdi></p>}
            </details>
          ) : null}
        </>
      }
    />
  )
}
