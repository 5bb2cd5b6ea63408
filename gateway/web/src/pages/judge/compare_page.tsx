// Two files beside each other, each in a frame of the preview origin without any right. Which ones is the judge's choice. Of
// PDFs the frames show the same page, as a picture that the gateway drew.
import { Alert, Button } from 'antd'
import { useRef, useState } from 'react'
import { Link, useParams, useSearchParams } from 'react-router'
import { ask, askJson } from '../../common/api/client.ts'
import { Problem } from '../../common/api/problem.ts'
import type { Line, Lines } from '../../common/api/types.ts'
import { useLatest } from '../../common/use_latest.ts'
import { useLoaded } from '../../common/use_loaded.ts'
import { saveAs } from '../../common/download.ts'
import { Accesses } from '../../common/access/accesses.tsx'
import { Page } from '../../common/layout/page.tsx'
import { Loading, Refusal } from '../../common/layout/states.tsx'
import { loadCase, submissionPath, type Case } from '../../common/report/answers.ts'
import { nameOf } from '../../common/report/findings.tsx'
import { useCase } from '../../common/report/use_case.ts'
import { timeText } from '../../common/times.ts'
import { judgeWords } from '../../words/judge/index.ts'
import { reportWords } from '../../words/report/index.ts'
import { useLanguage, useWords } from '../../words/words.ts'
import { CaseRefusal } from './case_refusal.tsx'
import { PageChoice } from './page_choice.tsx'

/** What a side shows; pages: of a PDF, else 0. */
interface Shown {
  readonly digest: string
  readonly pages: number
}
const nothing: Shown = { digest: '', pages: 0 }

/** The other submissions of the same case number in this court. */
async function othersOf(found: Case, signal: AbortSignal): Promise<readonly Line[]> {
  const number = found.filed.caseNumber ?? ''
  if (number === '') return []
  const { items } = await askJson<Lines>(`/v1/submissions?${new URLSearchParams({ q: number, limit: '50' })}`, { signal })
  return items.filter((line) => line.id !== found.submission.id && line.caseNumber === number)
}

export function ComparePage() {
  const { id = '' } = useParams()
  const [query] = useSearchParams()
  const words = useWords(judgeWords)
  const loaded = useCase(id)
  const found = loaded.value
  const others = useLoaded(found === undefined ? null : (signal) => othersOf(found, signal), [found?.submission.id])
  const [shown, setShown] = useState<Readonly<Record<'left' | 'right', Shown>>>({ left: nothing, right: nothing })
  const [page, setPage] = useState(1)
  const [zoom, setZoom] = useState(1)
  if (found === undefined) return <Page title={words.compare}>{loaded.loading ? <Loading /> : <CaseRefusal submission={id} problem={loaded.problem} again={loaded.again} />}</Page>
  const first = query.get('left') ?? found.filed.evidence[0]?.id ?? ''
  const second = found.filed.evidence.find((one) => one.id !== first)?.id ?? ''
  const known = shown.left.digest !== '' && shown.right.digest !== ''
  const most = Math.max(shown.left.pages, shown.right.pages)
  const at = Math.min(page, Math.max(most, 1))
  const tell = (side: 'left' | 'right') => (now: Shown) => setShown((before) => ({ ...before, [side]: now }))
  return (
    <Page wide title={words.compare}>
      <Accesses submission={id} />
      <p>{words.compareIntro} <span className="quiet">{words.previewAgain}</span></p>
      <div role="status">
        {known ? <Alert type="info" showIcon message={shown.left.digest === shown.right.digest ? words.same : words.different} /> : null}
      </div>
      {most === 0 ? null : <PageChoice page={at} most={most} choose={setPage} zoom={zoom} enlarge={setZoom} />}
      <div className="side-by-side">
        <Side title={words.left} here={found} others={others.value ?? []} begin={first} page={at} zoom={zoom} tell={tell('left')} />
        <Side title={words.right} here={found} others={others.value ?? []} begin={second} page={at} zoom={zoom} tell={tell('right')} />
      </div>
      <p className="no-print"><Link to={`/judge/cases/${id}`}>{words.toCase}</Link></p>
    </Page>
  )
}

/** The code that a judge confirms to save a file all the same; empty: there is nothing to confirm. */
function withheldBy(problem: unknown): string {
  const code = problem instanceof Problem ? problem.defects[0]?.code : undefined
  return code === 'malware-found' || code === 'not-scanned' || code === 'too-large-to-scan' ? code : ''
}

/** What a frame's own may take of its width. */
const scrollBar = 20

interface SideProps {
  readonly title: string
  readonly here: Case
  readonly others: readonly Line[]
  readonly begin: string
  /** Of a PDF. */
  readonly page: number
  readonly zoom: number
  readonly tell: (shown: Shown) => void
}

