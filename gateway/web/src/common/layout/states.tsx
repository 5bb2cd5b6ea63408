// What stands in place of a page: loading, none, not for this role, broken; and a refusal shown within one.
import { Alert, Button, Result, Spin } from 'antd'
import { Link } from 'react-router'
import { layoutWords } from '../../words/layout/index.ts'
import { useWords } from '../../words/words.ts'
import { Problem } from '../api/problem.ts'
import { Page } from './page.tsx'

export function Loading() {
  const words = useWords(layoutWords)
  return (
    <div className="loading" role="status">
      <Spin /> <span>{words.loading}</span>
    </div>
  )
}

function HomeButton() {
  const words = useWords(layoutWords)
  return (
    <Link to="/">
      <Button type="primary" tabIndex={-1}>{words.home}</Button>
    </Link>
  )
}

export function NotFound() {
  const words = useWords(layoutWords)
  return (
    <Page title={words.notFound}>
      <Result status="404" icon={null} subTitle={words.notFoundText} extra={<HomeButton />} />
    </Page>
  )
}

export function PageFailed() {
  const words = useWords(layoutWords)
  return (
    <main id="content" className="content">
      <Page title={words.failed}>
        <Result
          status="warning"
          subTitle={words.failedText}
          extra={<Button type="primary" onClick={() => location.reload()}>{words.reload}</Button>}
        />
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
    <Alert
      type="error"
      showIcon
      role="alert"
      className="refusal"
      message={title}
      description={
        known === null || (known.detail === '' && defects.length === 0) ? undefined : (
          <>
            {known.detail === '' ? null : <p>{known.detail}</p>}
            {defects.length === 0 ? null : (
              <ul>
                {defects.map((one) => (
                  <li key={one.pointer + one.code}>
                    <code>{one.pointer}</code> {one.detail === '' ? one.code : one.detail}
                  </li>
                ))}
              </ul>
            )}
          </>
        )
      }
      action={again === undefined ? undefined : <Button onClick={again}>{words.retry}</Button>}
    />
  )
}
