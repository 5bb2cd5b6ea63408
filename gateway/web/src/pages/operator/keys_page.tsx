import { Page } from '../../common/layout/page.tsx'
import { Rows } from '../../common/layout/rows.tsx'
import { Loading, Refusal } from '../../common/layout/states.tsx'
import { timeText } from '../../common/times.ts'
import { operatorWords } from '../../words/operator/index.ts'
import { useLanguage, useWords } from '../../words/words.ts'
import { useOperatorState } from './operator_state.ts'
import { Soon } from './soon.tsx'

export function KeysPage() {
  const words = useWords(operatorWords)
  const { language } = useLanguage()
  const loaded = useOperatorState()
  const uses: Readonly<Record<string, string>> = words.uses
  return (
    <Page wide title={words.keys}>
      <Refusal problem={loaded.problem} again={loaded.again} />
      {loaded.value === undefined && loaded.loading ? <Loading /> : null}
      <p>{words.ownKeysHelp}</p>
      {loaded.value === undefined ? null : (
        <Rows
          caption={words.ownKeys}
          rows={loaded.value.keys}
          keyOf={({ use, sha256 }) => `${use} ${sha256}`}
          columns={[
            { key: 'use', title: words.use, render: ({ use }) => uses[use] ?? use },
            { key: 'algorithm', title: words.algorithm, render: ({ algorithm }) => algorithm },
            { key: 'until', title: words.validUntil, render: (key) => <>{timeText(key.validUntil, language)}<Soon until={key.validUntil} /></> },
            { key: 'sha256', title: words.fingerprint, render: ({ sha256 }) => <span className="fingerprint">{sha256}</span> },
          ]}
        />
      )}
    </Page>
  )
}
