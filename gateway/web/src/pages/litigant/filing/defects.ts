// What keeps a draft from being filed: all of it, each where it is.
import { faultOfCreditCode, faultOfResidentId, pageCount } from './numbers.ts'
import type { Chosen, Draft, Item, Party } from './draft.ts'

/** Each a key of the words "defects". */
export type Reason =
  | 'court' | 'partyName' | 'partyNone' | 'length' | 'character' | 'region' | 'birth' | 'checkDigit'
  | 'itemNone' | 'itemName' | 'file' | 'reading' | 'unreadable' | 'empty' | 'purpose' | 'pages'
  | 'reliefTwice' | 'reliefLong' | 'reliefMany'

export interface Defect {
  /** The field's id in the page. */
  readonly field: string
  readonly reason: Reason
}

const kMostClaims = 50
const kClaimCharacters = 1000

/** Of the claim at that place. */
export const reliefField = (at: number): string => `relief-${at + 1}`

export const proofsField = (item: Item): string => `${item.id}-proofs`

function ofRelief(relief: readonly string[]): Defect[] {
  const defects: Defect[] = []
  const seen = new Set<string>()
  relief.forEach((text, at) => {
    const claim = text.trim()
    if (claim === '') return
    if ([...claim].length > kClaimCharacters) defects.push({ field: reliefField(at), reason: 'reliefLong' })
    if (seen.has(claim)) defects.push({ field: reliefField(at), reason: 'reliefTwice' })
    else if (seen.size === kMostClaims) defects.push({ field: reliefField(at), reason: 'reliefMany' })
    seen.add(claim)
  })
  return defects
}

function ofParty(party: Party): Defect[] {
  const defects: Defect[] = []
  if (party.name.trim() === '') defects.push({ field: `${party.id}-name`, reason: 'partyName' })
  if (party.idNumber !== '') {
    const fault =
      party.idType === 'USCC' ? faultOfCreditCode(party.idNumber) : party.idType === 'RESIDENT_ID' ? faultOfResidentId(party.idNumber) : null
    if (fault !== null) defects.push({ field: `${party.id}-number`, reason: fault })
  }
  return defects
}

function unreadReason(chosen: Chosen): 'unreadable' | 'reading' | null {
  if (chosen.unreadable === true) return 'unreadable'
  return chosen.fingerprints === undefined ? 'reading' : null
}

function ofItem(item: Item): Defect[] {
  const defects: Defect[] = []
  if (item.file === null) defects.push({ field: `${item.id}-file`, reason: 'file' })
  else if (item.file.size === 0) defects.push({ field: `${item.id}-file`, reason: 'empty' })
  else {
    const reason = unreadReason(item.file)
    if (reason !== null) defects.push({ field: `${item.id}-file`, reason })
  }
  if (item.name.trim() === '') defects.push({ field: `${item.id}-name`, reason: 'itemName' })
  if (item.purpose.trim() === '') defects.push({ field: `${item.id}-purpose`, reason: 'purpose' })
  if (item.pages.trim() !== '' && pageCount(item.pages) === null) defects.push({ field: `${item.id}-pages`, reason: 'pages' })
  const unread = item.proofs.map(unreadReason)
  const ofProofs = (['unreadable', 'reading'] as const).find((reason) => unread.includes(reason))
  if (ofProofs !== undefined) defects.push({ field: proofsField(item), reason: ofProofs })
  return defects
}

/** Where the field is. */
export function stepOf(draft: Draft, field: string): number {
  return [0, 1, 2].find((step) => defectsOf(draft, step).some((one) => one.field === field)) ?? draft.step
}

/** Of a step; of all steps before the last one where it is that. */
export function defectsOf(draft: Draft, step: number): readonly Defect[] {
  if (step === 0) return [...(draft.court === '' ? [{ field: 'court', reason: 'court' } as const] : []), ...ofRelief(draft.relief)]
  if (step === 1) return draft.parties.length === 0 ? [{ field: 'add-party', reason: 'partyNone' }] : draft.parties.flatMap(ofParty)
  if (step === 2) return draft.items.length === 0 ? [{ field: 'add-item', reason: 'itemNone' }] : draft.items.flatMap(ofItem)
  return [0, 1, 2].flatMap((one) => defectsOf(draft, one))
}
