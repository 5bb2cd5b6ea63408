// Every form of a report. It is chosen by Accept, so it is fetched here and handed to the browser's downloads.
import { Button, Card } from 'antd'
import { useState } from 'react'
import { reportWords } from '../../words/report/index.ts'
import { useLanguage, useWords } from '../../words/words.ts'
import { ask } from '../api/client.ts'
import { saveAs } from '../download.ts'
import { Refusal } from '../layout/states.tsx'
import { reportPath } from './answers.ts'

interface Form {
  readonly word: 'pdf' | 'jws' | 'html' | 'text' | 'asic' | 'xml' | 'json' | 'zip' | 'proof'
  readonly type: string
  readonly ending: string
  /** Discloses personal data as the chosen copy does. */
  readonly ofCopy: boolean
}

const kForms: readonly Form[] = [
  { word: 'pdf', type: 'application/pdf', ending: 'pdf', ofCopy: true },
  { word: 'jws', type: 'application/jose+json', ending: 'jws', ofCopy: true },
  { word: 'html', type: 'text/html', ending: 'html', ofCopy: true },
  { word: 'text', type: 'text/plain', ending: 'txt', ofCopy: true },
  { word: 'asic', type: 'application/vnd.etsi.asic-s+zip', ending: 'asics', ofCopy: true },
  { word: 'xml', type: 'application/xml', ending: 'xml', ofCopy: false },
  { word: 'json', type: 'application/json', ending: 'json', ofCopy: false },
  { word: 'zip', type: 'application/zip', ending: 'zip', ofCopy: false },
  { word: 'proof', type: 'text/plain', ending: 'log-proof.txt', ofCopy: false },
]

const kCopies = ['court', 'party', 'opponent'] as const

export function Downloads({ number }: { readonly number: string }) {
  const words = useWords(reportWords).download
  const { language } = useLanguage()
  const [copy, setCopy] = useState<(typeof kCopies)[number]>('court')
  const [busy, setBusy] = useState('')
  const [said, setSaid] = useState('')
  const [problem, setProblem] = useState<unknown>(null)
  const fetchForm = async (form: Form) => {
    setBusy(form.word)
    setSaid('')
    setProblem(null)
    try {
      const query = form.ofCopy ? `?copy=${copy}&lang=${language}` : `?lang=${language}`
      const path = form.word === 'proof' ? `${reportPath(number)}/log-proof` : `${reportPath(number)}${query}`
      const answer = await ask(path, { headers: { Accept: form.type } })
      const name = `${number}${form.ofCopy ? `-${copy}` : ''}.${form.ending}`
      saveAs(name, await answer.blob())
      setSaid(words.started(name))
    } catch (refused) {
      setProblem(refused)
    } finally {
      setBusy('')
    }
  }
  return (
    <Card title={<h2>{words.title}</h2>} className="no-print">
      <p>
        <label>
          {words.copy}{' '}
          <select className="plain-select" value={copy} onChange={({ target }) => setCopy(target.value as typeof copy)}>
            {kCopies.map((one) => <option key={one} value={one}>{words[one]}</option>)}
          </select>
        </label>
      </p>
      <p className="quiet">{words.copyHelp}</p>
      <div className="buttons">
        {kForms.map((form) => (
          <Button key={form.word} loading={busy === form.word} disabled={busy !== ''} onClick={() => void fetchForm(form)}>{words[form.word]}</Button>
        ))}
      </div>
      <div aria-live="polite">{said}</div>
      <Refusal problem={problem} />
    </Card>
  )
}
