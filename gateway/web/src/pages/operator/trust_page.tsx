import { Alert, Card } from 'antd'
import { Facts } from '../../common/layout/facts.tsx'
import { Page } from '../../common/layout/page.tsx'
import { Loading, Refusal } from '../../common/layout/states.tsx'
import { timeText } from '../../common/times.ts'
import { operatorWords } from '../../words/operator/index.ts'
import { useLanguage, useWords } from '../../words/words.ts'
import { useOperatorState, type OperatorState, type TrustList } from './operator_state.ts'
import { EndsSoon, TrustEntries } from './trust_entries.tsx'
import { useTrustInForce } from './trust_lists.ts'
import { TrustPreview } from './trust_preview.tsx'

export function TrustPage() {
  const words = useWords(operatorWords)
  const loaded = useOperatorState()
  const trust = useTrustInForce()
  const state = loaded.value
  return (
    <Page wide title={words.trust}>
      <Refusal problem={loaded.problem} again={loaded.again} />
      {state === undefined && loaded.loading ? <Loading /> : null}
      {state === undefined || state.trustList === null ? null : <InForce list={state.trustList} policy={state.policy} />}
      {trust.value === undefined ? null : <EndsSoon entries={trust.value.entries} />}
      <TrustPreview />
      <Refusal problem={trust.problem} again={trust.again} />
      {trust.value === undefined ? null : <TrustEntries entries={trust.value.entries} />}
    </Page>
  )
}

function InForce({ list, policy }: { readonly list: TrustList; readonly policy: OperatorState['policy'] }) {
  const words = useWords(operatorWords)
  const { language } = useLanguage()
  return (
    <>
      {list.sample ? <Alert type="warning" showIcon message={words.sample} /> : null}
      {Date.parse(list.nextUpdate) < Date.now() ? <Alert type="error" showIcon message={words.overdueList} /> : null}
      <Card title={<h2>{words.list}</h2>}>
        <Facts long items={[
          { key: 'id', label: words.id, children: list.id },
          { key: 'version', label: words.listVersion, children: list.version },
          { key: 'issued', label: words.issued, children: timeText(list.issued, language) },
          { key: 'next', label: words.nextUpdate, children: timeText(list.nextUpdate, language) },
          { key: 'digest', label: words.digest, children: <span className="fingerprint">{list.digest}</span> },
          ...(policy === null ? [] : [{ key: 'policy', label: words.policy, children: <span className="fingerprint">{policy.digest}</span> }]),
        ]} />
      </Card>
    </>
  )
}
