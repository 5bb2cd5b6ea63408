import { Button, Card } from 'antd'
import { useState } from 'react'
import { assignmentPath, loadJudges, type Assignment as Assigned } from '../../common/access/access.ts'
import { ask, askJson } from '../../common/api/client.ts'
import { ChoiceField } from '../../common/layout/field.tsx'
import { Refusal } from '../../common/layout/states.tsx'
import { timeText } from '../../common/times.ts'
import { useLoaded } from '../../common/use_loaded.ts'
import { accessWords } from '../../words/access/index.ts'
import { useLanguage, useWords } from '../../words/words.ts'

/** Which judges the case is for. Nothing where the court assigns none. */
export function Assignment({ submission }: { readonly submission: string }) {
  const words = useWords(accessWords).assignment
  const { language } = useLanguage()
  const judges = useLoaded(loadJudges, [])
  const assigns = judges.value?.assignment === true
  const path = assignmentPath(submission)
  const assigned = useLoaded(assigns ? (signal) => askJson<Assigned>(path, { signal }) : null, [path, assigns])
  const [chosen, setChosen] = useState('')
  const [said, setSaid] = useState('')
  const [problem, setProblem] = useState<unknown>(null)
  const [busy, setBusy] = useState(false)
  if (!assigns) return <Refusal problem={judges.problem} again={judges.again} />
  const names = new Map<string, string>((judges.value?.items ?? []).map(({ account, name }) => [account, `${name} (${account})`]))
  const nameOf = (account: string) => names.get(account) ?? account
  const all = assigned.value?.items ?? []
  const others = (judges.value?.items ?? []).filter(({ account }) => all.every((one) => one.account !== account))
  const change = (work: () => Promise<unknown>, done: string) => {
    setBusy(true)
    setSaid('')
    setProblem(null)
    work()
      .then(() => {
        setSaid(done)
        setChosen('')
        assigned.again()
      })
      .catch(setProblem)
      .finally(() => setBusy(false))
  }
  const assign = () => change(() => ask(path, { method: 'POST', json: { account: chosen } }), words.assigned(nameOf(chosen)))
  const remove = (account: string) => change(() => ask(`${path}?account=${encodeURIComponent(account)}`, { method: 'DELETE' }), words.removed(nameOf(account)))
  return (
    <Card title={<h2>{words.title}</h2>} className="no-print">
      <Refusal problem={assigned.problem} again={assigned.again} />
      {assigned.value === undefined ? null : all.length === 0 ? <p>{words.none}</p> : (
        <ul className="points">
          {all.map(({ account, by, at }) => (
            <li key={account}>
              <bdi>{words.line(nameOf(account), by, timeText(at, language))}</bdi>{' '}
              <Button size="small" disabled={busy} onClick={() => remove(account)}>{words.remove(nameOf(account))}</Button>
            </li>
          ))}
        </ul>
      )}
      {others.length === 0 ? <p className="quiet">{words.nobodyLeft}</p> : (
        <form onSubmit={(event) => {
          event.preventDefault()
          if (chosen !== '' && !busy) assign()
        }}>
          <ChoiceField label={words.choose} value={chosen} placeholder={words.placeholder} onChange={setChosen} options={others.map(({ account }) => ({ value: account, label: nameOf(account) }))} />
          <Button htmlType="submit" disabled={chosen === '' || busy}>{words.assign}</Button>
        </form>
      )}
      <div role="status">{said}</div>
      <Refusal problem={problem} />
    </Card>
  )
}
