// The list as a file for spreadsheets: a line for each case, and a last one where there are more than it holds.
import { roleLabel } from '../../common/catalogue.ts'
import { csvOf } from '../../common/list/csv.ts'
import type { AllLines } from '../../common/list/lines.ts'
import { verdictWords } from '../../common/verdicts.ts'
import { clerkWords } from '../../words/clerk/index.ts'
import { reportWords } from '../../words/report/index.ts'
import type { Language } from '../../words/words.ts'

export function worklistCsv({ lines, cut }: AllLines, language: Language): string {
  const { csv: head, exportCut } = clerkWords[language]
  const { state: states, colon, semicolon } = reportWords[language]
  return csvOf([
    [head.case, head.id, head.received, head.parties, head.state, head.verdict, head.items, head.report],
    ...lines.map((line) => [
      line.caseNumber, line.id, line.receivedAt, line.parties.map(({ role, name }) => `${roleLabel(role, language)}${colon}${name}`).join(semicolon), states[line.state],
      line.verdict === undefined ? '' : verdictWords(line.verdict, language).label, String(line.items), line.report ?? '',
    ]),
    ...(cut ? [[exportCut(lines.length)]] : []),
  ])
}
