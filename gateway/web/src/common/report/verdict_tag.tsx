import { useLanguage } from '../../words/words.ts'
import { Tag } from '../plain/plain.tsx'
import { verdictWords } from '../verdicts.ts'

const kKinds: Readonly<Record<string, 'success' | 'error'>> = {
  CONSISTENT: 'success',
  CONSISTENT_WITH_NOTES: 'success',
  ALL_CONSISTENT: 'success',
  INCONSISTENT: 'error',
}

/** The verdict in words; the colour only repeats them. */
export function VerdictTag({ code }: { readonly code: string }) {
  const { language } = useLanguage()
  return <Tag className="verdict-tag" kind={kKinds[code] ?? 'warning'}>{verdictWords(code, language).label}</Tag>
}
