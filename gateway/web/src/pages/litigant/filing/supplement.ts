// The draft that answers a court's request: the case as it was filed, with the items that were asked for and no files yet, so that
// only these have to be added. The gateway knows it by account and case number.
import type { Court } from '../../../common/api/types.ts'
import { kCategories, kIdTypes, kKinds, kRoles, newDraft, newItem, newParty, type Draft, type Item, type Party } from './draft.ts'

export interface Asked {
  /** Absent: it is about the whole submission. */
  readonly item?: string
  readonly code: string
}

export interface Supplement {
  readonly id?: string
  readonly text: string
  readonly until?: string
  readonly state?: 'OPEN' | 'ANSWERED' | 'OVERDUE'
  readonly items: readonly Asked[]
}

type Declared = Readonly<Record<string, unknown>>

/** case.json as this person filed it. */
export interface FiledByMe {
  readonly court?: Declared
  readonly caseNumber?: string
  readonly submitter?: Declared
  readonly cause?: string
  readonly reliefSought?: readonly string[]
  readonly parties?: readonly Declared[]
  readonly evidence: readonly Declared[]
}

const text = (value: unknown): string => (typeof value === 'string' ? value : '')
const one = <T extends string>(values: readonly T[], value: unknown, otherwise: T): T => values.find((known) => known === value) ?? otherwise

function partyOf(filed: Declared): Party {
  return {
    ...newParty([], 'OTHER'), id: text(filed['id']), role: one(kRoles, filed['role'], 'OTHER'), kind: one(kKinds, filed['kind'], 'NATURAL_PERSON'),
    name: text(filed['name']), idType: one(kIdTypes, filed['idType'], 'OTHER'), idNumber: text(filed['idNumber']),
  }
}

function itemOf(filed: Declared): Item {
  const record = (filed['record'] ?? {}) as Declared
  return {
    ...newItem([], text(filed['party'])), id: text(filed['id']), name: text(filed['name']), category: one(kCategories, filed['category'], 'ELECTRONIC_DATA'),
    purpose: text(filed['purpose']), source: text(filed['source']), recordNumber: text(record['id']),
    pages: typeof filed['pages'] === 'number' ? String(filed['pages']) : '',
  }
}

export function draftThatAnswers(submission: string, filed: FiledByMe, asked: readonly Asked[], courts: readonly Court[]): Draft {
  const items = filed.evidence.filter((item) => asked.some((wanted) => wanted.item === undefined || wanted.item === item['id']))
  const empty = newDraft(courts)
  const code = text(filed.court?.['code'])
  return {
    ...empty,
    step: 2,
    court: courts.some((court) => court.code === code) ? code : empty.court,
    caseNumber: filed.caseNumber ?? '',
    role: one(kRoles, filed.submitter?.['role'], 'OTHER'),
    cause: text(filed.cause),
    relief: filed.reliefSought === undefined ? empty.relief : filed.reliefSought.map(text),
    parties: (filed.parties ?? []).map(partyOf),
    items: items.length === 0 ? empty.items : items.map(itemOf),
    answers: { submission, asked },
  }
}