function Side({ title, here, others, begin, page, zoom, tell }: SideProps) {
  const words = useWords(judgeWords)
  const { colon } = useWords(reportWords)
  const { language } = useLanguage()
  const [submission, setSubmission] = useState(here.submission.id)
  const [item, setItem] = useState(begin)
  const [shown, setShown] = useState<{ readonly url: string; readonly path: string; readonly pages: number; readonly width: number } | null>(null)
  const [problem, setProblem] = useState<unknown>(null)
  const place = useRef<HTMLDivElement>(null)
  const other = useLoaded(submission === here.submission.id ? null : (signal) => loadCase(submission, signal), [submission])
  const source = submission === here.submission.id ? here : other.value?.submission.id === submission ? other.value : undefined
  const path = source?.filed.evidence.find((one) => one.id === item)?.file.path
  const digest = source?.report?.payload.evidence.find((one) => one.id === item)?.file?.digests['sha-256'] ?? ''

  // Of what was chosen before, nothing is shown nor said any more, however late its answer comes.
  const asked = useLatest()
  const clear = () => {
    setProblem(null)
    setShown(null)
    tell(nothing)
    return asked.begin()
  }
  const chooseSubmission = (chosen: string) => {
    clear()
    setSubmission(chosen)
    setItem('')
  }
  const chooseItem = (chosen: string) => {
    clear()
    setItem(chosen)
  }
  const show = async () => {
    const isLast = clear()
    if (path === undefined) return
    try {
      const { url, pages = 0 } = await askJson<{ url: string; pages?: number }>(`${submissionPath(submission)}/previews`, { method: 'POST', json: { path } })
      if (!isLast()) return
      setShown({ url, path, pages, width: (place.current?.clientWidth ?? 600) - scrollBar })
      tell({ digest, pages })
    } catch (refused) {
      if (isLast()) setProblem(refused)
    }
  }
  const save = async (confirm = '') => {
    if (path === undefined) return
    const isLast = asked.now()
    setProblem(null)
    try {
      const knowing = confirm === '' ? '' : `?confirm=${confirm}`
      const answer = await ask(`${submissionPath(submission)}/files/${path.split('/').map(encodeURIComponent).join('/')}${knowing}`, { headers: { Accept: '*/*' } })
      saveAs(path.slice(path.lastIndexOf('/') + 1), await answer.blob())
    } catch (refused) {
      if (isLast()) setProblem(refused)
    }
  }
  const withheld = withheldBy(problem)
  return (
    <section className="side" aria-label={title}>
      <h2>{title}</h2>
      {others.length === 0 ? null : (
        <label className="block">
          {words.from}{' '}
          <select className="plain-select" value={submission} onChange={({ target }) => chooseSubmission(target.value)}>
            <option value={here.submission.id}>{words.thisFiling}</option>
            {others.map((line) => <option key={line.id} value={line.id}>{words.otherFiling(timeText(line.receivedAt, language))}</option>)}
          </select>
        </label>
      )}
      <label className="block">
        {words.choose}{' '}
        <select className="plain-select" value={item} onChange={({ target }) => chooseItem(target.value)}>
          <option value="">{words.choose}</option>
          {(source?.filed.evidence ?? []).map((one) => (
            <option key={one.id} value={one.id}>{words.fileOf(one.id, source === undefined ? '' : nameOf(source.filed, one.id), one.file.path)}</option>
          ))}
        </select>
      </label>
      <div className="buttons" ref={place}>
        <Button type="primary" disabled={path === undefined} onClick={() => void show()}>{words.show}</Button>
        <Button disabled={path === undefined} onClick={() => void save()}>{words.download}</Button>
      </div>
      {problem === null ? null : <>{withheld === '' ? <p>{words.noPreview}</p> : null}<Refusal problem={problem} /></>}
      {withheld === '' ? null : <p>{words.downloadKnowing} <Button danger onClick={() => void save(withheld)}>{words.downloadAllTheSame}</Button></p>}
      {shown === null ? null : shown.pages > 0 && page > shown.pages ? (
        <p className="no-such-page" role="status">{words.noSuchPage(page, shown.pages)}</p>
      ) : (
        <iframe title={words.preview(title, shown.path)} src={shown.pages > 0 ? `${shown.url}?page=${page}&width=${Math.round(Math.max(shown.width, 200) * zoom)}` : shown.url} sandbox="" referrerPolicy="no-referrer" tabIndex={0} />
      )}
      {shown === null || shown.pages === 0 ? null : <p className="quiet">{words.drawn}</p>}
      {digest === '' ? null : <p className="quiet">{words.sha256}{colon}<span className="fingerprint">{digest}</span></p>}
    </section>
  )
}
