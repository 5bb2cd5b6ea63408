import { Alert, Button, Card } from 'antd'
import { Facts } from '../../common/layout/facts.tsx'
import { Page } from '../../common/layout/page.tsx'
import { Rows } from '../../common/layout/rows.tsx'
import { Loading, Refusal } from '../../common/layout/states.tsx'
import { timeText } from '../../common/times.ts'
import { operatorWords } from '../../words/operator/index.ts'
import { useLanguage, useWords } from '../../words/words.ts'
import { useOperatorState, type OperatorState } from './operator_state.ts'

export function StatePage() {
  const words = useWords(operatorWords)
  const loaded = useOperatorState()
  return (
    <Page wide title={words.state} actions={<Button onClick={loaded.again} loading={loaded.loading}>{words.refresh}</Button>}>
      <Refusal problem={loaded.problem} again={loaded.again} />
      {loaded.value === undefined ? (loaded.loading ? <Loading /> : null) : <State state={loaded.value} />}
      <p className="quiet">{words.contentNone}</p>
    </Page>
  )
}

function State({ state }: { readonly state: OperatorState }) {
  const words = useWords(operatorWords)
  const { language } = useLanguage()
  const parts: Readonly<Record<string, string>> = words.parts
  return (
    <>
      <Alert role="status" type={state.ready ? 'success' : 'error'} showIcon message={state.ready ? words.ready : words.notReady} />
      <Card title={<h2>{words.checks}</h2>}>
        <Rows
          caption={words.checks}
          rows={state.checks}
          keyOf={({ name }) => name}
          marked={({ good }) => !good}
          columns={[
            { key: 'name', title: words.check, render: ({ name }) => parts[name] ?? name },
            { key: 'good', title: words.result, render: ({ good }) => (good ? words.good : <strong>{words.bad}</strong>) },
          ]}
        />
      </Card>
      <Card title={<h2>{words.work}</h2>}>
        <Facts items={[
          { key: 'receiving', label: words.receiving, children: state.queue.receiving },
          { key: 'queued', label: words.queued, children: state.queue.queued },
          { key: 'verifying', label: words.verifying, children: state.queue.verifying },
          { key: 'waiting', label: words.waiting, children: state.backlog.waiting },
          { key: 'overdue', label: words.overdue, children: state.backlog.overdue },
          { key: 'webhooks', label: words.webhooks, children: state.webhooks.pending },
          { key: 'scanner', label: words.scanner, children: words.scannerStates[state.malwareScanner.state] },
          ...(state.malwareScanner.state === 'NONE' ? [] : [
            { key: 'scanned', label: words.toScan, children: state.malwareScanner.pending },
            { key: 'found', label: words.withMalware, children: state.malwareScanner.found },
          ]),
          { key: 'version', label: words.version, children: state.version },
          { key: 'since', label: words.since, children: timeText(state.startedAt, language) },
          { key: 'listeners', label: words.listeners, children: <>{state.listeners.map(({ name, address }) => <div key={name}>{name}: {address}</div>)}</> },
        ]} />
      </Card>
      <SelfTest test={state.selfTest} />
    </>
  )
}

function SelfTest({ test }: { readonly test: OperatorState['selfTest'] }) {
  const words = useWords(operatorWords)
  const { language } = useLanguage()
  const acts: Readonly<Record<string, string>> = words.acts
  return (
    <Card title={<h2>{words.selfTest}</h2>}>
      <Facts long items={[
        { key: 'at', label: words.selfTestAt, children: timeText(test.at, language) },
        { key: 'said', label: words.selfTestSaid, children: words.selfTestGood(test.stopped.length) },
        { key: 'acts', label: words.selfTestActs, children: <>{test.stopped.map((act) => <div key={act}>{acts[act] ?? act}</div>)}</> },
        { key: 'lacking', label: words.selfTestLacking, children: test.lacking.length === 0 ? words.nothingLacking : <>{test.lacking.map((one) => <div key={one}><bdi>{one}</bdi></div>)}</> },
      ]} />
      <p className="quiet">{words.selfTestHelp}</p>
    </Card>
  )
}
