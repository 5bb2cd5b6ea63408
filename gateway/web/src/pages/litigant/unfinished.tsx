import { Link } from 'react-router'
import { askJson } from '../../common/api/client.ts'
import type { Line, Lines } from '../../common/api/types.ts'
import { declared } from '../../common/format.ts'
import { Refusal } from '../../common/layout/states.tsx'
import { Notice } from '../../common/plain/plain.tsx'
import { timeText } from '../../common/times.ts'
import { useLoaded } from '../../common/use_loaded.ts'
import { litigantWords } from '../../words/litigant/index.ts'
import { useLanguage, useWords } from '../../words/words.ts'

/** Submissions whose files have not all arrived, whichever device began them; `here` has its own place in this browser. */
export function Unfinished({ here }: { readonly here: string | null }) {
  const { value, problem, again } = useLoaded((signal) => askJson<Lines>('/v1/submissions?state=RECEIVING&limit=50', { signal }), [])
  return (
    <>
      <Refusal problem={problem} again={again} />
      {value?.items.filter(({ id }) => id !== here).map((line) => <One key={line.id} line={line} />)}
    </>
  )
}

function One({ line }: { readonly line: Line }) {
  const { language } = useLanguage()
  const { uploads, cases } = useWords(litigantWords)
  const number = line.caseNumber === '' ? cases.noNumber : declared(line.caseNumber)
  return (
    <Notice
      type="info"
      className="unfinished"
      message={<bdi>{uploads.unfinished(number)}</bdi>}
      description={
        <>
          <p>
            {uploads.begun(timeText(line.receivedAt, language))}
            {line.awaited === undefined ? null : ` ${uploads.arrived(line.awaited.complete, line.awaited.files)} ${uploads.until(timeText(line.awaited.expiresAt, language))}`}
          </p>
          <Link className="button" to={`/litigant/uploads/${line.id}`}>{cases.goOn}<span className="unseen"> {number}</span></Link>
        </>
      }
    />
  )
}
