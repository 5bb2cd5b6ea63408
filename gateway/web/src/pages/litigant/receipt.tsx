import { Alert, Button, Space } from 'antd'
import { useState } from 'react'
import { Link, useParams } from 'react-router'
import { ask, askJson } from '../../common/api/client.ts'
import { saveAs } from '../../common/download.ts'
import { declared, sizeText } from '../../common/format.ts'
import { timeText } from '../../common/times.ts'
import { Page } from '../../common/layout/page.tsx'
import { Rows } from '../../common/layout/rows.tsx'
import { Loading, Refusal } from '../../common/layout/states.tsx'
import { useLoaded } from '../../common/use_loaded.ts'
import { litigantWords } from '../../words/litigant/index.ts'
import { useLanguage, useWords } from '../../words/words.ts'

interface ReceiptContent {
  readonly number: string
  readonly receivedAt: string
  readonly court: { readonly code: string; readonly name?: string }
  /** As they were filed. */
  readonly items: readonly { readonly id: string; readonly name: string; readonly path: string; readonly pages?: number }[]
  readonly files: readonly { readonly path: string; readonly size: number; readonly sha256: string }[]
}

/** What comes as a file comes once. */
const kCopies = 1

/** Null where some item has none: their sum would be taken for all. */
function pagesIn(items: ReceiptContent['items']): number | null {
  const counted = items.flatMap(({ pages }) => (pages === undefined ? [] : [pages]))
  return counted.length === 0 || counted.length < items.length ? null : counted.reduce((all, pages) => all + pages, 0)
}

export function Receipt() {
  const { id = '' } = useParams()
  const { language } = useLanguage()
  const words = useWords(litigantWords).receipt
  const address = `/v1/submissions/${encodeURIComponent(id)}/receipt`
  const { value, problem, again } = useLoaded((signal) => askJson<ReceiptContent>(address, { signal }), [address])
  const pages = pagesIn(value?.items ?? [])
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
            {pages === null ? null : <><dt>{words.allPages}</dt><dd>{pages}</dd></>}
          </dl>
          <h2>{words.evidence}</h2>
          <Rows
            caption={words.evidence}
            rows={value.items}
            keyOf={(item) => item.id}
            columns={[
              { key: 'item', title: words.item, render: (item) => <bdi>{declared(item.id)}</bdi> },
              { key: 'name', title: words.name, render: (item) => <bdi>{declared(item.name)}</bdi> },
              { key: 'copies', title: words.copies, render: () => kCopies },
              { key: 'pages', title: words.pages, render: (item) => item.pages ?? <span className="quiet">{words.notCounted}</span> },
              { key: 'path', title: words.path, render: (item) => <bdi className="path">{declared(item.path)}</bdi> },
            ]}
          />
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
