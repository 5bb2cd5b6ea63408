import { operatorWords } from '../../words/operator/index.ts'
import { useWords } from '../../words/words.ts'
import { daysUntil } from './operator_state.ts'
import { kSoonDays } from './trust_lists.ts'

/** Beside the end of something: that it is over, or soon will be. */
export function Soon({ until }: { readonly until: string | undefined }) {
  const words = useWords(operatorWords)
  if (until === undefined || until === '') return null
  const days = daysUntil(until, Date.now())
  if (days >= kSoonDays) return null
  return <div><strong>{days < 0 ? words.expired : words.soon(days)}</strong></div>
}
