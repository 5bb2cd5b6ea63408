import { Alert, Button, Card, Descriptions, Form, Input } from 'antd'
import { useState } from 'react'
import { ask, askJson } from '../../common/api/client.ts'
import { useSession } from '../../common/api/session.tsx'
import { Page } from '../../common/layout/page.tsx'
import { Refusal } from '../../common/layout/states.tsx'
import { layoutWords } from '../../words/layout/index.ts'
import { signInWords } from '../../words/sign_in/index.ts'
import { useWords } from '../../words/words.ts'

const kPasswordLength = 12

interface Work {
  readonly busy: boolean
  readonly problem: unknown
  readonly said: string
  readonly run: (work: () => Promise<string>) => void
}

/** One thing at a time: what it said, or why it was refused. */
function useWork(): Work {
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<unknown>(null)
  const [said, setSaid] = useState('')
  const run = (work: () => Promise<string>) => {
    setBusy(true)
    setProblem(null)
    setSaid('')
    work().then(setSaid, setProblem).finally(() => setBusy(false))
  }
  return { busy, problem, said, run }
}

function Outcome({ work }: { readonly work: Work }) {
  return (
    <div aria-live="polite">
      {work.said === '' ? null : <Alert type="success" showIcon message={work.said} />}
      <Refusal problem={work.problem} />
    </div>
  )
}

function Password() {
  const words = useWords(signInWords).settings
  const work = useWork()
  const [form] = Form.useForm<{ old: string; next: string }>()
  const change = ({ old, next }: { old: string; next: string }) =>
    work.run(async () => {
      await ask('/v1/session/password', { method: 'PUT', json: { old, new: next } })
      form.resetFields()
      return words.changed
    })
  return (
    <Card title={<h2>{words.password}</h2>}>
      <Form form={form} layout="vertical" requiredMark={false} onFinish={change} disabled={work.busy}>
        <Form.Item name="old" label={words.old} rules={[{ required: true, message: words.old }]}>
          <Input.Password autoComplete="current-password" visibilityToggle={false} />
        </Form.Item>
        <Form.Item name="next" label={words.next} extra={words.nextHelp} rules={[{ required: true, min: kPasswordLength, message: words.nextTooShort }]}>
          <Input.Password autoComplete="new-password" visibilityToggle={false} />
        </Form.Item>
        <Form.Item
          name="again"
          label={words.again}
          dependencies={['next']}
          rules={[({ getFieldValue }) => ({ validator: (_, value) => (value === getFieldValue('next') ? Promise.resolve() : Promise.reject(new Error(words.differs))) })]}
        >
          <Input.Password autoComplete="new-password" visibilityToggle={false} />
        </Form.Item>
        <Outcome work={work} />
        <Button type="primary" htmlType="submit">{words.change}</Button>
      </Form>
    </Card>
  )
}

function SecondFactor() {
  const words = useWords(signInWords)
  const { session, refresh } = useSession()
  const work = useWork()
  const [secret, setSecret] = useState<string | null>(null)
  const enrolled = session?.secondFactor === true
  const begin = () =>
    work.run(async () => {
      const made = await askJson<{ secret: string }>('/v1/session/second-factor', { method: 'POST' })
      setSecret(made.secret)
      return ''
    })
  const finish = ({ code }: { code: string }) =>
    work.run(async () => {
      await ask(enrolled ? '/v1/session/second-factor/removal' : '/v1/session/second-factor', { method: enrolled ? 'POST' : 'PUT', json: { code: code.replace(/\s/g, '') } })
      setSecret(null)
      await refresh()
      return enrolled ? words.settings.removed : words.settings.enrolled
    })
  return (
    <Card title={<h2>{words.settings.factor}</h2>}>
      <p>{enrolled ? words.settings.factorOn : words.settings.factorOff}</p>
      {!enrolled && secret === null ? <Button onClick={begin} loading={work.busy}>{words.settings.enrol}</Button> : (
        <Form layout="vertical" requiredMark={false} onFinish={finish} disabled={work.busy}>
          {secret === null ? null : (
            <>
              <p>{words.settings.enrolHelp}</p>
              <p>{words.settings.secret} <code className="fingerprint">{secret}</code></p>
            </>
          )}
          <Form.Item name="code" label={words.code} rules={[{ required: true, message: words.codeMissing }]}>
            <Input autoComplete="one-time-code" inputMode="numeric" maxLength={12} />
          </Form.Item>
          <Button htmlType="submit" danger={enrolled}>{enrolled ? words.settings.remove : words.settings.confirm}</Button>
        </Form>
      )}
      <Outcome work={work} />
    </Card>
  )
}

export default function Account() {
  const words = useWords(signInWords).settings
  const roles = useWords(layoutWords).roles
  const { session } = useSession()
  if (session == null) return null
  const court = session.court === null ? session.courts.map((one) => one.name).join(words.between) : session.court.name
  return (
    <Page title={words.title}>
      <Descriptions
        column={1}
        bordered
        size="small"
        items={[
          { key: 'who', label: words.who, children: <bdi>{session.name} ({session.account})</bdi> },
          { key: 'role', label: words.role, children: roles[session.role] },
          { key: 'court', label: session.court === null ? words.courts : words.court, children: court === '' ? words.none : court },
        ]}
      />
      <Password />
      <SecondFactor />
    </Page>
  )
}
