import { Alert, Card } from 'antd'
import { Facts } from '../../common/layout/facts.tsx'
import { Page } from '../../common/layout/page.tsx'
import { Rows } from '../../common/layout/rows.tsx'
import { Loading, Refusal } from '../../common/layout/states.tsx'
import { dayText, timeText } from '../../common/times.ts'
import { operatorWords } from '../../words/operator/index.ts'
import { reportWords } from '../../words/report/index.ts'
import { useLanguage, useWords, type Language } from '../../words/words.ts'
import { useOperatorState, type Institution, type Name, type OperatorState, type TrustedKey, type TrustList } from './operator_state.ts'
import { TrustPreview } from './trust_preview.tsx'

function nameIn(name: Name, id: string, language: Language): string {
  return name[language] ?? name.zh ?? name.en ?? id
}

export function TrustPage() {
  const words = useWords(operatorWords)
  const loaded = useOperatorState()
  const state = loaded.value
  return (
    <Page wide title={words.trust}>
      <Refusal problem={loaded.problem} again={loaded.again} />
      {state === undefined && loaded.loading ? <Loading /> : null}
      {state === undefined || state.trustList === null ? null : <InForce list={state.trustList} policy={state.policy} />}
      <TrustPreview />
    </Page>
  )
}

function InForce({ list, policy }: { readonly list: TrustList; readonly policy: OperatorState['policy'] }) {
  const words = useWords(operatorWords)
  const { comma } = useWords(reportWords)
  const { language } = useLanguage()
  return (
    <>
      {list.sample ? <Alert type="warning" showIcon message={words.sample} /> : null}
      {Date.parse(list.nextUpdate) < Date.now() ? <Alert type="error" showIcon message={words.overdueList} /> : null}
      <Card title={<h2>{words.list}</h2>}>
        <Facts items={[
          { key: 'id', label: words.id, children: list.id },
          { key: 'version', label: words.listVersion, children: list.version },
          { key: 'issued', label: words.issued, children: timeText(list.issued, language) },
          { key: 'next', label: words.nextUpdate, children: timeText(list.nextUpdate, language) },
          { key: 'digest', label: words.digest, children: <span className="fingerprint">{list.digest}</span> },
          { key: 'signers', label: words.signers, children: <>{list.signers.map((one) => <div key={one} className="fingerprint">{one}</div>)}</> },
          ...(policy === null ? [] : [{ key: 'policy', label: words.policy, children: <>{words.policyText(policy.id, policy.version)}<div className="fingerprint">{policy.digest}</div></> }]),
        ]} />
      </Card>
      <Card title={<h2>{words.institutions}</h2>}><Institutions institutions={list.institutions} /></Card>
      <Card title={<h2>{words.quorums}</h2>}>
        <ul className="points">
          {list.quorums.map(({ id, atLeast, of }) => (
            <li key={id}>{id}: {words.quorum(atLeast, of.map((one) => nameIn(list.institutions.find((each) => each.id === one)?.name ?? {}, one, language)).join(comma))}</li>
          ))}
        </ul>
      </Card>
      <Card title={<h2>{words.ledgers}</h2>}>
        <Rows
          caption={words.ledgers}
          rows={list.ledgers}
          keyOf={({ id }) => id}
          columns={[
            { key: 'name', title: words.ledger, render: ({ id, name }) => <>{nameIn(name, id, language)} <span className="quiet">{id}</span></> },
            { key: 'format', title: words.format, render: ({ format }) => format },
          ]}
        />
      </Card>
    </>
  )
}

function Institutions({ institutions }: { readonly institutions: readonly Institution[] }) {
  const words = useWords(operatorWords)
  const { language } = useLanguage()
  const kinds: Readonly<Record<string, string>> = words.kinds
  return (
    <Rows
      caption={words.institutions}
      rows={institutions}
      keyOf={({ id }) => id}
      columns={[
        { key: 'name', title: words.institution, render: ({ id, name }) => <>{nameIn(name, id, language)} <span className="quiet">{id}</span></> },
        { key: 'kind', title: words.kind, render: ({ kind }) => kinds[kind] ?? kind },
        {
          key: 'keys', title: words.keysOf,
          render: ({ keys, authorities }) => (
            <ul className="points">
              {keys.map((key) => <KeyLine key={key.id} one={key} />)}
              {authorities === 0 ? null : <li>{words.authorities(authorities)}</li>}
            </ul>
          ),
        },
      ]}
    />
  )
}

function KeyLine({ one }: { readonly one: TrustedKey }) {
  const words = useWords(operatorWords)
  const { language } = useLanguage()
  const over = one.validUntil !== undefined && Date.parse(one.validUntil) < Date.now()
  return (
    <li>
      {words.keyLine(one.id, one.algorithm, dayText(one.validFrom, language), dayText(one.validUntil, language))}
      {over ? <strong> {words.expired}</strong> : null}
      {one.revokedAt === undefined ? null : <strong> {words.revoked(dayText(one.revokedAt, language))}</strong>}
    </li>
  )
}
