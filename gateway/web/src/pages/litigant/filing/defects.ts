// What keeps a draft from being filed: all of it, each where it is.
import { faultOfCreditCode, faultOfResidentId } from './numbers.ts'
import type { Draft, Item, Party } from './draft.ts'

/** Each a key of the words "defects". */
export type Reason =
  | 'court' | 'partyName' | 'partyNone' | 'length' | 'character' | 'region' | 'birth' | 'checkDigit'
  | 'itemNone' | 'itemName' | 'file' | 'reading' | 'empty' | 'purpose'

export interface Defect {
  /** The field's id in the page. */
  readonly field: string
  readonly reason: Reason
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

function ofItem(item: Item): Defect[] {
  const defects: Defect[] = []
  if (item.file === null) defects.push({ field: `${item.id}-file`, reason: 'file' })
  else if (item.file.size === 0) defects.push({ field: `${item.id}-file`, reason: 'empty' })
  else if (item.file.fingerprints === undefined) defects.push({ field: `${item.id}-file`, reason: 'reading' })
  if (item.name.trim() === '') defects.push({ field: `${item.id}-name`, reason: 'itemName' })
  if (item.purpose.trim() === '') defects.push({ field: `${item.id}-purpose`, reason: 'purpose' })
  return defects
}

/** Of a step; of all steps before the last one where it is that. */
export function defectsOf(draft: Draft, step: number): readonly Defect[] {
  if (step === 0) return draft.court === '' ? [{ field: 'court', reason: 'court' }] : []
  if (step === 1) return draft.parties.length === 0 ? [{ field: 'add-party', reason: 'partyNone' }] : draft.parties.flatMap(ofParty)
  if (step === 2) return draft.items.length === 0 ? [{ field: 'add-item', reason: 'itemNone' }] : draft.items.flatMap(ofItem)
  return [0, 1, 2].flatMap((one) => defectsOf(draft, one))
}
