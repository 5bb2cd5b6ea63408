// Texts of the pages. Each area has a table in Chinese, and one in English which must have the same keys: what is missing
// or superfluous does not compile. A text with values is a function.
import { createContext, useContext } from 'react'

export type Language = 'zh' | 'en'

/** The same keys with texts of the same kind: what the English table must be. */
export type Same<T> = {
  readonly [K in keyof T]: T[K] extends (...values: infer V) => string ? (...values: V) => string : T[K] extends string ? string : Same<T[K]>
}

export type Table<T> = Readonly<Record<Language, Same<T>>>

export function table<T>(zh: Same<T>, en: Same<T>): Table<T> {
  return { zh, en }
}

export interface LanguageChoice {
  readonly language: Language
  readonly choose: (language: Language) => void
}

export const LanguageContext = createContext<LanguageChoice>({ language: 'zh', choose: () => undefined })

export function useLanguage(): LanguageChoice {
  return useContext(LanguageContext)
}

export function useWords<T>(words: Table<T>): Same<T> {
  return words[useLanguage().language]
}

/** As in <html lang>. */
export function tagOf(language: Language): string {
  return language === 'zh' ? 'zh-CN' : 'en'
}
