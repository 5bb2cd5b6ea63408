// The findings of a report, item by item, in the words of the catalogue.
import { Link } from 'react-router'
import { reportWords } from '../../words/report/index.ts'
import { useLanguage, useWords } from '../../words/words.ts'
import { reasonWords } from '../catalogue.ts'
import { verdictWords } from '../verdicts.ts'
import { Rows } from '../layout/rows.tsx'
import { byAttention, needsAttention, pointsOf, type FiledCase, type Item, type Payload } from './payload.ts'
import { VerdictTag } from './verdict_tag.tsx'

/** Each reason in a sentence; what can be done is said once, however many reasons ask for it. */
export function Points({ item, withNext }: { readonly item: Item; readonly withNext: boolean }) {
  const { language } = useLanguage()
  const words = useWords(reportWords)
  const points = pointsOf(item)
  if (points.length === 0) return <span className="quiet">{words.noPoints}</span>
  const next = [...new Set(points.map(({ code }) => reasonWords(code, language).next))].filter((text) => text !== '')
  return (
    <>
      <ul className="points">
        {points.map(({ code, effect }) => (
          <li key={code}>
            {effect === 'NOTE' ? <span className="quiet">[{words.notes}] </span> : null}
            {reasonWords(code, language).reason}
          </li>
        ))}
      </ul>
      {!withNext || next.length === 0 ? null : (
        <>
          <p className="points-next">{words.next}</p>
          <ul className="points">{next.map((text) => <li key={text}>{text}</li>)}</ul>
        </>
      )}
    </>
  )
}

/** What the submitter calls it; never a statement of ours. */
export function nameOf(filed: FiledCase, id: string): string {
  return filed.evidence.find((one) => one.id === id)?.name ?? ''
}

/** As the submitter counted them. */
function PagesOf({ filed, id }: { readonly filed: FiledCase; readonly id: string }) {
  const words = useWords(reportWords)
  const pages = filed.evidence.find((one) => one.id === id)?.pages
  return pages === undefined ? null : <div className="quiet">{words.pages(pages)}</div>
}

interface FindingsProps {
  readonly payload: Payload
  readonly filed: FiledCase
  readonly withNext: boolean
  /** Where an item is shown by itself. */
  readonly linkOf?: (id: string) => string
}

export function Findings({ payload, filed, withNext, linkOf }: FindingsProps) {
  const words = useWords(reportWords)
  const { language } = useLanguage()
  const called = (item: Item) => <><bdi>{item.id}</bdi> <bdi>{nameOf(filed, item.id)}</bdi></>
  return (
    <Rows
      caption={words.items}
      rows={byAttention(payload.evidence)}
      keyOf={(item) => item.id}
      marked={needsAttention}
      columns={[
        {
          key: 'item', title: words.item,
          render: (item) => <>{linkOf === undefined ? called(item) : <Link to={linkOf(item.id)}>{called(item)}</Link>}<PagesOf filed={filed} id={item.id} /></>,
        },
        {
          key: 'verdict', title: words.verdict,
          render: (item) => <><VerdictTag code={item.verdict} /><p className="quiet verdict-sentence">{verdictWords(item.verdict, language).sentence}</p></>,
        },
        { key: 'points', title: words.points, render: (item) => <Points item={item} withNext={withNext} /> },
      ]}
    />
  )
}
