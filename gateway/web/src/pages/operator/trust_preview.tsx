import { Alert, Button, Card } from 'antd'
import { useRef, useState } from 'react'
import { askJson } from '../../common/api/client.ts'
import { Facts } from '../../common/layout/facts.tsx'
import { Rows } from '../../common/layout/rows.tsx'
import { Loading, Refusal } from '../../common/layout/states.tsx'
import { timeText } from '../../common/times.ts'
import { operatorWords } from '../../words/operator/index.ts'
import { useLanguage, useWords } from '../../words/words.ts'

interface Change {
  readonly kind: string
  readonly id: string
  readonly change: 'ADDED' | 'REMOVED' | 'CHANGED'
  readonly detail?: string
}

interface Preview {
  readonly id: string
  readonly version: number
  readonly issued: string
  readonly nextUpdate: string
  readonly digest: string
  readonly acceptable: boolean
  readonly reason?: string
  readonly changes: readonly Change[]
}

/** What a new version would change. Nothing is put in force from here. */
export function TrustPreview() {
  const all = useWords(operatorWords)
  const words = all.preview
  const input = useRef<HTMLInputElement>(null)
  const [busy, setBusy] = useState(false)
  const [preview, setPreview] = useState<Preview | null>(null)
  const [problem, setProblem] = useState<unknown>(null)
  const read = async (file: File) => {
    setBusy(true)
    setPreview(null)
    setProblem(null)
    const type = file.name.toLowerCase().endsWith('.toml') ? 'application/toml' : 'application/jose+json'
    try {
      setPreview(await askJson<Preview>('/v1/operator/trust/preview', { method: 'POST', body: file, headers: { 'Content-Type': type } }))
    } catch (refused) {
      setProblem(refused)
    } finally {
      setBusy(false)
    }
  }
  return (
    <Card title={<h2>{words.title}</h2>} className="no-print">
      <p>{words.help}</p>
      <Button onClick={() => input.current?.click()} disabled={busy}>{words.choose}</Button>
      <input ref={input} hidden type="file" data-testid="trust" onChange={({ target }) => {
        const file = target.files?.[0]
        if (file !== undefined) void read(file)
        target.value = ''
      }} />
      <div aria-live="polite">
        {busy ? <Loading /> : null}
        <Refusal problem={problem} />
        {preview === null ? null : <Changes preview={preview} />}
      </div>
    </Card>
  )
}

function Changes({ preview }: { readonly preview: Preview }) {
  const all = useWords(operatorWords)
  const words = all.preview
  const { language } = useLanguage()
  const kinds: Readonly<Record<string, string>> = words.kinds
  return (
    <div className="answer">
      <Alert type={preview.acceptable ? 'info' : 'warning'} showIcon message={preview.acceptable ? words.acceptable : words.notAcceptable} description={preview.reason} />
      <Facts items={[
        { key: 'id', label: all.id, children: preview.id },
        { key: 'version', label: all.listVersion, children: preview.version },
        { key: 'issued', label: all.issued, children: timeText(preview.issued, language) },
        { key: 'next', label: all.nextUpdate, children: timeText(preview.nextUpdate, language) },
        { key: 'digest', label: all.digest, children: <span className="fingerprint">{preview.digest}</span> },
      ]} />
      {preview.changes.length === 0 ? <p>{words.noChange}</p> : (
        <Rows
          caption={words.caption}
          rows={preview.changes}
          keyOf={(one) => `${one.kind} ${one.id} ${one.change}`}
          columns={[
            { key: 'change', title: words.change, render: ({ change }) => words.changes[change] },
            { key: 'what', title: words.what, render: ({ kind, id }) => <>{kinds[kind] ?? kind} <bdi>{id}</bdi></> },
            { key: 'detail', title: all.detail, render: ({ detail }) => detail ?? '' },
          ]}
        />
      )}
    </div>
  )
}
