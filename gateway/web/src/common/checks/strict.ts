// Readers that take one spelling of each value, so that the browser and the gateway cannot understand one report
// differently: base64 (RFC 4648), UTF-8, JSON (RFC 8259, with nothing that two readers take differently) and its
// canonical form (RFC 8785). Nothing comes back for any other bytes.

export type Json = null | boolean | number | string | readonly Json[] | { readonly [name: string]: Json }
export type JsonObject = { readonly [name: string]: Json }

const depthAtMost = 32

export function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

export function isArray(value: Json | undefined): value is readonly Json[] {
  return Array.isArray(value)
}

export function textOf(value: Json | undefined): string | undefined {
  return typeof value === 'string' ? value : undefined
}

/** Are these exactly the object's members? */
export function hasMembers(object: JsonObject, names: readonly string[]): boolean {
  const own = Object.keys(object)
  return own.length === names.length && names.every((name) => own.includes(name))
}

export function utf8(text: string): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(text)
}

export function fromUtf8(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    return undefined
  }
}

export function toBase64(bytes: Uint8Array): string {
  let binary = ''
  for (const byte of bytes) binary += String.fromCharCode(byte)
  return btoa(binary)
}

export function fromBase64(text: string): Uint8Array<ArrayBuffer> | undefined {
  let binary: string
  try {
    binary = atob(text)
  } catch {
    return undefined
  }
  const bytes = Uint8Array.from(binary, (character) => character.charCodeAt(0))
  // atob forgives white space, padding left out and bits left over.
  return toBase64(bytes) === text ? bytes : undefined
}

export function toBase64Url(bytes: Uint8Array): string {
  return toBase64(bytes).replace(/\+/g, '-').replace(/\//g, '_').replace(/=+$/, '')
}

export function fromBase64Url(text: string): Uint8Array<ArrayBuffer> | undefined {
  if (!/^[A-Za-z0-9_-]*$/.test(text)) return undefined
  const standard = text.replace(/-/g, '+').replace(/_/g, '/')
  return fromBase64(standard.padEnd(Math.ceil(text.length / 4) * 4, '='))
}

export function toHex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
}

export function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, at) => byte === b[at])
}

export function parseJson(text: string): Json | undefined {
  try {
    const value = JSON.parse(text) as Json
    return isUnambiguous(text) ? value : undefined
  } catch {
    return undefined
  }
}

/** The object, where the bytes are its one canonical form and hold no numbers but integers. */
export function parseCanonical(bytes: Uint8Array): JsonObject | undefined {
  const text = fromUtf8(bytes)
  const value = text === undefined ? undefined : parseJson(text)
  return isObject(value) && canonical(value) === text ? value : undefined
}

/** RFC 8785; nothing where a number is no integer that every reader takes alike. */
export function canonical(value: Json): string | undefined {
  if (typeof value === 'number') return Number.isSafeInteger(value) ? JSON.stringify(value) : undefined
  if (isArray(value)) {
    const parts = value.map(canonical)
    return parts.includes(undefined) ? undefined : `[${parts.join(',')}]`
  }
  if (isObject(value)) {
    const parts = Object.keys(value).sort().map((name) => {
      const member = canonical(value[name] as Json)
      return member === undefined ? undefined : `${JSON.stringify(name)}:${member}`
    })
    return parts.includes(undefined) ? undefined : `{${parts.join(',')}}`
  }
  return JSON.stringify(value)
}

/** Of a text that JSON.parse took, which keeps the last of two members of one name and half of a surrogate pair. */
function isUnambiguous(text: string): boolean {
  const open: Set<string>[] = []
  for (let at = 0; at < text.length; at++) {
    const character = text[at]
    if (character === '{' || character === '[') {
      open.push(new Set())
      if (open.length > depthAtMost) return false
    } else if (character === '}' || character === ']') {
      open.pop()
    } else if (character === '"') {
      const start = at
      for (at++; text[at] !== '"'; at++) if (text[at] === '\\') at++
      const value = JSON.parse(text.slice(start, at + 1)) as string
      if (/\p{Surrogate}/u.test(value)) return false
      let next = at + 1
      while (/\s/.test(text[next] ?? '')) next++
      if (text[next] === ':') {
        const names = open[open.length - 1]
        if (names === undefined || names.has(value)) return false
        names.add(value)
      }
    }
  }
  return true
}
