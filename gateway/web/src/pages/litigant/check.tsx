import { Alert, Progress } from 'antd'
import { useEffect, useRef, useState } from 'react'
import { useSearchParams } from 'react-router'
import { ask, askJson } from '../../common/api/client.ts'
import type { Lines } from '../../common/api/types.ts'
import { itemsOf } from '../../common/checks/file_fingerprint.ts'
import { holds, stands } from '../../common/checks/report_check.ts'
import { checkSignedReport, type PublishedKeys } from '../../common/checks/signed_report.ts'
import { parseCanonical, type JsonObject } from '../../common/checks/strict.ts'
import { declared } from '../../common/format.ts'
import { hashFile, type FileFingerprints } from '../../common/hash/hash_file.ts'
import { DropZone } from '../../common/layout/drop_zone.tsx'
import { ChoiceField } from '../../common/layout/field.tsx'
import { Page } from '../../common/layout/page.tsx'
import { Refusal } from '../../common/layout/states.tsx'
import { useLatest } from '../../common/use_latest.ts'
import { useLoaded } from '../../common/use_loaded.ts'
import { litigantWords } from '../../words/litigant/index.ts'
import { useWords } from '../../words/words.ts'

interface ReadReport {
  readonly payload: JsonObject
  readonly outcome: 'signed' | 'unchecked' | 'unsigned' | 'unsound'
}

/** Null: it is no report. A payload without signatures is one that nothing vouches for. */
async function readReport(bytes: Uint8Array): Promise<ReadReport | null> {
  const payload = parseCanonical(bytes)
  if (payload !== undefined && payload['schema'] === 'heyan.report.v1') return { payload, outcome: 'unsigned' }
  const keys = await askJson<PublishedKeys>('/v1/keys', { withoutSession: true })
  const check = await checkSignedReport(bytes, keys)
  if (check.payload === undefined) return null
  return { payload: check.payload, outcome: stands(check) ? 'signed' : holds(check) ? 'unchecked' : 'unsound' }
}

const kSaid = { signed: 'success', unchecked: 'warning', unsigned: 'info', unsound: 'error' } as const

export function Check() {
  const words = useWords(litigantWords).check
  const [query] = useSearchParams()
  const [number, setNumber] = useState(query.get('report') ?? '')
  const [report, setReport] = useState<ReadReport | null>()
  const [fingerprints, setFingerprints] = useState<FileFingerprints>()
  const [name, setName] = useState('')
  const [percent, setPercent] = useState<number | null>(null)
  const [problem, setProblem] = useState<unknown>(null)
  const [fileProblem, setFileProblem] = useState<unknown>(null)
  const cases = useLoaded((signal) => askJson<Lines>('/v1/submissions?state=DONE&limit=50', { signal }), [])

  // What was chosen before may be read after what was chosen then: nothing is said of it.
  const reports = useLatest()
  const files = useLatest()
  const cancel = useRef<() => void>()
  useEffect(() => () => cancel.current?.(), [])

  const take = (bytes: Promise<ArrayBuffer>) => {
    const isLast = reports.begin()
    setProblem(null)
    setReport(undefined)
    bytes.then((read) => readReport(new Uint8Array(read))).then((read) => isLast() && setReport(read), (refused: unknown) => isLast() && setProblem(refused))
  }
  useEffect(() => {
    if (number !== '') take(ask(`/v1/reports/${encodeURIComponent(number)}`, { headers: { Accept: 'application/jose+json' } }).then((answer) => answer.arrayBuffer()))
  }, [number])
  const takeFile = ([file]: readonly File[]) => {
    if (file === undefined) return
    const isLast = files.begin()
    cancel.current?.()
    setName(file.name)
    setFingerprints(undefined)
    setFileProblem(null)
    setPercent(0)
    const hash = hashFile(file, (done) => isLast() && setPercent(Math.floor((100 * done) / Math.max(1, file.size))))
    cancel.current = hash.cancel
    hash.result
      .then((computed) => isLast() && setFingerprints(computed), (refused: unknown) => isLast() && setFileProblem(refused))
      .finally(() => isLast() && setPercent(null))
  }

  const known = cases.value?.items.flatMap((line) =>
    line.report === undefined ? [] : [{ value: line.report, label: `${declared(line.caseNumber)} ${line.report}` }]) ?? []
  const found = report == null || fingerprints === undefined ? null : itemsOf(report.payload, { ...fingerprints })
  return (
    <Page title={words.title}>
      <p>{words.intro}</p>
      {known.length === 0 ? null : <ChoiceField label={words.fromCases} value={number} placeholder={words.choose} options={known} onChange={setNumber} />}
      <DropZone label={words.report} invitation={words.choose} help={words.reportHelp} accept=".jws,.json" onFiles={([file]) => {
        if (file === undefined) return
        setNumber('')
        take(file.arrayBuffer())
      }} />
      {report === null ? <Alert type="warning" showIcon role="alert" message={words.notReport} /> : null}
      {report == null ? null : <Alert type={kSaid[report.outcome]} showIcon role="status" message={words[report.outcome]} />}
      <DropZone label={words.file} invitation={words.choose} onFiles={takeFile} />
      {percent === null ? null : <Progress percent={percent} aria-label={words.file} />}
      {name === '' ? null : <p><bdi className="file-name">{declared(name)}</bdi></p>}
      <Refusal problem={fileProblem} />
      {found === null ? null : (
        <Alert
          type={found.length > 0 ? 'success' : 'warning'}
          showIcon
          role="status"
          message={found.length > 0 ? words.match(found.map((one) => declared(one.item)).join(', ')) : words.noMatch}
        />
      )}
      <Refusal problem={problem} />
    </Page>
  )
}
