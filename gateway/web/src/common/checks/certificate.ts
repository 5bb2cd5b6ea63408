// What is needed of a signer's certificate (RFC 5280 4.1): from when until when, and whose key. Nothing of it is
// believed: whose key counts is decided by what the gateway publishes.

export interface Certificate {
  /** SubjectPublicKeyInfo, DER */
  readonly spki: Uint8Array<ArrayBuffer>
  readonly notBefore: number // milliseconds since 1970
  readonly notAfter: number
}

interface Element {
  readonly tag: number
  readonly whole: Uint8Array<ArrayBuffer>
  readonly content: Uint8Array<ArrayBuffer>
}

const sequence = 0x30
const version = 0xa0
const utcTime = 0x17
const generalizedTime = 0x18

/** Nothing where the bytes are not one DER element after the other, from first to last. */
function elements(bytes: Uint8Array<ArrayBuffer>): Element[] | undefined {
  const found: Element[] = []
  for (let at = 0; at < bytes.length; ) {
    const tag = bytes[at] as number
    const first = bytes[at + 1]
    if (first === undefined || (tag & 0x1f) === 0x1f) return undefined
    let length = first
    let start = at + 2
    if (first >= 0x80) {
      const count = first - 0x80
      if (count < 1 || count > 3 || start + count > bytes.length) return undefined
      length = 0
      for (const byte of bytes.subarray(start, start + count)) length = length * 256 + byte
      if (length < 0x80 || length < 256 ** (count - 1)) return undefined
      start += count
    }
    if (start + length > bytes.length) return undefined
    found.push({ tag, whole: bytes.slice(at, start + length), content: bytes.slice(start, start + length) })
    at = start + length
  }
  return found
}

function within(element: Element | undefined): Element[] | undefined {
  return element?.tag === sequence ? elements(element.content) : undefined
}

/** RFC 5280 4.1.2.5: `YYMMDDHHMMSSZ` until 2049, `YYYYMMDDHHMMSSZ` after. */
function timeOf(element: Element | undefined): number | undefined {
  if (element === undefined) return undefined
  const text = String.fromCharCode(...element.content)
  const [, years, month, day, hour, minute, second] = /^(\d\d|\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)Z$/.exec(text) ?? []
  if (years === undefined || element.tag !== (years.length === 2 ? utcTime : generalizedTime)) return undefined
  const year = years.length === 4 ? years : `${Number(years) < 50 ? '20' : '19'}${years}`
  const time = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`)
  return Number.isNaN(time) ? undefined : time
}

export function readCertificate(der: Uint8Array<ArrayBuffer>): Certificate | undefined {
  const [certificate, ...rest] = elements(der) ?? []
  if (rest.length > 0) return undefined
  const parts = within(within(certificate)?.[0])
  // version, serialNumber, signature, issuer, validity, subject, subjectPublicKeyInfo
  if (parts?.[0]?.tag !== version) return undefined
  const [notBefore, notAfter] = (within(parts[4]) ?? []).map(timeOf)
  const key = parts[6]
  if (notBefore === undefined || notAfter === undefined || key?.tag !== sequence) return undefined
  return { spki: key.whole, notBefore, notAfter }
}
