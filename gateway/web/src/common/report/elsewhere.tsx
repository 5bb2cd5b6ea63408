import { Card } from 'antd'
import { reportWords } from '../../words/report/index.ts'
import { useLanguage, useWords } from '../../words/words.ts'
import { timeText } from '../times.ts'
import type { Elsewhere } from './answers.ts'
import type { Payload } from './payload.ts'

interface ElsewhereCardProps {
  readonly payload: Payload
  readonly elsewhere: ReadonlyMap<string, Elsewhere>
}

/** What the court's search for the same bytes found: a fact without a conclusion. */
export function ElsewhereCard({ payload, elsewhere }: ElsewhereCardProps) {
  const words = useWords(reportWords)
  const { language } = useLanguage()
  const found = payload.evidence.flatMap(({ id }) => {
    const one = elsewhere.get(id)
    return one === undefined || one.count === 0 ? [] : [{ id, one }]
  })
  const since = [...elsewhere.values()].find((one) => one.since !== undefined)?.since
  return (
    <Card title={<h2>{words.elsewhere.title}</h2>}>
      {elsewhere.size === 0 ? <p>{words.elsewhere.notSearched}</p> : null}
      {elsewhere.size > 0 && found.length === 0 ? <p>{words.elsewhere.none}</p> : null}
      {found.map(({ id, one }) => (
        <div key={id}>
          <p><strong>{words.itemOf(id)}</strong>: {words.elsewhere.found(one.count)}</p>
          <ul className="points">
            {one.filed.map((where) => (
              <li key={`${where.report} ${where.item}`}>
                <bdi>{words.elsewhere.of(where.caseNumber, where.item)}</bdi> <span className="fingerprint">{where.report}</span>
              </li>
            ))}
          </ul>
        </div>
      ))}
      {since === undefined ? null : <p className="quiet">{words.elsewhere.since(timeText(since, language))}</p>}
    </Card>
  )
}
