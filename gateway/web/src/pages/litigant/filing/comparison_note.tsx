import { Alert } from 'antd'
import reasons from '../../../../../../schemas/catalogue/reason-codes.tsv'
import { litigantWords } from '../../../words/litigant/index.ts'
import { useLanguage, useWords } from '../../../words/words.ts'
import type { Comparison } from './proof_reading.ts'

const kKind = { same: 'success', named: 'success', differs: 'warning', numberOnly: 'warning', absent: 'info', unreadable: 'info', none: 'info' } as const

// The advice is the report's own: what it would say, it says before filing.
const advice = reasons.find((row) => row['code'] === 'CONTENT_HASH_DIFFERS')

export function isWarning(comparison: Comparison | null | undefined): boolean {
  return comparison === 'differs' || comparison === 'numberOnly'
}

export function ComparisonNote({ comparison }: { readonly comparison: Comparison | null }) {
  const { language } = useLanguage()
  const words = useWords(litigantWords).compare
  const said = comparison ?? 'none'
  const next = advice?.[`${language}_next_step`] ?? ''
  return (
    <Alert
      type={kKind[said]}
      showIcon
      role={isWarning(comparison) ? 'alert' : 'status'}
      className={`comparison comparison-${said}`}
      message={words[said].text}
      description={
        <>
          {words[said].meaning === '' ? null : <p>{words[said].meaning}</p>}
          {isWarning(comparison) ? <p><strong>{words.advice}</strong>{next} {words.anyway}</p> : null}
        </>
      }
    />
  )
}
