import type { Same } from '../words.ts'
import type { zh } from './zh.ts'

export const en: Same<typeof zh> = {
  assignment: {
    title: 'Judges of the case',
    none: 'It is assigned to no judge yet. Judges to whom it is not assigned do not see what is in it.',
    line: (judge, by, at) => `${judge} (assigned by ${by}, ${at})`,
    choose: 'Assign to',
    placeholder: 'Please choose a judge',
    assign: 'Assign',
    assigned: (judge) => `It was assigned to ${judge}.`,
    remove: (judge) => `Take it back from ${judge}`,
    removed: (judge) => `It was taken back from ${judge}.`,
    nobodyLeft: 'There is no other judge of this court to whom it could be assigned.',
  },
  breakGlass: {
    title: 'This case is not assigned to you',
    text: 'You read cases that are assigned to you. Where your work requires another, you can read it for a time, having said why: that is put on the audit trail first, the clerks of the court see your account and your reason, whoever filed it sees that it was opened, and it ends by itself.',
    reason: 'Reason',
    help: '10 to 500 characters. Say what work requires it, and nothing personal about the parties.',
    tooShort: 'Please write at least 10 characters',
    open: 'Give the reason and read it',
  },
  banner: {
    own: (until) => `This case is not assigned to you. You gave a reason to read it; that ends by itself on ${until}, and is on the audit trail. It is for reading and for notes of your own: what changes the case is for judges to whom it is assigned.`,
  },
  onCase: {
    title: 'Read without being assigned',
    means: 'These judges read the case while it was not assigned to them. This is a record, and says nothing about them.',
    toParty: 'A judge of the court, having given a reason, read this case while it was not assigned to him or her. This is a record, and says nothing about anyone.',
    line: (judge, since, until) => `${judge === '' ? '' : `${judge}: `}${since} to ${until}`,
    open: 'open',
    reason: (reason) => `Reason: ${reason}`,
  },
  list: {
    title: 'Cases read without being assigned',
    intro: 'A judge who reads a case that is not assigned to him or her says why first; it ends by itself. Newest first.',
    none: 'There is none.',
    judge: 'Judge’s account',
    court: 'Court code',
    submission: 'Submission id',
    since: 'From',
    until: 'Until',
    state: 'State',
    reason: 'Reason',
    open: 'open',
    ended: 'ended',
    more: 'Load more',
    back: 'Back to the worklist',
  },
}
