import { Alert } from 'antd'
import { reportWords } from '../../words/report/index.ts'
import { useWords } from '../../words/words.ts'
import { askJson } from '../api/client.ts'
import { useLoaded } from '../use_loaded.ts'
import { submissionPath } from './answers.ts'

interface Scans {
  /** Whether there is a scanner. */
  readonly scanner: boolean
  readonly items: readonly { readonly path: string; readonly state: 'PENDING' | 'CLEAN' | 'FOUND' | 'TOO_LARGE'; readonly name?: string }[]
}

/** What the malware scanner said of the files, where that is more than nothing; no finding about the evidence. */
export function ScanNotice({ submission }: { readonly submission: string }) {
  const words = useWords(reportWords).scans
  const { value } = useLoaded((signal) => askJson<Scans>(`${submissionPath(submission)}/scans`, { signal }), [submission])
  if (value === undefined) return null
  const of = (state: string) => value.items.filter((one) => one.state === state)
  const found = of('FOUND')
  const large = value.scanner ? of('TOO_LARGE') : []
  const pending = value.scanner ? of('PENDING') : []
  if (found.length + large.length + pending.length === 0) return null
  return (
    <Alert
      type={found.length > 0 ? 'warning' : 'info'}
      showIcon
      className="scans"
      message={found.length > 0 ? words.found : words.title}
      description={
        <>
          {found.length === 0 ? null : (
            <>
              <ul className="points">
                {found.map(({ path, name = '' }) => <li key={path}><bdi>{path}</bdi> <span className="quiet"><bdi>{words.name(name)}</bdi></span></li>)}
              </ul>
              <p>{words.foundMeans}</p>
            </>
          )}
          {large.length === 0 ? null : <p>{words.tooLarge(large.length)}</p>}
          {pending.length === 0 ? null : <p>{words.pending(pending.length)}</p>}
        </>
      }
    />
  )
}
