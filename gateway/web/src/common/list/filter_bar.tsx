// What the list is narrowed to. It stands in the address, so that it can be kept and gone back to.
import { Button, Checkbox, Input } from 'antd'
import { useEffect, useState } from 'react'
import { listWords } from '../../words/list/index.ts'
import { reportWords } from '../../words/report/index.ts'
import { useLanguage, useWords } from '../../words/words.ts'
import type { State } from '../api/types.ts'
import { itemVerdicts, submissionVerdicts, verdictWords } from '../verdicts.ts'
import type { Filter } from './lines.ts'

interface FilterBarProps {
  readonly filter: Filter
  readonly change: (filter: Filter) => void
  /** Whether it matters here to whom something is assigned. */
  readonly assigns: boolean
}

const kDeletions = ['PROPOSED', 'ASKED', 'CONFIRMED', 'UNDER_WAY', 'DELETED', 'HELD'] as const
const kStates: readonly State[] = ['RECEIVING', 'QUEUED', 'VERIFYING', 'DONE', 'REJECTED']
/** What is still being received is not read yet, so there is nothing else to narrow it down by. */
function withState(filter: Filter, state: string): Filter {
  return state === 'RECEIVING' ? { ...kNothing, state } : { ...filter, state }
}

const kNothing: Filter = { q: '', state: '', verdict: '', attention: false, unassigned: false, deletion: '' }

export function FilterBar({ filter, change, assigns }: FilterBarProps) {
  const words = useWords(listWords)
  const states = useWords(reportWords).state
  const { language } = useLanguage()
  const [text, setText] = useState(filter.q)
  useEffect(() => setText(filter.q), [filter.q])
  return (
    <div className="filter-bar no-print">
      <form className="filter-search" role="search" onSubmit={(event) => {
        event.preventDefault()
        change({ ...filter, q: text.trim() })
      }}>
        <label htmlFor="list-search">{words.search}</label>
        <Input id="list-search" value={text} onChange={({ target }) => setText(target.value)} maxLength={300} allowClear spellCheck={false} aria-describedby="list-search-help" />
        <Button type="primary" htmlType="submit">{words.searchButton}</Button>
        <p className="quiet" id="list-search-help">{words.searchHelp}</p>
      </form>
      <div className="filter-rest">
        <select className="plain-select" aria-label={words.state} value={filter.state} onChange={({ target }) => change(withState(filter, target.value))}>
          <option value="">{words.anyState}</option>
          {kStates.map((one) => <option key={one} value={one}>{states[one]}</option>)}
        </select>
        <select className="plain-select" aria-label={words.verdict} value={filter.verdict} onChange={({ target }) => change({ ...filter, verdict: target.value })}>
          <option value="">{words.anyVerdict}</option>
          {[...submissionVerdicts, ...itemVerdicts].map((one) => <option key={one} value={one}>{verdictWords(one, language).label}</option>)}
        </select>
        <select className="plain-select" aria-label={words.deletion} value={filter.deletion} onChange={({ target }) => change({ ...filter, deletion: target.value })}>
          <option value="">{words.anyDeletion}</option>
          {kDeletions.map((one) => <option key={one} value={one}>{words.deletions[one]}</option>)}
        </select>
        <Checkbox checked={filter.attention} onChange={({ target }) => change({ ...filter, attention: target.checked })}>{words.attention}</Checkbox>
        {assigns ? <Checkbox checked={filter.unassigned} onChange={({ target }) => change({ ...filter, unassigned: target.checked })}>{words.unassigned}</Checkbox> : null}
        <Button type="link" onClick={() => change(kNothing)}>{words.clear}</Button>
      </div>
    </div>
  )
}
