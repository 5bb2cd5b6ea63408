import type { Same } from '../words.ts'
import type { zh } from './zh.ts'

export const en: Same<typeof zh> = {
  other: 'Something is wrong here; please check and correct it.',
  codes: {
    'missing-name': 'Something required is missing; please add it.',
    missing: 'Something required is missing; please add it.',
    'unknown-name': 'There is no such name here; check its spelling, or leave it out.',
    'duplicate-name': 'The same name stands here twice; keep one.',
    'unknown-word': 'The value is none of those allowed.',
    'unknown-party': 'There is no party of that number.',
    'unknown-item': 'There is no item of that number.',
    'wrong-type': 'This is of another type than it must be.',
    'wrong-schema': 'This is another version of the format; check schema.',
    'malformed-json': 'This is not valid JSON; correct it and file again.',
    'bad-id': 'This number cannot be used; check its form.',
    'duplicate-id': 'Each number may be used only once.',
    'bad-time': 'The time is not in the right form, or does not fit.',
    'bad-digest': 'The fingerprint is not in the right form; enter it as the certificate has it.',
    'bad-value': 'The value is not right; please check and correct it.',
    'out-of-range': 'The number is out of range.',
    'unsafe-path': 'The path of a file cannot be used: it must be within the case folder.',
    'missing-file': 'A file is missing; please add it.',
    'file-missing': 'A file is missing; please add it.',
    'another-court': 'Nothing can be filed at that court here; check its code.',
    'trust-list': 'The trust list has a defect here, as said in brackets.',
    'bad-archive': 'The archive cannot be opened, or does not hold what is needed.',
    limit: 'This is larger, or more, than is allowed.',
    'too-many-defects': 'There are too many defects; only the first ones are listed.',
  },
}
