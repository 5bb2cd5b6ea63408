import { Alert, Button, Card } from 'antd'
import { useRef, useState } from 'react'
import { Link } from 'react-router'
import { ask } from '../../common/api/client.ts'
import { Page } from '../../common/layout/page.tsx'
import { DropZone } from '../../common/layout/drop_zone.tsx'
import { BatchProgress } from '../../common/list/batch_progress.tsx'
import { useBatch } from '../../common/list/use_batch.ts'
import { clerkWords } from '../../words/clerk/index.ts'
import { useWords } from '../../words/words.ts'
import { casesOf, type CaseToImport, type Chosen } from './case_folders.ts'

interface Entry {
  readonly key: string // also the Idempotency-Key: trying again does not file twice
  readonly one: CaseToImport
}

function chosenOf(files: readonly File[]): Chosen[] {
  return files.map((file) => ({ path: file.webkitRelativePath === '' ? file.name : file.webkitRelativePath, file }))
}

function newKey(): string {
  return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, '0')).join('')
}

export function ImportPage() {
  const words = useWords(clerkWords)
  const texts = words.importPage
  const [entries, setEntries] = useState<readonly Entry[]>([])
  const [leftOver, setLeftOver] = useState(0)
  const batch = useBatch()
  const folder = useRef<HTMLInputElement>(null)

  const add = (chosen: readonly Chosen[]) => {
    const found = casesOf(chosen)
    setEntries((before) => [...before, ...found.cases.map((one) => ({ key: newKey(), one }))])
    setLeftOver(found.leftOver.length)
  }
  const left = entries.filter(({ key }) => batch.progress.get(key)?.stage !== 'done')
  const begun = batch.progress.size > 0
  const start = () =>
    batch.run(left.map(({ key }) => key), async (key, signal) => {
      const one = entries.find((entry) => entry.key === key)?.one
      if (one === undefined) return
      const headers = { 'Idempotency-Key': key, ...(one.type === null ? {} : { 'Content-Type': one.type }) }
      await ask('/v1/submissions', { method: 'POST', body: one.body(), headers, signal })
    })
  const nameOf = (key: string) => entries.find((entry) => entry.key === key)?.one.name ?? key

  return (
    <Page title={words.import}>
      <Card>
        <p>{texts.intro}</p>
        <DropZone label={texts.zips} invitation={texts.drop} accept=".zip,application/zip" multiple
          onFiles={(files) => {
            if (!batch.running) add(chosenOf(files))
          }} />
        <p className="after-field"><Button onClick={() => folder.current?.click()} disabled={batch.running}>{texts.folder}</Button></p>
        <input ref={folder} hidden type="file" multiple data-testid="folder" {...{ webkitdirectory: '' }}
          onChange={({ target }) => {
            if (target.files !== null) add(chosenOf([...target.files]))
            target.value = ''
          }} />
        {leftOver === 0 ? null : <Alert type="warning" showIcon message={texts.leftOver(leftOver)} />}
        <p role="status">{entries.length === 0 ? texts.none : texts.chosen(entries.length)}</p>
        {begun ? null : (
          <ul className="points">
            {entries.map(({ key, one }) => (
              <li key={key}>
                <bdi>{one.name}</bdi> <span className="quiet">{texts.files(one.files)}</span>{' '}
                <Button type="link" aria-label={texts.remove(one.name)} onClick={() => setEntries((before) => before.filter((entry) => entry.key !== key))}>×</Button>
              </li>
            ))}
          </ul>
        )}
        <Button type="primary" disabled={left.length === 0 || batch.running} onClick={() => void start()}>
          {begun && left.length > 0 ? texts.again(left.length) : texts.start(left.length)}
        </Button>
      </Card>
      <BatchProgress batch={batch} title={texts.title} nameOf={nameOf} />
      <p><Link to="/clerk/worklist">{words.worklist}</Link> <span className="quiet">{texts.done}</span></p>
    </Page>
  )
}
