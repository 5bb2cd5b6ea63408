// What a request for supplement says: every defect of the report at once, in the catalogue's words.
import { reasonWords } from '../../common/catalogue.ts'
import { byAttention, defectsOf, pointsOf, type Payload } from '../../common/report/payload.ts'
import type { Language } from '../../words/words.ts'

export interface Wanted {
  readonly item: string
  readonly code: string
  readonly reason: string
  /** What the party is to do. */
  readonly next: string
}

/** With `notes` also what does not affect consistency. What the party can do nothing about is left out. */
export function wantedOf(payload: Payload, notes: boolean, language: Language): readonly Wanted[] {
  return byAttention(payload.evidence).flatMap((item) =>
    (notes ? pointsOf(item) : defectsOf(item)).flatMap(({ code }) => {
      const { reason, next } = reasonWords(code, language)
      return next === '' ? [] : [{ item: item.id, code, reason, next }]
    }),
  )
}

export function keyOf({ item, code }: Wanted): string {
  return `${item} ${code}`
}

const kDays = 7

/** YYYY-MM-DD of the browser's own zone, a week on. */
export function usualDay(now: Date): string {
  const day = new Date(now.getFullYear(), now.getMonth(), now.getDate() + kDays)
  return `${day.getFullYear()}-${String(day.getMonth() + 1).padStart(2, '0')}-${String(day.getDate()).padStart(2, '0')}`
}

/** The end of that day, as RFC 3339; nothing where it is no day, or not later than today. */
export function endOf(day: string, now: Date): string | undefined {
  const [, year, month, date] = /^(\d{4})-(\d\d)-(\d\d)$/.exec(day) ?? []
  if (year === undefined) return undefined
  const end = new Date(Number(year), Number(month) - 1, Number(date), 23, 59, 59)
  if (end.getMonth() !== Number(month) - 1 || end.getDate() !== Number(date)) return undefined
  const today = new Date(now.getFullYear(), now.getMonth(), now.getDate(), 23, 59, 59)
  return end > today ? end.toISOString().replace('.000Z', 'Z') : undefined
}
