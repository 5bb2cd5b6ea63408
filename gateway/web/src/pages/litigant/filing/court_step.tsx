import { Alert } from 'antd'
import type { Session } from '../../../common/api/types.ts'
import { line } from '../../../common/format.ts'
import { ChoiceField, TextField } from '../../../common/layout/field.tsx'
import { litigantWords } from '../../../words/litigant/index.ts'
import { useLanguage, useWords } from '../../../words/words.ts'
import type { Defect } from './defects.ts'
import { kRoles } from './draft.ts'
import { ReliefLines } from './relief_lines.tsx'
import type { DraftWork } from './use_draft.ts'
import { useDefect } from './use_defect.ts'

// What internet courts hear (法释〔2025〕14号, article 1), and what they heard before (法释〔2018〕16号, article 2) and other
// courts do now; any other cause may be written. The court's own words are filed, whatever the language of the page.
const kCauses = litigantWords.zh.causes
const kCauseKeys = Object.keys(kCauses) as readonly (keyof typeof kCauses)[]

interface CourtStepProps {
  readonly work: DraftWork
  readonly session: Session
  readonly defects: readonly Defect[]
}

export function CourtStep({ work, session, defects }: CourtStepProps) {
  const words = useWords(litigantWords)
  const { language } = useLanguage()
  const defect = useDefect(defects)
  const { draft, change } = work
  if (session.courts.length === 0) return <Alert type="warning" showIcon message={words.file.noCourt} />
  return (
    <>
      <div className="fields">
        <ChoiceField
          id="court"
          label={words.file.court}
          value={draft.court}
          placeholder={words.file.chooseCourt}
          defect={defect('court')}
          options={session.courts.map((court) => ({ value: court.code, label: court.name }))}
          onChange={(court) => change((now) => ({ ...now, court }))}
        />
        <TextField
          label={words.file.caseNumber}
          note={words.optional}
          help={words.file.caseNumberHelp}
          value={draft.caseNumber}
          maxLength={120}
          onChange={(caseNumber) => change((now) => ({ ...now, caseNumber }))}
        />
        <ChoiceField
          label={words.file.myRole}
          value={draft.role}
          options={kRoles.map((value) => ({ value, label: words.roles[value] }))}
          onChange={(role) => change((now) => ({ ...now, role }))}
        />
      </div>
      <TextField
        id="cause"
        label={words.file.cause}
        note={words.optional}
        help={words.file.causeHelp}
        value={draft.cause}
        maxLength={200}
        suggestions={kCauseKeys.map((key) => ({ value: kCauses[key], ...(language === 'zh' ? {} : { label: words.causes[key] }) }))}
        onChange={(cause) => change((now) => ({ ...now, cause: line(cause) }))}
      />
      <ReliefLines claims={draft.relief} change={(relief) => change((now) => ({ ...now, relief }))} defects={defects} />
    </>
  )
}
