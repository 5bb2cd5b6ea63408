import { accessWords } from '../../words/access/index.ts'
import { useLanguage, useWords } from '../../words/words.ts'
import { useSession } from '../api/session.tsx'
import { declared } from '../format.ts'
import { Notice } from '../plain/plain.tsx'
import { timeText } from '../times.ts'
import { useAccesses, type Accesses as Found } from './use_accesses.ts'

/** Which judges opened the case without its being assigned to them; and whether the reader does so just now. */
export function Accesses({ submission }: { readonly submission: string }) {
  return <AccessNotices {...useAccesses(submission)} />
}

/** The same for a page that knows them. */
export function AccessNotices({ all, own, settled }: Found) {
  const words = useWords(accessWords)
  const { language } = useLanguage()
  const { session } = useSession()
  if (all.length === 0) return null
  return (
    <>
      {own === undefined || !settled ? null : <Notice type="warning" role="status" message={words.banner.own(timeText(own.until, language))} />}
      <Notice
        type="info"
        message={words.onCase.title}
        description={
          <>
            <p>{session?.role === 'litigant' ? words.onCase.toParty : words.onCase.means}</p>
            <ul className="points">
              {all.map(({ id, judge = '', since, until, open, reason }) => (
                <li key={id}>
                  {words.onCase.line(judge, timeText(since, language), timeText(until, language))}
                  {open ? <> <strong>{words.onCase.open}</strong></> : null}
                  {reason === undefined ? null : <div className="quiet"><bdi>{words.onCase.reason(declared(reason))}</bdi></div>}
                </li>
              ))}
            </ul>
          </>
        }
      />
    </>
  )
}
