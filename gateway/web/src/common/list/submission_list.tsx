// The submissions of a court, found and narrowed down; for the clerk with a choice, for the judge without.
import { Button, Tag } from 'antd'
import { useCallback, useEffect, useState } from 'react'
import { Link, useSearchParams } from 'react-router'
import { listWords } from '../../words/list/index.ts'
import { reportWords } from '../../words/report/index.ts'
import { useLanguage, useWords } from '../../words/words.ts'
import type { Line } from '../api/types.ts'
import { useLoaded } from '../use_loaded.ts'
import { roleLabel } from '../catalogue.ts'
import { itemVerdicts, verdictWords } from '../verdicts.ts'
import { Rows } from '../layout/rows.tsx'
import { Loading, Refusal } from '../layout/states.tsx'
import { VerdictTag } from '../report/verdict_tag.tsx'
import { timeText } from '../times.ts'
import { FilterBar } from './filter_bar.tsx'
import { filterOf, loadLines, queryOf, type Filter } from './lines.ts'

type Next = string | null | undefined

interface SubmissionListProps {
  readonly linkOf: (line: Line) => string
  readonly choice?: {
    readonly chosen: ReadonlySet<string>
    readonly choose: (chosen: ReadonlySet<string>) => void
    readonly labelOf: (line: Line) => string
    readonly allLabel: string
  }
  /** Loads anew when it changes. */
  readonly turn?: number
  /** Whether it can be narrowed down to what is assigned to nobody. */
  readonly assigns?: boolean
}

export function useFilter(): readonly [Filter, (filter: Filter) => void] {
  const [query, setQuery] = useSearchParams()
  return [filterOf(query), useCallback((filter: Filter) => setQuery(queryOf(filter)), [setQuery])]
}

export function SubmissionList({ linkOf, choice, turn = 0, assigns = false }: SubmissionListProps) {
  const words = useWords(listWords)
  const [filter, change] = useFilter()
  const first = useLoaded((signal) => loadLines(filter, undefined, 'attention', signal), [filter.q, filter.state, filter.verdict, filter.attention, filter.unassigned, filter.deletion, turn])
  const [further, setFurther] = useState<{ readonly lines: readonly Line[]; readonly next: Next }>()
  const [problem, setProblem] = useState<unknown>(null)
  useEffect(() => setFurther(undefined), [first.value])
  const next = (further === undefined ? first.value?.next : further.next) ?? undefined
  const lines = [...(first.value?.items ?? []), ...(further?.lines ?? [])]
  const more = async () => {
    setProblem(null)
    try {
      const page = await loadLines(filter, next, 'attention')
      setFurther({ lines: [...(further?.lines ?? []), ...page.items], next: page.next })
    } catch (refused) {
      setProblem(refused)
    }
  }
  return (
    <>
      <FilterBar filter={filter} change={change} assigns={assigns} />
      <Refusal problem={first.problem} again={first.again} />
      {first.loading && first.value === undefined ? <Loading /> : null}
      {first.value === undefined ? null : (
        <>
          <p className="quiet" role="status">{lines.length === 0 ? words.none : `${words.loaded(lines.length)} · ${words.order}`}</p>
          {lines.length === 0 ? null : <Lines lines={lines} linkOf={linkOf} choice={choice} />}
          {next === undefined ? null : <Button className="no-print" onClick={() => void more()}>{words.more}</Button>}
        </>
      )}
      <Refusal problem={problem} />
    </>
  )
}

function Lines({ lines, linkOf, choice }: { readonly lines: readonly Line[]; readonly linkOf: (line: Line) => string; readonly choice: SubmissionListProps['choice'] }) {
  const words = useWords(listWords)
  const { state: states, colon } = useWords(reportWords)
  const { language } = useLanguage()
  return (
    <Rows
      caption={words.caption}
      rows={lines}
      keyOf={(line) => line.id}
      marked={(line) => line.attention}
      {...(choice === undefined ? {} : { choice })}
      columns={[
        {
          key: 'case', title: words.case,
          render: (line) => <Link to={linkOf(line)}><bdi>{line.caseNumber === '' ? words.noCaseNumber : line.caseNumber}</bdi></Link>,
        },
        {
          key: 'parties', title: words.parties,
          render: (line) => <>{line.parties.map(({ role, name }, at) => <div key={at}>{roleLabel(role, language)}{colon}<bdi>{name}</bdi></div>)}</>,
        },
        { key: 'received', title: words.received, render: (line) => timeText(line.receivedAt, language) },
        {
          key: 'state', title: words.state,
          render: (line) => <><div>{states[line.state]}</div><SupplementMark line={line} /></>,
        },
        { key: 'verdict', title: words.verdict, render: (line) => <Outcome line={line} /> },
        ...(lines.some(({ assigned }) => assigned !== undefined) ? [
          { key: 'assigned', title: words.assigned, render: ({ assigned = [] }: Line) => <>{assigned.map((judge) => <div key={judge}>{judge}</div>)}</> },
        ] : []),
      ]}
    />
  )
}

function Outcome({ line }: { readonly line: Line }) {
  const words = useWords(listWords)
  const { comma } = useWords(reportWords)
  const { language } = useLanguage()
  const counts = itemVerdicts.flatMap((code) => {
    const n = line.counts?.[code] ?? 0
    return n === 0 ? [] : [`${verdictWords(code, language).label} ${n}`]
  })
  return (
    <>
      {line.verdict === undefined ? null : <VerdictTag code={line.verdict} />}
      {line.attention && line.verdict === undefined ? <Tag color="warning">{words.attentionMark}</Tag> : null}
      <div className="quiet">{counts.length === 0 ? words.itemCount(line.items) : counts.join(comma)}</div>
    </>
  )
}

function SupplementMark({ line }: { readonly line: Line }) {
  const words = useWords(listWords).supplement
  const state = line.supplement?.state
  return state === 'OPEN' || state === 'ANSWERED' || state === 'OVERDUE' ? <Tag>{words[state]}</Tag> : null
}
