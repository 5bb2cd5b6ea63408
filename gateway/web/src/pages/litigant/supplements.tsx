import { Link } from 'react-router'
import { askJson } from '../../common/api/client.ts'
import { reasonAndNext } from '../../common/catalogue.ts'
import { declared, declaredLines } from '../../common/format.ts'
import { Refusal } from '../../common/layout/states.tsx'
import { Notice } from '../../common/plain/plain.tsx'
import { submissionPath } from '../../common/report/answers.ts'
import { timeText } from '../../common/times.ts'
import { useLoaded } from '../../common/use_loaded.ts'
import { litigantWords } from '../../words/litigant/index.ts'
import { useLanguage, useWords } from '../../words/words.ts'
import type { Supplement } from './filing/supplement.ts'

/** What the court asks for, until when, and the way to answer. */
export function Supplements({ id }: { readonly id: string }) {
  const words = useWords(litigantWords).supplement
  const { value, problem, again } = useLoaded((signal) => askJson<{ readonly items: readonly Supplement[] }>(`${submissionPath(id)}/supplements`, { signal }), [id])
  const all = value?.items ?? []
  if (problem === null && all.length === 0) return null
  return (
    <section aria-labelledby="supplements" className="results">
      <h2 id="supplements">{words.title}</h2>
      <Refusal problem={problem} again={again} />
      {all.map((one, at) => <Request key={one.id ?? at} request={one} />)}
      {all.some(({ state }) => state !== 'ANSWERED') ? <p className="no-print"><Link className="button button-primary" to={`/litigant/file?answers=${encodeURIComponent(id)}`}>{words.answer}</Link></p> : null}
    </section>
  )
}

function Request({ request }: { readonly request: Supplement }) {
  const { language } = useLanguage()
  const words = useWords(litigantWords).supplement
  const { state = 'OPEN' } = request
  return (
    <Notice
      type={state === 'ANSWERED' ? 'success' : 'warning'}
      message={words.state[state]}
      description={
        <>
          {request.text === '' ? null : <p className="lines"><bdi>{declaredLines(request.text)}</bdi></p>}
          <ul className="points">
            {request.items.map(({ item, code }) => (
              <li key={`${item} ${code}`}>
                {item === undefined ? null : <strong><bdi>{words.ofItem(declared(item))}</bdi></strong>}{reasonAndNext(code, language)}
              </li>
            ))}
          </ul>
          {request.until === undefined ? null : <p><strong>{words.until(timeText(request.until, language))}</strong></p>}
        </>
      }
    />
  )
}
