// Whether the files of a case are to go, or may not: what a clerk asks for, a judge confirms, and either stops.
import { Button, Card } from 'antd'
import { useState } from 'react'
import { reportWords } from '../../words/report/index.ts'
import { useLanguage, useWords } from '../../words/words.ts'
import { ask, askJson } from '../api/client.ts'
import { Problem } from '../api/problem.ts'
import { Refusal } from '../layout/states.tsx'
import { timeText } from '../times.ts'
import { useLoaded } from '../use_loaded.ts'
import { submissionPath } from './answers.ts'

const kReasons = ['retention-over', 'court-order', 'filed-in-error', 'person-asks'] as const
const kHoldReasons = ['appeal', 'retrial', 'inquiry', 'court-order'] as const
type Reason = (typeof kReasons)[number]
type HoldReason = (typeof kHoldReasons)[number]

interface Hold {
  readonly id: string
  readonly reason: HoldReason
  readonly placedAt: string
  readonly placedBy?: string
}

interface Deletion {
  readonly state: 'NONE' | 'ASKED' | 'CONFIRMED' | 'UNDER_WAY' | 'DELETED'
  readonly request?: string
  readonly reason?: Reason | 'deleted-before-restore'
  readonly askedAt?: string
  readonly askedBy?: string
  readonly confirmedBy?: string
  readonly dueAt?: string
  readonly deletedAt?: string
  readonly holds?: readonly Hold[]
}

interface DeletionCardProps {
  readonly submission: string
  readonly role: 'clerk' | 'judge'
  /** The reader opened the case without its being assigned to him: the gateway would refuse each step. */
  readonly forReading?: boolean
}

/** Nothing while it is loaded, and where it is not for the reader. That it could not be had is said: a hold may stand. */
export function NotLoaded({ problem, again }: { readonly problem: unknown; readonly again: () => void }) {
  const words = useWords(reportWords).deletion
  if (problem === null || (problem instanceof Problem && (problem.status === 403 || problem.status === 404))) return null
  return <Card title={<h2>{words.title}</h2>} className="no-print"><Refusal problem={problem} again={again} /></Card>
}

export function DeletionCard({ submission, role, forReading = false }: DeletionCardProps) {
  const words = useWords(reportWords).deletion
  const { language } = useLanguage()
  const path = `${submissionPath(submission)}/deletion`
  const loaded = useLoaded((signal) => askJson<Deletion>(path, { signal }), [path])
  const [reason, setReason] = useState<Reason>('retention-over')
  const [holdReason, setHoldReason] = useState<HoldReason>('appeal')
  const [problem, setProblem] = useState<unknown>(null)
  const step = async (method: 'POST' | 'PUT' | 'DELETE', part: string, json?: object) => {
    setProblem(null)
    try {
      await ask(`${path}${part}`, json === undefined ? { method } : { method, json })
      loaded.again()
    } catch (refused) {
      setProblem(refused)
    }
  }
  const now = loaded.value
  if (now === undefined) return <NotLoaded problem={loaded.problem} again={loaded.again} />
  const at = (time: string | undefined) => timeText(time, language)
  const stands = now.state === 'ASKED' || now.state === 'CONFIRMED'
  const holds = now.holds ?? []
  const over = now.state === 'UNDER_WAY' || now.state === 'DELETED'
  return (
    <Card title={<h2>{words.title}</h2>} className="no-print">
      <p>{words.state[now.state]}</p>
      {now.reason === undefined ? null : <p>{words.asked(words.reasons[now.reason], now.askedBy ?? '', at(now.askedAt))}</p>}
      {now.state === 'CONFIRMED' ? <p>{words.confirmed(now.confirmedBy ?? '', at(now.dueAt))}</p> : null}
      {now.state === 'DELETED' ? <p>{words.deleted(at(now.deletedAt))}</p> : null}
      {holds.map((hold) => (
        <p key={hold.id}>
          <span id={`hold-${hold.id}`}>{words.held(words.holdReasons[hold.reason], hold.placedBy ?? '', at(hold.placedAt))}</span>{' '}
          {role === 'judge' && !forReading ? (
            <Button aria-describedby={`hold-${hold.id}`} onClick={() => void step('DELETE', `/hold?hold=${encodeURIComponent(hold.id)}`)}>{words.release}</Button>
          ) : null}
        </p>
      ))}
      {role === 'clerk' && now.state === 'NONE' && holds.length === 0 ? (
        <p>
          <label>
            {words.reason}{' '}
            <select className="plain-select" value={reason} onChange={({ target }) => setReason(target.value as Reason)}>
              {kReasons.map((one) => <option key={one} value={one}>{words.reasons[one]}</option>)}
            </select>
          </label>{' '}
          <Button onClick={() => void step('POST', '', { reason })}>{words.ask}</Button>
        </p>
      ) : null}
      {over || forReading ? null : (
        <p>
          <label>
            {words.holdReason}{' '}
            <select className="plain-select" value={holdReason} onChange={({ target }) => setHoldReason(target.value as HoldReason)}>
              {kHoldReasons.map((one) => <option key={one} value={one}>{words.holdReasons[one]}</option>)}
            </select>
          </label>{' '}
          <Button onClick={() => void step('PUT', '/hold', { reason: holdReason })}>{words.hold}</Button>
        </p>
      )}
      {forReading ? null : (
        <div className="buttons">
          {role === 'judge' && now.state === 'ASKED' && holds.length === 0 ? <Button onClick={() => void step('POST', '/confirmation', { request: now.request })}>{words.confirm}</Button> : null}
          {stands ? <Button onClick={() => void step('DELETE', '')}>{words.cancel}</Button> : null}
        </div>
      )}
      {forReading && !over ? <p>{words.forReading}</p> : null}
      {over ? null : <p className="quiet">{words.help}</p>}
      <Refusal problem={problem} />
      <Refusal problem={loaded.problem} again={loaded.again} />
    </Card>
  )
}
