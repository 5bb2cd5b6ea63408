// What stands in place of a page: loading, none, not for this role, broken; and a refusal shown within one.
import { Link } from 'react-router'
import { layoutWords } from '../../words/layout/index.ts'
import { useWords } from '../../words/words.ts'
import { Problem } from '../api/problem.ts'
import { Defects } from './defects.tsx'
import { Button, Notice } from '../plain/plain.tsx'
import { Page } from './page.tsx'

export function Loading() {
  const words = useWords(layoutWords)
  return (
    <div className="loading waiting" role="status">{words.loading}</div>
  )
}

export function HomeButton() {
  const words = useWords(layoutWords)
  return (
    <Link to="/" className="button button-primary">{words.home}</Link>
  )
}

export function NotFound() {
  const words = useWords(layoutWords)
  return (
    <Page title={words.notFound}>
      <p>{words.notFoundText}</p>
      <p><HomeButton /></p>
    </Page>
  )
}

export function PageFailed() {
  const words = useWords(layoutWords)
  return (
    <main id="content" className="content">
      <Page title={words.failed}>
        <Notice type="warning" message={words.failedText} />
        <p><Button look="primary" onClick={() => location.reload()}>{words.reload}</Button></p>
      </Page>
    </main>
  )
}

/** What was refused, why, and all its defects. */
export function Refusal({ problem, again }: { readonly problem: unknown; readonly again?: () => void }) {
  const words = useWords(layoutWords)
  if (problem === null || problem === undefined) return null
  const known = problem instanceof Problem ? problem : null
  let title = known?.title === undefined || known.title === '' ? words.problem.unexpected : known.title
  if (known?.status === 0) title = words.problem.offline
  if (known?.status === 429 && known.retryAfter !== null) title = words.problem.wait(known.retryAfter)
  const defects = known?.defects ?? []
  return (
    <Notice
      type="error"
      role="alert"
      className="refusal"
      message={title}
      description={
        known === null || (known.detail === '' && defects.length === 0) ? undefined : (
          <>
            {known.detail === '' ? null : <p>{known.detail}</p>}
            <Defects defects={defects} />
          </>
        )
      }
      action={again === undefined ? undefined : <Button onClick={again}>{words.retry}</Button>}
    />
  )
}
