// How far a batch is: in one line, and for each.
import { Button, Progress as Bar } from 'antd'
import { clerkWords } from '../../words/clerk/index.ts'
import { reportWords } from '../../words/report/index.ts'
import { useWords } from '../../words/words.ts'
import { Problem } from '../api/problem.ts'
import { Defects } from '../layout/defects.tsx'
import type { Batch } from './use_batch.ts'

interface BatchProgressProps {
  readonly batch: Batch
  readonly title: string
  readonly nameOf: (key: string) => string
}

export function BatchProgress({ batch, title, nameOf }: BatchProgressProps) {
  const words = useWords(clerkWords).batch
  const { colon } = useWords(reportWords)
  const all = [...batch.progress]
  if (all.length === 0) return null
  const ended = all.filter(([, { stage }]) => stage === 'done').length
  const failed = all.filter(([, { stage }]) => stage === 'failed').length
  const stopped = all.filter(([, { stage }]) => stage === 'stopped').length
  const over = ended + failed + stopped
  return (
    <section className="batch" aria-label={title}>
      <Bar percent={Math.floor((100 * over) / all.length)} status={failed > 0 ? 'exception' : batch.running ? 'active' : 'normal'} aria-label={title} />
      <p role="status">{words.summary(all.length, ended, failed, stopped)}</p>
      {batch.running ? <Button onClick={batch.stop}>{words.stop}</Button> : null}
      <ul className="points">
        {all.map(([key, { stage, problem }]) => (
          <li key={key}>
            <bdi>{nameOf(key)}</bdi>{colon}{words.stage[stage]}
            {problem === undefined ? null : <Why problem={problem} />}
          </li>
        ))}
      </ul>
    </section>
  )
}

function Why({ problem }: { readonly problem: unknown }) {
  const words = useWords(clerkWords).batch
  if (!(problem instanceof Problem)) return <> {words.unexpected}</>
  if (problem.status === 0) return <> {words.offline}</>
  return (
    <>
      {' '}{problem.title} {problem.detail}
      <Defects defects={problem.defects} />
    </>
  )
}
