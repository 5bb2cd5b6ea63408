import { useState } from 'react'
import { askJson } from '../../common/api/client.ts'
import type { ReportCheck } from '../../common/checks/report_check.ts'
import type { PublishedKeys } from '../../common/checks/signed_report.ts'
import { Facts } from '../../common/layout/facts.tsx'
import { DropZone } from '../../common/layout/drop_zone.tsx'
import { Loading, Refusal } from '../../common/layout/states.tsx'
import { Notice, Panel } from '../../common/plain/plain.tsx'
import { BrowserCheck } from '../../common/report/browser_check.tsx'
import { VerdictTag } from '../../common/report/verdict_tag.tsx'
import { timeText } from '../../common/times.ts'
import { publicWords } from '../../words/public/index.ts'
import { reportWords } from '../../words/report/index.ts'
import { useLanguage, useWords } from '../../words/words.ts'
import { signedReportType, typeOf } from './report_kind.ts'

const kBytesAtMost = 32 * 1024 * 1024

/** Of POST /v1/reports/verify: its sentences come in the language asked for. */
interface Standing {
  readonly standing: 'ISSUED' | 'SUPERSEDED' | 'WITHDRAWN' | 'UNKNOWN'
  readonly sentence: string
  readonly reason?: { readonly code: string; readonly sentence: string }
  readonly supersededBy?: string
  /** The files and the case record are gone. */
  readonly record?: { readonly code: string; readonly sentence: string }
  readonly report?: {
    readonly number: string
    readonly asOf?: string
    readonly court?: string
    readonly sample?: boolean
    readonly verdict?: string
    readonly sentence?: string
    readonly evidence?: readonly { readonly id: string; readonly verdict: string; readonly sentence: string; readonly sha256?: string }[]
  }
}

export function ByFile() {
  const words = useWords(publicWords)
  const [name, setName] = useState('')
  const [busy, setBusy] = useState(false)
  const [refusal, setRefusal] = useState('')
  const [problem, setProblem] = useState<unknown>(null)
  const [check, setCheck] = useState<ReportCheck | 'not-local' | null>(null)
  const [standing, setStanding] = useState<Standing | null>(null)

  const read = async (file: File) => {
    const type = typeOf(file.name)
    setName(file.name)
    setProblem(null)
    setCheck(null)
    setStanding(null)
    setRefusal(type === undefined ? words.unknownKind : file.size > kBytesAtMost ? words.tooLarge : '')
    if (type === undefined || file.size > kBytesAtMost) return
    setBusy(true)
    try {
      if (type === signedReportType) {
        // Loaded when there is something to check.
        const [{ checkSignedReport }, keys] = await Promise.all([
          import('../../common/checks/signed_report.ts'), askJson<PublishedKeys>('/v1/keys', { withoutSession: true }),
        ])
        setCheck(await checkSignedReport(new Uint8Array(await file.arrayBuffer()), keys))
      } else {
        setCheck('not-local')
      }
      setStanding(await askJson<Standing>('/v1/reports/verify', { method: 'POST', body: file, headers: { 'Content-Type': type }, withoutSession: true }))
    } catch (refused) {
      setProblem(refused)
    } finally {
      setBusy(false)
    }
  }
  return (
    <Panel title={<h2>{words.byFile}</h2>}>
      <DropZone label={words.choose} invitation={words.drop} help={words.byFileHelp} accept=".jws,.json,.pdf,.xml,.zip,.asics"
        onFiles={([file]) => {
          if (file !== undefined && !busy) void read(file)
        }} />
      {name === '' ? null : <p><bdi>{words.chosen(name)}</bdi></p>}
      {refusal === '' ? null : <Notice type="error" role="alert" message={refusal} />}
      <div aria-live="polite">
        {busy ? <Loading /> : null}
        {check === 'not-local' ? <p className="quiet">{words.notLocal}</p> : check === null ? null : <BrowserCheck check={check} />}
        {standing === null ? null : <Answer standing={standing} />}
        <Refusal problem={problem} />
      </div>
    </Panel>
  )
}

function Answer({ standing }: { readonly standing: Standing }) {
  const words = useWords(publicWords)
  const report = useWords(reportWords)
  const { language } = useLanguage()
  const told = standing.report
  return (
    <section aria-label={words.answer} className="answer">
      <Notice type={standing.standing === 'ISSUED' ? 'success' : 'warning'} message={`${words.answer}${report.colon}${standing.sentence}`} description={standing.reason?.sentence} />
      {told === undefined ? null : (
        <Facts long items={[
          { key: 'number', label: report.number, children: <span className="fingerprint">{told.number}</span> },
          ...(standing.supersededBy === undefined ? [] : [{ key: 'by', label: words.supersededBy, children: <span className="fingerprint">{standing.supersededBy}</span> }]),
          { key: 'asOf', label: report.asOf, children: timeText(told.asOf, language) },
          ...(told.court === undefined ? [] : [{ key: 'court', label: words.court, children: <bdi>{told.court}</bdi> }]),
          ...(told.verdict === undefined ? [] : [{ key: 'verdict', label: report.verdict, children: <><VerdictTag code={told.verdict} /> {told.sentence}</> }]),
          ...(told.evidence ?? []).map((item) => ({
            key: `item ${item.id}`, label: <bdi>{report.itemOf(item.id)}</bdi>, children: <><VerdictTag code={item.verdict} /> {item.sentence}</>,
          })),
        ]} />
      )}
      {standing.record === undefined ? null : <Notice type="info" message={standing.record.sentence} />}
      {told?.sample === true ? <Notice type="warning" message={report.sample} /> : null}
    </section>
  )
}
