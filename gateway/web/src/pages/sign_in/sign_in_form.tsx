import { useState, type FormEvent } from 'react'
import { Problem } from '../../common/api/problem.ts'
import { useSession } from '../../common/api/session.tsx'
import type { Session } from '../../common/api/types.ts'
import { TextField } from '../../common/layout/field.tsx'
import { Refusal } from '../../common/layout/states.tsx'
import { Button, Notice } from '../../common/plain/plain.tsx'
import { signInWords } from '../../words/sign_in/index.ts'
import { useWords } from '../../words/words.ts'

interface SignInFormProps {
  /** Where only this one may sign in. */
  readonly account?: string
  readonly submit: string
  readonly onSignedIn?: (session: Session) => void
}

export function SignInForm({ account, submit, onSignedIn }: SignInFormProps) {
  const words = useWords(signInWords)
  const { signIn } = useSession()
  const [name, setName] = useState(account ?? '')
  const [password, setPassword] = useState('')
  const [code, setCode] = useState('')
  const [codeNeeded, setCodeNeeded] = useState(false)
  const [tried, setTried] = useState(false)
  const [problem, setProblem] = useState<unknown>(null)
  const [busy, setBusy] = useState(false)
  const missing = (value: string, text: string) => (tried && value.trim() === '' ? text : undefined)

  const send = async (event: FormEvent) => {
    event.preventDefault()
    setTried(true)
    if (busy || name.trim() === '' || password === '' || (codeNeeded && code.trim() === '')) return
    setBusy(true)
    setProblem(null)
    try {
      const digits = code.replace(/\s/g, '')
      const session = await signIn({ account: name.trim(), password, ...(digits === '' ? {} : { code: digits }) })
      onSignedIn?.(session)
    } catch (refused) {
      if (refused instanceof Problem && refused.kind === 'second-factor-needed') {
        setCodeNeeded(true)
        setTried(false)
      } else {
        setProblem(refused)
      }
    } finally {
      setBusy(false)
    }
  }

  const failed = problem instanceof Problem && problem.status === 401
  return (
    <form onSubmit={(event) => void send(event)} noValidate>
      {account === undefined ? (
        <TextField label={words.account} value={name} onChange={setName} defect={missing(name, words.accountMissing)} maxLength={128} autoComplete="username" autoFocus />
      ) : null}
      <TextField
        label={words.password} type="password" value={password} onChange={setPassword} defect={missing(password, words.passwordMissing)} maxLength={1024}
        autoComplete="current-password" autoFocus={account !== undefined}
      />
      {codeNeeded ? (
        <TextField
          label={words.code} help={words.codeHelp} value={code} onChange={setCode} defect={missing(code, words.codeMissing)} maxLength={12}
          autoComplete="one-time-code" inputMode="numeric" autoFocus
        />
      ) : null}
      {failed ? <Notice type="error" role="alert" className="refusal" message={words.failed} description={words.failedHelp} /> : <Refusal problem={problem} />}
      <Button look="primary" type="submit" busy={busy} block>{submit}</Button>
    </form>
  )
}
