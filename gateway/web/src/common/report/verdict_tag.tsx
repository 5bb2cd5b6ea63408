import { Tag } from 'antd'
import { useLanguage } from '../../words/words.ts'
import { verdictWords } from '../catalogue.ts'

const kColours: Readonly<Record<string, string>> = {
  CONSISTENT: 'success',
  CONSISTENT_WITH_NOTES: 'success',
  ALL_CONSISTENT: 'success',
  INCONSISTENT: 'error',
}

/** The verdict in words; the colour only repeats them. */
export function VerdictTag({ code }: { readonly code: string }) {
  const { language } = useLanguage()
  return <Tag className="verdict-tag" color={kColours[code] ?? 'warning'}>{verdictWords(code, language).label}</Tag>
}
