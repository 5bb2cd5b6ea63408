import { Alert, Button, Card } from 'antd'
import { useEffect, useState } from 'react'
import { Link } from 'react-router'
import { askJson } from '../../common/api/client.ts'
import { useSession } from '../../common/api/session.tsx'
import type { Line, Lines } from '../../common/api/types.ts'
import { declared } from '../../common/format.ts'
import { Tag } from '../../common/plain/plain.tsx'
import { VerdictTag } from '../../common/report/verdict_tag.tsx'
import { timeText } from '../../common/times.ts'
import { Page } from '../../common/layout/page.tsx'
import { Loading, Refusal } from '../../common/layout/states.tsx'
import { litigantWords } from '../../words/litigant/index.ts'
import { useLanguage, useWords } from '../../words/words.ts'
import type { Draft } from './filing/draft.ts'
import { findDraft } from './filing/draft_store.ts'
import { Unfinished } from './unfinished.tsx'

function CaseLine({ line }: { readonly line: Line }) {
  const { language } = useLanguage()
  const words = useWords(litigantWords)
  const asked = line.supplement !== undefined && line.supplement.state !== 'ANSWERED'
  return (
    <li>
      <Card size="small">
        <div className="case-line">
          <div>
            <strong><bdi>{line.caseNumber === '' ? words.cases.noNumber : declared(line.caseNumber)}</bdi></strong>
            <div className="quiet">{line.court.name}</div>
            <div className="quiet">{timeText(line.receivedAt, language)}, {words.cases.items(line.items)}</div>
          </div>
          <div>
            <div>{words.states[line.state]}{asked ? <> <Tag kind="warning">{words.supplement.mark}</Tag></> : null}</div>
            {line.verdict === undefined ? null : <div><VerdictTag code={line.verdict} /></div>}
            <Link to={`/litigant/cases/${line.id}`} aria-label={`${words.cases.open} ${declared(line.caseNumber)}`}>{words.cases.open}</Link>
          </div>
        </div>
      </Card>
    </li>
  )
}

export function Cases() {
  const words = useWords(litigantWords).cases
  const { session } = useSession()
  const [lines, setLines] = useState<readonly Line[]>()
  const [next, setNext] = useState<string | null>(null)
  const [problem, setProblem] = useState<unknown>(null)
  // Undefined: not known yet. Null: there is none.
  const [draft, setDraft] = useState<Draft | null>()
  const load = (after?: string) => {
    setProblem(null)
    askJson<Lines>(`/v1/submissions?limit=20${after === undefined ? '' : `&after=${encodeURIComponent(after)}`}`).then((page) => {
      setLines((before) => [...(after === undefined ? [] : (before ?? [])), ...page.items])
      setNext(page.next)
    }, setProblem)
  }
  useEffect(() => load(), [])
  useEffect(() => {
    void findDraft(session?.account ?? '').then(setDraft)
  }, [session?.account])
  return (
    <Page title={words.title} actions={<Link to="/litigant/file"><Button type="primary" tabIndex={-1}>{words.file}</Button></Link>}>
      {draft != null ? <Alert type="info" showIcon message={words.draft} action={<Link to="/litigant/file">{words.goOn}</Link>} /> : null}
      {draft === undefined ? null : <Unfinished here={draft?.submission ?? null} />}
      <Refusal problem={problem} again={() => load()} />
      {lines === undefined && problem === null ? <Loading /> : null}
      {lines?.length === 0 ? <p>{words.none}</p> : null}
      <ul className="bare">{lines?.map((line) => <CaseLine key={line.id} line={line} />)}</ul>
      {next === null ? null : <div><Button onClick={() => load(next)}>{words.more}</Button></div>}
    </Page>
  )
}
