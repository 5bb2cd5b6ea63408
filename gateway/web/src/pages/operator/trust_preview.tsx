// What another trust list would change, before anybody puts it in force. Choosing a file here puts nothing in force.
import { Card } from 'antd'
import { useState } from 'react'
import { DropZone } from '../../common/layout/drop_zone.tsx'
import { Facts } from '../../common/layout/facts.tsx'
import { Rows } from '../../common/layout/rows.tsx'
import { Loading, Refusal } from '../../common/layout/states.tsx'
import { Notice } from '../../common/plain/plain.tsx'
import { timeText } from '../../common/times.ts'
import { operatorWords } from '../../words/operator/index.ts'
import { useLanguage, useWords } from '../../words/words.ts'
import type { TrustList } from './operator_state.ts'
import { compare, kListBytesAtMost, typeOfList, type Change, type Comparison, type Order } from './trust_lists.ts'

const kLooks: Readonly<Record<Order, 'info' | 'warning' | 'error'>> = { NEWER: 'info', SAME: 'info', SAME_VERSION: 'warning', OTHER_LIST: 'warning', OLDER: 'error' }

export function TrustPreview() {
  const words = useWords(operatorWords).preview
  const [name, setName] = useState('')
  const [busy, setBusy] = useState(false)
  const [refusal, setRefusal] = useState('')
  const [problem, setProblem] = useState<unknown>(null)
  const [found, setFound] = useState<Comparison | null>(null)

  const read = async (file: File) => {
    const type = typeOfList(file.name)
    setName(file.name)
    setProblem(null)
    setFound(null)
    setRefusal(type === undefined ? words.unknownKind : file.size > kListBytesAtMost ? words.tooLarge : '')
    if (type === undefined || file.size > kListBytesAtMost) return
    setBusy(true)
    try {
      setFound(await compare(file, type))
    } catch (refused) {
      setProblem(refused)
    } finally {
      setBusy(false)
    }
  }
  return (
    <Card title={<h2>{words.title}</h2>}>
      <p>{words.intro}</p>
      <DropZone label={words.choose} invitation={words.drop} help={words.help} accept=".zip,.toml"
        onFiles={([file]) => {
          if (file !== undefined && !busy) void read(file)
        }} />
      {name === '' ? null : <p><bdi>{words.chosen(name)}</bdi></p>}
      {refusal === '' ? null : <Notice type="error" role="alert" message={refusal} />}
      <div aria-live="polite">
        {busy ? <Loading /> : null}
        {found === null ? null : <Difference found={found} />}
        <Refusal problem={problem} />
      </div>
    </Card>
  )
}

function Difference({ found }: { readonly found: Comparison }) {
  const words = useWords(operatorWords).preview
  const kinds: Readonly<Record<string, string>> = words.kinds
  const overdue = Date.parse(found.proposed.nextUpdate) < Date.now()
  return (
    <section aria-label={words.difference} className="answer">
      <Notice type={kLooks[found.order]} message={words.orders[found.order]} />
      {overdue ? <Notice type="error" message={words.overdue} /> : null}
      {found.proposed.sample ? <Notice type="warning" message={words.sample} /> : null}
      <div className="side-by-side">
        <Head title={words.inForce} list={found.inForce} />
        <Head title={words.proposed} list={found.proposed} />
      </div>
      <h3>{words.changes(found.changes.length)}</h3>
      {found.changes.length === 0 ? null : (
        <Rows
          caption={words.difference}
          rows={found.changes.map((change, at) => ({ ...change, at }))}
          keyOf={({ at }) => String(at)}
          columns={[
            { key: 'change', title: words.change, render: ({ change }) => <strong>{words.did[change]}</strong> },
            { key: 'kind', title: words.kind, render: ({ kind }) => kinds[kind] ?? kind },
            { key: 'id', title: words.what, render: ({ of, id }) => <bdi className="fingerprint">{of === undefined ? id : `${of} / ${id}`}</bdi> },
            { key: 'facts', title: words.content, render: (change) => <ChangedFacts change={change} /> },
          ]}
        />
      )}
      <p className="quiet">{words.notLookedAt}</p>
    </section>
  )
}

function Head({ title, list }: { readonly title: string; readonly list: TrustList }) {
  const words = useWords(operatorWords)
  const { language } = useLanguage()
  return (
    <section aria-label={title}>
      <h3>{title}</h3>
      <Facts long items={[
        { key: 'id', label: words.id, children: <bdi>{list.id}</bdi> },
        { key: 'version', label: words.listVersion, children: list.version },
        { key: 'issued', label: words.issued, children: timeText(list.issued, language) },
        { key: 'next', label: words.nextUpdate, children: timeText(list.nextUpdate, language) },
        { key: 'digest', label: words.digest, children: <span className="fingerprint">{list.digest}</span> },
      ]} />
    </section>
  )
}

/** What was and what will be, each named by a word. */
function ChangedFacts({ change }: { readonly change: Change }) {
  const words = useWords(operatorWords).preview
  const facts: Readonly<Record<string, string>> = words.facts
  return (
    <ul className="points">
      {change.facts.map(({ name, before, after }) => (
        <li key={name}>
          <bdi>{facts[name] ?? name}</bdi>
          {change.change === 'ADDED' ? null : <div><span className="quiet">{words.before}</span> <Values values={before} /></div>}
          {change.change === 'REMOVED' ? null : <div><span className="quiet">{words.after}</span> <Values values={after} /></div>}
        </li>
      ))}
    </ul>
  )
}

function Values({ values }: { readonly values: readonly string[] }) {
  const words = useWords(operatorWords).preview
  if (values.length === 0) return <span>{words.absent}</span>
  return <>{values.map((value, at) => <span key={at} className="fingerprint">{at === 0 ? null : words.and}<bdi>{value}</bdi></span>)}</>
}
