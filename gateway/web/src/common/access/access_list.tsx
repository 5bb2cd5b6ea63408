import { Button } from 'antd'
import { useEffect, useState, type ReactNode } from 'react'
import { accessWords } from '../../words/access/index.ts'
import { useLanguage, useWords } from '../../words/words.ts'
import { declared } from '../format.ts'
import { Page } from '../layout/page.tsx'
import { Rows, type Column } from '../layout/rows.tsx'
import { Loading, Refusal } from '../layout/states.tsx'
import { timeText } from '../times.ts'
import { useLoaded } from '../use_loaded.ts'
import { loadAccess, type Access, type AccessPage } from './access.ts'

interface AccessListProps {
  /** Of a submission, where the reader may go there. */
  readonly linkOf?: (submission: string) => ReactNode
  readonly withCourt?: boolean
  readonly children?: ReactNode
}

/** Every time a judge broke the glass, of the court or of all. */
export function AccessList({ linkOf, withCourt = false, children }: AccessListProps) {
  const words = useWords(accessWords).list
  const { language } = useLanguage()
  const first = useLoaded((signal) => loadAccess(undefined, signal), [])
  const [further, setFurther] = useState<AccessPage>()
  const [problem, setProblem] = useState<unknown>(null)
  useEffect(() => setFurther(undefined), [first.value])
  const rows = [...(first.value?.items ?? []), ...(further?.items ?? [])]
  const next = (further ?? first.value)?.next ?? undefined
  const more = async () => {
    setProblem(null)
    try {
      const page = await loadAccess(next)
      setFurther({ items: [...(further?.items ?? []), ...page.items], next: page.next })
    } catch (refused) {
      setProblem(refused)
    }
  }
  const columns: readonly Column<Access>[] = [
    { key: 'judge', title: words.judge, render: ({ judge = '' }) => judge },
    ...(withCourt ? [{ key: 'court', title: words.court, render: ({ court = '' }: Access) => court }] : []),
    { key: 'submission', title: words.submission, render: ({ submission }) => linkOf?.(submission) ?? <span className="fingerprint">{submission}</span> },
    { key: 'since', title: words.since, render: ({ since }) => timeText(since, language) },
    { key: 'until', title: words.until, render: ({ until }) => timeText(until, language) },
    { key: 'state', title: words.state, render: ({ open }) => (open ? <strong>{words.open}</strong> : words.ended) },
    { key: 'reason', title: words.reason, render: ({ reason = '' }) => <bdi>{declared(reason)}</bdi> },
  ]
  return (
    <Page wide title={words.title}>
      <p className="quiet">{words.intro}</p>
      <Refusal problem={first.problem} again={first.again} />
      {first.loading && first.value === undefined ? <Loading /> : null}
      {first.value === undefined ? null : rows.length === 0 ? <p role="status">{words.none}</p> : (
        <Rows caption={words.title} rows={rows} keyOf={({ id }) => id} marked={({ open }) => open} columns={columns} />
      )}
      {next === undefined ? null : <Button className="no-print" onClick={() => void more()}>{words.more}</Button>}
      <Refusal problem={problem} />
      {children}
    </Page>
  )
}
