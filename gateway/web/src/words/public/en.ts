import type { Same } from '../words.ts'
import type { zh } from './zh.ts'

export const en: Same<typeof zh> = {
  title: 'Verify a report',
  intro: 'Anybody can check here whether a verification report was issued by this gateway and stands now. No account is needed.',
  byFile: 'By file',
  byFileHelp: 'Choose the report as the court gave it: the signed report (JWS), PDF, XML, ASiC container or offline bundle (ZIP). It is sent to this gateway, which says whether it stands; of a signed report (JWS) your browser also checks ES256 signature and log proof itself.',
  choose: 'Report file',
  drop: 'Click to choose a report, or drop it here',
  chosen: (name) => `Chosen: ${name}`,
  unknownKind: 'Reports come in no file of this kind. Please choose a .jws, .json, .pdf, .xml, .zip or .asics file.',
  tooLarge: 'The file is larger than 32 MB and cannot be checked here; check it offline with heyan report verify.',
  byNumber: 'By number',
  byNumberHelp: 'The number is printed on the first page, as HY-ABCD-EFGH-IJKL-MNOP.',
  number: 'Report number',
  look: 'Look up',
  badNumber: 'This is no report number: HY- and four groups of four letters or digits (2 to 7).',
  notThere: 'This gateway has no report of that number. Check the number; if it is right, ask whoever gave you the report.',
  answer: 'What this gateway says',
  standing: {
    ISSUED: 'This report was issued here and stands.',
    SUPERSEDED: 'This report was issued here, and a later report has taken its place; go by the later one.',
    WITHDRAWN: 'This report was issued here and was withdrawn afterwards; ask the court that issued it.',
  },
  supersededBy: 'The report in its place',
  recordDeleted: 'The case’s files and its record were deleted as the rules provide: the report itself can be checked as before, and re-judging is no longer possible.',
  counts: 'Items by verdict',
  payload: 'Fingerprint of the payload (SHA-256)',
  compareFingerprint: 'Compare it with the one printed on the first page of the report that you hold: only where they are equal is it this report.',
  court: 'Court',
  notLocal: 'The signatures in a file of this kind were not checked by your browser, only by this gateway.',
  offline: 'If you do not trust this gateway, check offline with a key that you have from the court by another way (heyan report verify).',
}
