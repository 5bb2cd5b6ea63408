import { Alert, Card } from 'antd'
import { reportWords } from '../../words/report/index.ts'
import { useLanguage, useWords } from '../../words/words.ts'
import { itemVerdicts, verdictWords } from '../verdicts.ts'
import type { Payload } from './payload.ts'
import { VerdictTag } from './verdict_tag.tsx'

/** The verdict of the submission in its sentence, and how many items have which. */
export function VerdictCard({ payload }: { readonly payload: Payload }) {
  const words = useWords(reportWords)
  const { language } = useLanguage()
  const counts = itemVerdicts.flatMap((code) => {
    const n = payload.evidence.filter((item) => item.verdict === code).length
    return n === 0 ? [] : [words.count(verdictWords(code, language).label, n)]
  })
  return (
    <Card title={<h2>{words.verdict}</h2>}>
      {payload.trustList.sample === true ? <Alert type="warning" showIcon message={words.sample} className="refusal" /> : null}
      <p><VerdictTag code={payload.verdict} /> {verdictWords(payload.verdict, language).sentence}</p>
      <p>{counts.join(' · ')}</p>
    </Card>
  )
}
