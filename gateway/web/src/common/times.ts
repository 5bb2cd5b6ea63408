// Times as people read them here: of the browser's own zone, which is named.
import { tagOf, type Language } from '../words/words.ts'

const kUnreadable = ''

export function timeText(time: string | number | null | undefined, language: Language): string {
  if (time === null || time === undefined) return kUnreadable
  const date = new Date(time)
  if (Number.isNaN(date.getTime())) return kUnreadable
  return date.toLocaleString(tagOf(language), {
    year: 'numeric', month: language === 'zh' ? '2-digit' : 'short', day: '2-digit', hour: '2-digit', minute: '2-digit', hour12: false, timeZoneName: 'short',
  })
}

export function dayText(time: string | number | null | undefined, language: Language): string {
  const date = new Date(time ?? Number.NaN)
  return Number.isNaN(date.getTime()) ? kUnreadable : date.toLocaleDateString(tagOf(language), { year: 'numeric', month: 'long', day: 'numeric' })
}
