import { useState, type FormEvent } from 'react'
import { ask } from '../../common/api/client.ts'
import { TextField } from '../../common/layout/field.tsx'
import { Button, Panel } from '../../common/plain/plain.tsx'
import { signInWords } from '../../words/sign_in/index.ts'
import { useWords } from '../../words/words.ts'
import { defectOf, Outcome, useWork } from './work.tsx'

const kPasswordLength = 12
const kFields = ['/old', '/new']

type Known = keyof (typeof signInWords)['zh']['settings']['refused']
const isKnown = (code: string): code is Known => code in signInWords.zh.settings.refused

export function Password() {
  const words = useWords(signInWords).settings
  const work = useWork()
  const [old, setOld] = useState('')
  const [next, setNext] = useState('')
  const [again, setAgain] = useState('')
  const [tried, setTried] = useState(false)
  const refused = (pointer: string): string | undefined => {
    const code = defectOf(work, pointer)?.code
    return code === undefined ? undefined : isKnown(code) ? words.refused[code] : words.refused.other
  }
  const change = (event: FormEvent) => {
    event.preventDefault()
    setTried(true)
    if (old === '' || [...next].length < kPasswordLength || again !== next) return
    work.run(async () => {
      await ask('/v1/session/password', { method: 'PUT', json: { old, new: next } })
      for (const empty of [setOld, setNext, setAgain]) empty('')
      setTried(false)
      return words.changed
    })
  }
  return (
    <Panel title={<h2>{words.password}</h2>}>
      <form onSubmit={change} noValidate>
        <TextField label={words.old} type="password" value={old} onChange={setOld} maxLength={1024} autoComplete="current-password" defect={tried && old === '' ? words.oldMissing : refused('/old')} />
        <TextField
          label={words.next} type="password" help={words.nextHelp} value={next} onChange={setNext} maxLength={1024} autoComplete="new-password"
          defect={tried && [...next].length < kPasswordLength ? words.nextTooShort : refused('/new')}
        />
        <TextField label={words.again} type="password" value={again} onChange={setAgain} maxLength={1024} autoComplete="new-password" defect={tried && again !== next ? words.differs : undefined} />
        <Outcome work={work} fields={kFields} />
        <Button look="primary" type="submit" busy={work.busy}>{words.change}</Button>
      </form>
    </Panel>
  )
}
