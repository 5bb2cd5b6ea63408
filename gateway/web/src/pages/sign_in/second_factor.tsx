import { useState, type FormEvent } from 'react'
import { ask, askJson } from '../../common/api/client.ts'
import { useSession } from '../../common/api/session.tsx'
import { TextField } from '../../common/layout/field.tsx'
import { Button, Panel } from '../../common/plain/plain.tsx'
import { signInWords } from '../../words/sign_in/index.ts'
import { useWords } from '../../words/words.ts'
import { defectOf, Outcome, useWork } from './work.tsx'

const kFields = ['/code', '/password']

export function SecondFactor() {
  const words = useWords(signInWords)
  const { session, refresh } = useSession()
  const work = useWork()
  const [secret, setSecret] = useState<string | null>(null)
  const [code, setCode] = useState('')
  const [password, setPassword] = useState('')
  const [tried, setTried] = useState(false)
  const enrolled = session?.secondFactor === true
  const begin = (event: FormEvent) => {
    event.preventDefault()
    setTried(true)
    if (password === '') return
    work.run(async () => {
      const made = await askJson<{ secret: string }>('/v1/session/second-factor', { method: 'POST', json: { password } })
      setSecret(made.secret)
      setPassword('')
      setTried(false)
      return ''
    })
  }
  const finish = (event: FormEvent) => {
    event.preventDefault()
    setTried(true)
    const digits = code.replace(/\s/g, '')
    if (digits === '') return
    work.run(async () => {
      await ask(enrolled ? '/v1/session/second-factor/removal' : '/v1/session/second-factor', { method: enrolled ? 'POST' : 'PUT', json: { code: digits } })
      setSecret(null)
      setCode('')
      setTried(false)
      await refresh()
      return enrolled ? words.settings.removed : words.settings.enrolled
    })
  }
  const wrong = defectOf(work, '/code') === undefined ? undefined : words.settings.codeWrong
  return (
    <Panel title={<h2>{words.settings.factor}</h2>}>
      <p>{enrolled ? words.settings.factorOn : words.settings.factorOff}</p>
      {!enrolled && secret === null ? (
        <form onSubmit={begin} noValidate>
          <TextField
            label={words.settings.enrolPassword} type="password" value={password} onChange={setPassword} maxLength={1024} autoComplete="current-password"
            defect={tried && password === '' ? words.settings.oldMissing : defectOf(work, '/password') === undefined ? undefined : words.settings.refused.wrong}
          />
          <Button type="submit" busy={work.busy}>{words.settings.enrol}</Button>
        </form>
      ) : (
        <form onSubmit={finish} noValidate>
          {secret === null ? null : (
            <>
              <p>{words.settings.enrolHelp}</p>
              <p>{words.settings.secret} <code className="fingerprint" data-testid="secret">{secret.replace(/(.{4})(?=.)/g, '$1 ')}</code></p>
            </>
          )}
          <TextField
            label={words.code} value={code} onChange={setCode} maxLength={12} autoComplete="one-time-code" inputMode="numeric" autoFocus={secret !== null}
            defect={tried && code.trim() === '' ? words.codeMissing : wrong}
          />
          <Button type="submit" {...(enrolled ? { className: 'button-risky' } : { look: 'primary' as const })} busy={work.busy}>
            {enrolled ? words.settings.remove : words.settings.confirm}
          </Button>
        </form>
      )}
      <Outcome work={work} fields={kFields} />
    </Panel>
  )
}
