// Whether a number can be one at all; not whether it is that person's. The same rules as court_adapters/china.

/** Why it is none: a key of the words. Null: it is one. */
export type Fault = 'length' | 'character' | 'region' | 'birth' | 'checkDigit' | null

const kProvinces = new Set(
  '11 12 13 14 15 21 22 23 31 32 33 34 35 36 37 41 42 43 44 45 46 50 51 52 53 54 61 62 63 64 65 71 81 82'.split(' '),
)
const kCodeLetters = '0123456789ABCDEFGHJKLMNPQRTUWXY' // no I O S V Z
const kCodeWeights = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28]
const kIdWeights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]

/** Without the blanks that people type, letters large. */
export function tidy(number: string): string {
  return number.replace(/\s/g, '').toUpperCase()
}

/** Unified social credit code (GB 32100-2015). */
export function faultOfCreditCode(code: string): Fault {
  if (code.length !== 18) return 'length'
  if ([...code].some((one) => !kCodeLetters.includes(one)) || code.startsWith('0')) return 'character'
  const region = code.slice(2, 8)
  if (!/^[0-9]{6}$/.test(region) || (region !== '100000' && !kProvinces.has(region.slice(0, 2)))) return 'region'
  const sum = kCodeWeights.reduce((total, weight, at) => total + weight * kCodeLetters.indexOf(code[at]!), 0)
  return kCodeLetters[(31 - (sum % 31)) % 31] === code[17] ? null : 'checkDigit'
}

function isDate(digits: string, now: Date): boolean {
  const [year, month, day] = [Number(digits.slice(0, 4)), Number(digits.slice(4, 6)), Number(digits.slice(6, 8))]
  const date = new Date(Date.UTC(year, month - 1, day))
  const exists = date.getUTCFullYear() === year && date.getUTCMonth() === month - 1 && date.getUTCDate() === day
  return exists && year >= 1800 && date.getTime() <= now.getTime() + 8 * 3_600_000
}

/** Resident identity number (GB 11643-1999), also residence permits and the 15 digits of old documents. */
export function faultOfResidentId(number: string, now = new Date()): Fault {
  const legacy = number.length === 15
  if (!legacy && number.length !== 18) return 'length'
  if (!(legacy ? /^[0-9]{15}$/ : /^[0-9]{17}[0-9X]$/).test(number)) return 'character'
  const province = number.startsWith('9') ? number.slice(1, 3) : number.slice(0, 2)
  if (!kProvinces.has(province) && !number.startsWith('83')) return 'region'
  if (!isDate(legacy ? `19${number.slice(6, 12)}` : number.slice(6, 14), now)) return 'birth'
  if (legacy) return null
  const sum = kIdWeights.reduce((total, weight, at) => total + weight * Number(number[at]), 0)
  return '10X98765432'[sum % 11] === number[17] ? null : 'checkDigit'
}

/** A number of pages, in digits of either width; null: it is none from 1 to 100000. */
export function pageCount(text: string): number | null {
  const digits = text.normalize('NFKC').trim()
  const count = /^\d{1,6}$/.test(digits) ? Number(digits) : 0
  return count >= 1 && count <= 100_000 ? count : null
}
