// The personal fields that a copy of a report discloses (docs/formats.md, "Personal fields and copies"; RFC 9901
// 4.2.1): each must open what the payload commits to, in its order, once.
import { sha256 } from '@noble/hashes/sha2.js'
import { canonical, fromBase64Url, fromUtf8, isArray, isObject, parseJson, textOf, toBase64Url, toHex, utf8, type Json, type JsonObject } from './strict.ts'

const saltBytes = 32

/** The values by place; nothing where one does not open its commitment, and then the copy is void. */
export function openDisclosures(member: Json, payload: JsonObject): ReadonlyMap<string, string> | undefined {
  if (!isArray(member) || member.length === 0) return undefined
  const commitments = isArray(payload['commitments']) ? payload['commitments'].filter(isObject) : []
  const opened = new Map<string, string>()
  let next = 0
  for (const one of member) {
    const disclosure = parseDisclosure(one)
    if (disclosure === undefined) return undefined
    const at = commitments.findIndex((commitment, index) => index >= next && commitment['pointer'] === disclosure.pointer)
    if (at < 0 || commitments[at]?.['sha256'] !== disclosure.digest) return undefined
    opened.set(disclosure.pointer, disclosure.value)
    next = at + 1
  }
  return opened
}

interface Disclosure {
  readonly pointer: string
  readonly value: string
  readonly digest: string
}

function parseDisclosure(one: Json): Disclosure | undefined {
  const text = textOf(one) ?? ''
  const json = fromUtf8(fromBase64Url(text) ?? new Uint8Array())
  const parts = parseJson(json ?? '')
  if (!isArray(parts) || parts.length !== 3 || toBase64Url(utf8(canonical(parts) ?? '')) !== text) return undefined
  const [salt, pointer, value] = parts.map(textOf)
  if (salt === undefined || pointer === undefined || value === undefined) return undefined
  if (fromBase64Url(salt)?.length !== saltBytes) return undefined
  return { pointer, value, digest: toHex(sha256(utf8(text))) }
}
