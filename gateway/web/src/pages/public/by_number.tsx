import { useState } from 'react'
import { askJson } from '../../common/api/client.ts'
import { Problem } from '../../common/api/problem.ts'
import { itemVerdicts, verdictWords } from '../../common/verdicts.ts'
import { Facts } from '../../common/layout/facts.tsx'
import { Refusal } from '../../common/layout/states.tsx'
import { Button, Notice, Panel, TextInput } from '../../common/plain/plain.tsx'
import { VerdictTag } from '../../common/report/verdict_tag.tsx'
import { timeText } from '../../common/times.ts'
import { publicWords } from '../../words/public/index.ts'
import { reportWords } from '../../words/report/index.ts'
import { useLanguage, useWords } from '../../words/words.ts'
import { reportNumberOf } from './report_kind.ts'

export interface Found {
  readonly number: string
  readonly verdict: string
  readonly asOf: string
  readonly counts: Readonly<Record<string, number>>
  readonly standing: 'ISSUED' | 'SUPERSEDED' | 'WITHDRAWN'
  readonly supersededBy?: string
  /** The files and the case record are gone. */
  readonly recordDeleted?: boolean
  /** Judged by a sample trust list: it must not be used in any case. */
  readonly sample?: boolean
  readonly payloadDigest: string
}

export function ByNumber() {
  const words = useWords(publicWords)
  const [typed, setTyped] = useState('')
  const [wrong, setWrong] = useState(false)
  const [busy, setBusy] = useState(false)
  const [found, setFound] = useState<Found | 'none' | null>(null)
  const [problem, setProblem] = useState<unknown>(null)
  const look = async () => {
    if (busy) return
    const number = reportNumberOf(typed)
    setWrong(number === undefined)
    setFound(null)
    setProblem(null)
    if (number === undefined) return
    setBusy(true)
    try {
      setFound(await askJson<Found>(`/v1/public/reports/${number}`, { withoutSession: true }))
    } catch (refused) {
      if (refused instanceof Problem && refused.status === 404) setFound('none')
      else setProblem(refused)
    } finally {
      setBusy(false)
    }
  }
  return (
    <Panel title={<h2>{words.byNumber}</h2>}>
      <form onSubmit={(event) => {
        event.preventDefault()
        void look()
      }}>
        <label htmlFor="number"><strong>{words.number}</strong></label>
        <TextInput id="number" value={typed} onChange={({ target }) => setTyped(target.value)} maxLength={60} spellCheck={false} autoComplete="off"
          aria-describedby="number-help number-wrong" aria-invalid={wrong} />
        <p className="quiet" id="number-help">{words.byNumberHelp}</p>
        <p id="number-wrong" role="alert" className="wrong">{wrong ? words.badNumber : ''}</p>
        <Button look="primary" type="submit" busy={busy}>{words.look}</Button>
      </form>
      <div aria-live="polite" className="answer">
        <Refusal problem={problem} />
        {found === 'none' ? <Notice type="warning" message={words.notThere} /> : null}
        {found === null || found === 'none' ? null : <Answer found={found} />}
      </div>
    </Panel>
  )
}

export function Answer({ found }: { readonly found: Found }) {
  const words = useWords(publicWords)
  const report = useWords(reportWords)
  const { language } = useLanguage()
  const counts = itemVerdicts.flatMap((code) => {
    const n = found.counts[code] ?? 0
    return n === 0 ? [] : [report.count(verdictWords(code, language).label, n)]
  })
  return (
    <>
      <Notice type={found.standing === 'ISSUED' ? 'success' : 'warning'} message={words.standing[found.standing]} />
      {found.sample === true ? <Notice type="warning" message={report.sample} /> : null}
      {found.recordDeleted === true ? <Notice type="info" message={words.recordDeleted} /> : null}
      <Facts long items={[
        { key: 'number', label: report.number, children: <span className="fingerprint">{found.number}</span> },
        ...(found.supersededBy === undefined ? [] : [{ key: 'by', label: words.supersededBy, children: <span className="fingerprint">{found.supersededBy}</span> }]),
        { key: 'asOf', label: report.asOf, children: timeText(found.asOf, language) },
        { key: 'verdict', label: report.verdict, children: <><VerdictTag code={found.verdict} /> {verdictWords(found.verdict, language).sentence}</> },
        { key: 'counts', label: words.counts, children: counts.join(' · ') },
        { key: 'payload', label: words.payload, children: <><span className="fingerprint">{found.payloadDigest}</span><p className="quiet">{words.compareFingerprint}</p></> },
      ]} />
    </>
  )
}
