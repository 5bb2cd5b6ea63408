import { Alert, Button, Space } from 'antd'
import { useState } from 'react'
import { Link, useParams } from 'react-router'
import { ask, askJson } from '../../common/api/client.ts'
import { saveAs } from '../../common/download.ts'
import { declared, sizeText } from '../../common/format.ts'
import { timeText } from '../../common/times.ts'
import { Page } from '../../common/layout/page.tsx'
import { Loading, Refusal } from '../../common/layout/states.tsx'
import { useLoaded } from '../../common/use_loaded.ts'
import { litigantWords } from '../../words/litigant/index.ts'
import { useLanguage, useWords } from '../../words/words.ts'

interface ReceiptContent {
  readonly number: string
  readonly receivedAt: string
  readonly court: { readonly code: string; readonly name?: string }
  /** As they were filed; the page numbers stand in each one's source. */
  readonly items: readonly { readonly id: string; readonly name: string; readonly path: string }[]
  readonly files: readonly { readonly path: string; readonly size: number; readonly sha256: string }[]
}

export function Receipt() {
  const { id = '' } = useParams()
  const { language } = useLanguage()
  const words = useWords(litigantWords).receipt
  const address = `/v1/submissions/${encodeURIComponent(id)}/receipt`
  const { value, problem, again } = useLoaded((signal) => askJson<ReceiptContent>(address, { signal }), [address])
  const [refused, setRefused] = useState<unknown>(null)
  const get = (accept: string, suffix: string) => {
    setRefused(null)
    ask(`${address}?lang=${language}`, { headers: { Accept: accept } })
      .then((answer) => answer.blob())
      .then((content) => saveAs(`${value?.number ?? id}.${suffix}`, content))
      .catch(setRefused)
  }
  return (
    <Page
      title={words.title}
      actions={
        <Space wrap>
          <Button onClick={() => print()}>{words.print}</Button>
          <Button onClick={() => get('application/pdf', 'pdf')}>{words.pdf}</Button>
          <Button onClick={() => get('application/jose', 'jws')}>{words.signed}</Button>
        </Space>
      }
    >
      <Refusal problem={problem} again={again} />
      <Refusal problem={refused} />
      {value === undefined ? problem === null ? <Loading /> : null : (
        <>
          <dl className="facts">
            <dt>{words.number}</dt><dd><code>{value.number}</code></dd>
            <dt>{words.receivedAt}</dt><dd>{timeText(value.receivedAt, language)}</dd>
            <dt>{words.court}</dt><dd>{value.court.name ?? value.court.code}</dd>
            <dt>{words.items}</dt><dd>{value.items.length}</dd>
          </dl>
          <ul className="bare">
            {value.items.map((item) => <li key={item.id}><bdi>{declared(item.id)} {declared(item.name)}</bdi> <span className="quiet">(<bdi>{declared(item.path)}</bdi>)</span></li>)}
          </ul>
          <h2>{words.files}</h2>
          <ul className="bare files">
            {value.files.map((file) => (
              <li key={file.path}>
                <bdi>{declared(file.path)}</bdi>, {sizeText(file.size)}
                <div className="quiet">{words.digest}</div>
                <code className="fingerprint">{file.sha256}</code>
              </li>
            ))}
          </ul>
          <Alert type="info" message={words.meaning} />
        </>
      )}
      <p className="no-print"><Link to={`/litigant/cases/${id}`}>{words.back}</Link></p>
    </Page>
  )
}
