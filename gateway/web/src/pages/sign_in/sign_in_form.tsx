import { Alert, Button, Form, Input, type InputRef } from 'antd'
import { useEffect, useRef, useState } from 'react'
import { Problem } from '../../common/api/problem.ts'
import { useSession } from '../../common/api/session.tsx'
import type { Session } from '../../common/api/types.ts'
import { Refusal } from '../../common/layout/states.tsx'
import { signInWords } from '../../words/sign_in/index.ts'
import { useWords } from '../../words/words.ts'

interface SignInFormProps {
  /** Where only this one may sign in. */
  readonly account?: string
  readonly submit: string
  readonly onSignedIn?: (session: Session) => void
}

interface Fields {
  account?: string
  password: string
  code?: string
}

export function SignInForm({ account, submit, onSignedIn }: SignInFormProps) {
  const words = useWords(signInWords)
  const { signIn } = useSession()
  const [codeNeeded, setCodeNeeded] = useState(false)
  const [problem, setProblem] = useState<unknown>(null)
  const [busy, setBusy] = useState(false)
  const codeField = useRef<InputRef>(null)
  useEffect(() => {
    if (codeNeeded) codeField.current?.focus()
  }, [codeNeeded])

  const finish = async (fields: Fields) => {
    setBusy(true)
    setProblem(null)
    const code = fields.code?.replace(/\s/g, '') ?? ''
    try {
      const session = await signIn({ account: account ?? fields.account?.trim() ?? '', password: fields.password, ...(code === '' ? {} : { code }) })
      onSignedIn?.(session)
    } catch (refused) {
      if (refused instanceof Problem && refused.kind === 'second-factor-needed') setCodeNeeded(true)
      else setProblem(refused)
    } finally {
      setBusy(false)
    }
  }

  const failed = problem instanceof Problem && problem.status === 401
  return (
    <Form layout="vertical" requiredMark={false} onFinish={(fields: Fields) => void finish(fields)} disabled={busy}>
      {account === undefined ? (
        <Form.Item name="account" label={words.account} rules={[{ required: true, message: words.accountMissing }]}>
          <Input autoComplete="username" autoFocus maxLength={128} spellCheck={false} />
        </Form.Item>
      ) : null}
      <Form.Item name="password" label={words.password} rules={[{ required: true, message: words.passwordMissing }]}>
        <Input.Password autoComplete="current-password" autoFocus={account !== undefined} maxLength={1024} visibilityToggle={false} />
      </Form.Item>
      {codeNeeded ? (
        <Form.Item name="code" label={words.code} extra={words.codeHelp} rules={[{ required: true, message: words.codeMissing }]}>
          <Input ref={codeField} autoComplete="one-time-code" inputMode="numeric" maxLength={12} />
        </Form.Item>
      ) : null}
      {failed ? <Alert type="error" showIcon role="alert" className="refusal" message={words.failed} description={words.failedHelp} /> : <Refusal problem={problem} />}
      <Button type="primary" htmlType="submit" loading={busy} block>{submit}</Button>
    </Form>
  )
}
