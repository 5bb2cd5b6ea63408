import { Button } from 'antd'
import { useState } from 'react'
import { Link } from 'react-router'
import { loadJudges } from '../../common/access/access.ts'
import { ask } from '../../common/api/client.ts'
import type { Line } from '../../common/api/types.ts'
import { roleLabel } from '../../common/catalogue.ts'
import { verdictWords } from '../../common/verdicts.ts'
import { saveAs } from '../../common/download.ts'
import { Page } from '../../common/layout/page.tsx'
import { Refusal } from '../../common/layout/states.tsx'
import { BatchProgress } from '../../common/list/batch_progress.tsx'
import { csvOf } from '../../common/list/csv.ts'
import { loadAllLines } from '../../common/list/lines.ts'
import { SubmissionList, useFilter } from '../../common/list/submission_list.tsx'
import { useBatch } from '../../common/list/use_batch.ts'
import { useLoaded } from '../../common/use_loaded.ts'
import { submissionPath } from '../../common/report/answers.ts'
import { accessWords } from '../../words/access/index.ts'
import { clerkWords } from '../../words/clerk/index.ts'
import { reportWords } from '../../words/report/index.ts'
import { useLanguage, useWords } from '../../words/words.ts'

export function Worklist() {
  const words = useWords(clerkWords)
  const { state: states, colon, semicolon } = useWords(reportWords)
  const { language } = useLanguage()
  const [filter] = useFilter()
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set())
  const [names, setNames] = useState<ReadonlyMap<string, string>>(new Map())
  const [turn, setTurn] = useState(0)
  const [problem, setProblem] = useState<unknown>(null)
  const [busy, setBusy] = useState(false)
  const batch = useBatch()
  const accesses = useWords(accessWords).list.title
  const assigns = useLoaded(loadJudges, []).value?.assignment === true
  const labelOf = (line: Line) => line.caseNumber === '' ? line.id : line.caseNumber

  const verify = async () => {
    const lines = await loadAllLines(filter)
    setNames(new Map(lines.map((line) => [line.id, labelOf(line)])))
    await batch.run([...chosen], async (id, signal) => {
      await ask(`${submissionPath(id)}/verifications`, { method: 'POST', signal })
    })
    setChosen(new Set())
    setTurn((before) => before + 1)
  }
  const save = async () => {
    const lines = await loadAllLines(filter)
    const head = words.csv
    const rows = lines.map((line) => [
      line.caseNumber, line.id, line.receivedAt, line.parties.map(({ role, name }) => `${roleLabel(role, language)}${colon}${name}`).join(semicolon), states[line.state],
      line.verdict === undefined ? '' : verdictWords(line.verdict, language).label, String(line.items), line.report ?? '',
    ])
    const content = csvOf([[head.case, head.id, head.received, head.parties, head.state, head.verdict, head.items, head.report], ...rows])
    saveAs(`${words.exportName}.csv`, new Blob([content], { type: 'text/csv;charset=utf-8' }))
  }
  const run = (work: () => Promise<void>) => {
    setBusy(true)
    setProblem(null)
    work().catch(setProblem).finally(() => setBusy(false))
  }

  return (
    <Page wide title={words.worklist} actions={
      <>
        <Button type="primary" disabled={chosen.size === 0 || busy} onClick={() => run(verify)}>{words.verifySelected(chosen.size)}</Button>
        <Button disabled={busy} onClick={() => run(save)}>{words.exportCsv}</Button>
        {assigns ? <Link to="/clerk/access"><Button tabIndex={-1}>{accesses}</Button></Link> : null}
        <Button onClick={() => window.print()}>{words.print}</Button>
      </>
    }>
      <Refusal problem={problem} />
      <BatchProgress batch={batch} title={words.verifyBatch} nameOf={(id) => names.get(id) ?? id} />
      <SubmissionList
        turn={turn}
        assigns={assigns}
        linkOf={({ id }) => `/clerk/cases/${id}`}
        choice={{ chosen, choose: setChosen, labelOf: (line) => words.select(labelOf(line)), allLabel: words.selectAll }}
      />
    </Page>
  )
}
