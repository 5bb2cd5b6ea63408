// Is a file at hand one that a report names? Compared by every fingerprint that the report states of an item and that
// could be computed here; the file does not leave the computer.
import { isArray, isObject, textOf, type JsonObject } from './strict.ts'

/** Lower-case hex by name, as in the payload: "sha-256", "sm3". */
export type Fingerprints = Readonly<Record<string, string>>

export interface Match {
  readonly item: string
  readonly verdict: string
  /** Names of the fingerprints that agree. */
  readonly by: readonly string[]
}

/** The items whose file has these fingerprints. One that differs beside one that agrees is no match. */
export function itemsOf(payload: JsonObject, fingerprints: Fingerprints): readonly Match[] {
  const items = isArray(payload['evidence']) ? payload['evidence'].filter(isObject) : []
  return items.flatMap((item) => {
    const file = item['file']
    const stated = isObject(file) && isObject(file['digests']) ? file['digests'] : {}
    const common = Object.keys(fingerprints).filter((name) => textOf(stated[name]) !== undefined)
    if (common.length === 0 || !common.every((name) => stated[name] === fingerprints[name])) return []
    return [{ item: textOf(item['id']) ?? '', verdict: textOf(item['verdict']) ?? '', by: common }]
  })
}
