import { useEffect, useState } from 'react'
import { reportWords } from '../../words/report/index.ts'
import { useWords } from '../../words/words.ts'
import type { State } from '../api/types.ts'

/** For those who do not see the page change: the state it came to, said once. Nothing of the one it was opened in. */
export function StateLine({ state }: { readonly state: State }) {
  const words: Readonly<Record<string, string>> = useWords(reportWords).state
  const [first] = useState(state)
  const [changed, setChanged] = useState(false)
  useEffect(() => {
    if (state !== first) setChanged(true)
  }, [state, first])
  return <div role="status" className="unseen">{changed ? words[state] : ''}</div>
}
