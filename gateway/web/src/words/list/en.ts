import type { Same } from '../words.ts'
import type { zh } from './zh.ts'

export const en: Same<typeof zh> = {
  caption: 'Cases',
  case: 'Case number',
  noCaseNumber: '(no case number given)',
  received: 'Received',
  parties: 'Parties',
  state: 'State',
  verdict: 'Verdict',
  items: 'Items',
  itemCount: (n) => `${n} ${n === 1 ? 'item' : 'items'}`,
  search: 'Search',
  searchHelp: 'Part of a case number or of a party’s name; or a whole record id, file fingerprint, submission id or report number',
  searchButton: 'Search',
  clear: 'Clear filters',
  attention: 'Only what needs attention',
  anyState: 'Any state',
  anyVerdict: 'Any verdict',
  more: 'Load more',
  loaded: (n) => `${n} ${n === 1 ? 'case' : 'cases'} listed`,
  none: 'No case matches.',
  order: 'What needs attention first, then by time received, newest first.',
  supplement: { OPEN: 'Supplement requested', ANSWERED: 'Supplemented', OVERDUE: 'Supplement overdue' },
  attentionMark: 'Attention',
  refresh: 'Refresh',
}
