// Whom the list in force believes, and until when.
import { Alert, Card } from 'antd'
import { Rows } from '../../common/layout/rows.tsx'
import { timeText } from '../../common/times.ts'
import { operatorWords } from '../../words/operator/index.ts'
import { useLanguage, useWords } from '../../words/words.ts'
import { Soon } from './soon.tsx'
import { endingSoon, institutionOf, nameOf, valueOf, valuesOf, type Entry } from './trust_lists.ts'

/** Only where something does. */
export function EndsSoon({ entries }: { readonly entries: readonly Entry[] }) {
  const words = useWords(operatorWords).believed
  const { language } = useLanguage()
  const soon = endingSoon(entries, Date.now())
  if (soon.length === 0) return null
  return (
    <Alert type="warning" showIcon message={words.endsSoon} description={
      <ul className="points">
        {soon.map((entry) => (
          <li key={`${entry.kind} ${entry.of} ${entry.id}`}>
            <bdi>{institutionOf(entries, entry.of, language)}</bdi> <KeyName entry={entry} /> <Soon until={valueOf(entry, 'validUntil')} />
          </li>
        ))}
      </ul>
    } />
  )
}

export function TrustEntries({ entries }: { readonly entries: readonly Entry[] }) {
  const words = useWords(operatorWords).believed
  const { language } = useLanguage()
  const of = (kind: string) => entries.filter((entry) => entry.kind === kind)
  const institutions = of('institution')
  const kinds: Readonly<Record<string, string>> = words.kinds
  const classes: Readonly<Record<string, string>> = words.classes
  const called = (id: string | undefined) => institutionOf(entries, id, language)
  const soon = endingSoon(entries, Date.now())
  const ends = entries.filter(({ kind }) => kind === 'key' || kind === 'ca')
  return (
    <>
      <Card title={<h2>{words.institutions}</h2>}>
        <Rows
          caption={words.institutions}
          rows={institutions}
          keyOf={({ id }) => id}
          columns={[
            { key: 'name', title: words.name, render: (entry) => <bdi>{nameOf(entry, language)}</bdi> },
            { key: 'kind', title: words.kind, render: (entry) => kinds[valueOf(entry, 'kind')] ?? valueOf(entry, 'kind') },
            { key: 'id', title: words.id, render: ({ id }) => <bdi>{id}</bdi> },
            { key: 'linked', title: words.linked, render: (entry) => <Several values={valuesOf(entry, 'linkedParties')} /> },
          ]}
        />
      </Card>
      <Card title={<h2>{words.ends}</h2>}>
        <Rows
          caption={words.ends}
          rows={ends}
          keyOf={({ kind, of: institution, id }) => `${kind} ${institution} ${id}`}
          marked={(entry) => soon.includes(entry)}
          columns={[
            { key: 'of', title: words.name, render: (entry) => <bdi>{called(entry.of)}</bdi> },
            { key: 'what', title: words.key, render: (entry) => <KeyName entry={entry} /> },
            { key: 'from', title: words.from, render: (entry) => timeText(valueOf(entry, 'validFrom') || null, language) || words.unbounded },
            {
              key: 'until', title: words.until, render: (entry) => (
                <>
                  {timeText(valueOf(entry, 'validUntil') || null, language) || words.unbounded}
                  {valueOf(entry, 'revokedAt') === '' ? <Soon until={valueOf(entry, 'validUntil')} /> : <div><strong>{words.revoked(timeText(valueOf(entry, 'revokedAt'), language))}</strong></div>}
                </>
              ),
            },
          ]}
        />
        <p className="quiet">{words.endsHelp}</p>
      </Card>
      <Card title={<h2>{words.quorums}</h2>}>
        <Rows
          caption={words.quorums}
          rows={of('quorum')}
          keyOf={({ id }) => id}
          columns={[
            { key: 'id', title: words.id, render: ({ id }) => <bdi>{id}</bdi> },
            { key: 'least', title: words.atLeast, render: (entry) => words.outOf(valueOf(entry, 'atLeast'), valuesOf(entry, 'of').length) },
            { key: 'of', title: words.members, render: (entry) => <Several values={valuesOf(entry, 'of').map(called)} /> },
            { key: 'must', title: words.must, render: (entry) => <Several values={valuesOf(entry, 'mustIncludeKinds').map((kind) => kinds[kind] ?? kind)} /> },
          ]}
        />
      </Card>
      <Card title={<h2>{words.ledgers}</h2>}>
        <Rows
          caption={words.ledgers}
          rows={of('ledger')}
          keyOf={({ id }) => id}
          columns={[
            { key: 'name', title: words.ledger, render: (entry) => <bdi>{nameOf(entry, language)}</bdi> },
            { key: 'id', title: words.id, render: ({ id }) => <bdi>{id}</bdi> },
            { key: 'format', title: words.format, render: (entry) => valueOf(entry, 'format') },
            { key: 'quorum', title: words.quorum, render: (entry) => <bdi>{valueOf(entry, 'quorum') || words.none}</bdi> },
          ]}
        />
      </Card>
      {of('time-authority').length === 0 ? null : (
        <Card title={<h2>{words.authorities}</h2>}>
          <Rows
            caption={words.authorities}
            rows={of('time-authority')}
            keyOf={(entry) => `${entry.id} ${JSON.stringify(entry.facts)}`}
            columns={[
              { key: 'name', title: words.name, render: ({ id }) => <bdi>{called(id)}</bdi> },
              { key: 'class', title: words.class, render: (entry) => classes[valueOf(entry, 'class')] ?? valueOf(entry, 'class') },
              { key: 'from', title: words.accepted, render: (entry) => timeText(valueOf(entry, 'acceptedFrom') || null, language) || words.unbounded },
              { key: 'policies', title: words.policies, render: (entry) => <Several values={valuesOf(entry, 'policies')} /> },
            ]}
          />
        </Card>
      )}
    </>
  )
}

/** A key by its own name; a certificate by its subject's and the beginning of its fingerprint. */
function KeyName({ entry }: { readonly entry: Entry }) {
  const words = useWords(operatorWords).believed
  if (entry.kind === 'key') return <bdi>{words.keyNamed(entry.id, valueOf(entry, 'algorithm'))}</bdi>
  return <bdi>{words.caNamed(valueOf(entry, 'subject'), entry.id.slice(0, 16))}</bdi>
}

function Several({ values }: { readonly values: readonly string[] }) {
  const words = useWords(operatorWords).believed
  if (values.length === 0) return <span className="quiet">{words.none}</span>
  return <>{values.map((value) => <div key={value}><bdi>{value}</bdi></div>)}</>
}
