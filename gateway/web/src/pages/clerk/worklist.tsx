import { Button } from 'antd'
import { useState } from 'react'
import { Link } from 'react-router'
import { loadJudges } from '../../common/access/access.ts'
import { ask } from '../../common/api/client.ts'
import type { Line } from '../../common/api/types.ts'
import { saveAs } from '../../common/download.ts'
import { Page } from '../../common/layout/page.tsx'
import { Refusal } from '../../common/layout/states.tsx'
import { BatchProgress } from '../../common/list/batch_progress.tsx'
import { loadAllLines } from '../../common/list/lines.ts'
import { SubmissionList, useFilter } from '../../common/list/submission_list.tsx'
import { useBatch } from '../../common/list/use_batch.ts'
import { Notice } from '../../common/plain/plain.tsx'
import { useLoaded } from '../../common/use_loaded.ts'
import { submissionPath } from '../../common/report/answers.ts'
import { accessWords } from '../../words/access/index.ts'
import { clerkWords } from '../../words/clerk/index.ts'
import { useLanguage, useWords } from '../../words/words.ts'
import { worklistCsv } from './worklist_csv.ts'

export function Worklist() {
  const words = useWords(clerkWords)
  const { language } = useLanguage()
  const [filter] = useFilter()
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set())
  const [names, setNames] = useState<ReadonlyMap<string, string>>(new Map())
  const [turn, setTurn] = useState(0)
  const [problem, setProblem] = useState<unknown>(null)
  const [busy, setBusy] = useState(false)
  // How many lines the file has that was just saved, where there are more.
  const [cut, setCut] = useState<number | null>(null)
  const batch = useBatch()
  const accesses = useWords(accessWords).list.title
  const assigns = useLoaded(loadJudges, []).value?.assignment === true
  const labelOf = (line: Line) => line.caseNumber === '' ? line.id : line.caseNumber

  const verify = async () => {
    const { lines } = await loadAllLines(filter)
    setNames(new Map(lines.map((line) => [line.id, labelOf(line)])))
    await batch.run([...chosen], async (id, signal) => {
      await ask(`${submissionPath(id)}/verifications`, { method: 'POST', signal })
    })
    setChosen(new Set())
    setTurn((before) => before + 1)
  }
  const save = async () => {
    setCut(null)
    const all = await loadAllLines(filter)
    saveAs(`${words.exportName}.csv`, new Blob([worklistCsv(all, language)], { type: 'text/csv;charset=utf-8' }))
    if (all.cut) setCut(all.lines.length)
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
      {cut === null ? null : <Notice type="warning" role="alert" message={words.exportCut(cut)} />}
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
