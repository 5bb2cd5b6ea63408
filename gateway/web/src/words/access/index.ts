import { table } from '../words.ts'
import { en } from './en.ts'
import { zh } from './zh.ts'

export const accessWords = table(zh, en)
