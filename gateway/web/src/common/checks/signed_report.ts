// A signed report, checked in the browser with the key that the gateway publishes (verifier/report/jws.h and
// envelope.h have the same rules): RFC 7515 general JSON, one ES256 and one SM2 signature over one canonical payload.
// ES256 is verified by Web Crypto. SM2 is read as strictly but not verified: browsers cannot, and the page says so.
//
// Threat: a report comes from anybody. The published key decides, never a header; what is not in the list of members
// is refused, so there is no jku, x5u, jwk, crit, b64 or detached payload, and no signature can be taken off or added.
import { sha256 } from '@noble/hashes/sha2.js'
import { readCertificate, type Certificate } from './certificate.ts'
import { openDisclosures } from './disclosures.ts'
import { isLogged, parseLogKey, type LogPosition } from './log_proof.ts'
import type { Fault, LogOutcome, ReportCheck } from './report_check.ts'
import {
  canonical, fromBase64, fromBase64Url, fromUtf8, hasMembers, isArray, isObject, parseCanonical, parseJson, sameBytes, textOf, toHex, utf8,
  type Json, type JsonObject,
} from './strict.ts'

/** What GET /v1/keys publishes, as far as it is needed here. */
export interface PublishedKeys {
  readonly reports: JsonWebKey
  readonly log: { readonly origin: string; readonly vkey: string }
}

const documentBytes = 64 * 1024 * 1024
const signatureBytes = 64
const chainAtMost = 8
const originAtMost = 256
const lastSecond = 253_402_300_799 // 9999-12-31T23:59:59Z
const es256 = 'ES256'
const algorithms = [es256, 'urn:heyan:jws:sm2-sm3']

function faulty(fault: Fault): ReportCheck {
  return { signature: 'invalid', fault, log: 'missing', disclosures: 'none' }
}

export async function checkSignedReport(document: Uint8Array, keys: PublishedKeys): Promise<ReportCheck> {
  const envelope = readEnvelope(document)
  if (typeof envelope === 'string') return faulty(envelope)
  const entry = envelope.entries.find(({ algorithm }) => algorithm === es256) as Entry
  const signature = await verifyEntry(entry, envelope.payloadText, keys.reports)
  if (signature === 'certificate' || signature === 'signature') return faulty(signature)
  const payloadDigest = toHex(sha256(envelope.payload))
  const opened = envelope.disclosures === undefined ? undefined : openDisclosures(envelope.disclosures, envelope.value)
  return {
    signature,
    log: logOutcome(envelope.proof, payloadDigest, entry.position, keys),
    disclosures: envelope.disclosures === undefined ? 'none' : opened === undefined ? 'invalid' : 'valid',
    payload: envelope.value,
    payloadDigest,
    signedAt: entry.signedAt * 1000,
    ...(entry.position === undefined ? {} : { position: entry.position }),
  }
}

function logOutcome(proof: string | undefined, digest: string, position: LogPosition | undefined, keys: PublishedKeys): LogOutcome {
  if (proof === undefined) return 'missing'
  const key = parseLogKey(keys.log.vkey)
  if (key === undefined || position === undefined) return 'invalid'
  if (position.origin !== keys.log.origin) return 'other-log' // a gateway that was restored began another one
  return isLogged(proof, digest, position, key) ? 'valid' : 'invalid'
}

interface Entry {
  readonly algorithm: string
  readonly header: string // as it stands in the document
  readonly signature: Uint8Array<ArrayBuffer>
  readonly leaf: Uint8Array<ArrayBuffer> // certificate, DER
  readonly signedAt: number // seconds
  readonly position?: LogPosition
}

interface Envelope {
  readonly payloadText: string
  readonly payload: Uint8Array
  readonly value: JsonObject
  readonly entries: readonly Entry[]
  readonly proof?: string
  readonly disclosures?: Json
}

// A time stamp says when the signatures were there; whether it does is for `heyan report verify --tsa-ca`.
const besideTheReport = ['heyan-log-proof', 'heyan-disclosures', 'heyan-time-stamp']

function readEnvelope(document: Uint8Array): Envelope | Fault {
  if (document.length > documentBytes) return 'too-large'
  const json = parseJson(fromUtf8(document) ?? '')
  if (json === undefined) return 'not-json'
  if (!isObject(json)) return 'members'
  const { payload: payloadText, signatures, 'heyan-log-proof': proof, 'heyan-disclosures': disclosures } = json
  const names = Object.keys(json).filter((name) => !besideTheReport.includes(name))
  if (names.length !== 2 || typeof payloadText !== 'string' || !isArray(signatures)) return 'members'
  if (proof !== undefined && typeof proof !== 'string') return 'members'
  if (json['heyan-time-stamp'] !== undefined && typeof json['heyan-time-stamp'] !== 'string') return 'members'
  const payload = fromBase64Url(payloadText)
  if (payload === undefined) return 'base64'
  const value = parseCanonical(payload)
  if (value === undefined) return 'payload'
  const entries: Entry[] = []
  for (const each of signatures) {
    const entry = readEntry(each)
    if (typeof entry === 'string') return entry
    entries.push(entry)
  }
  const fault = checkSet(entries)
  if (fault !== undefined) return fault
  return { payloadText, payload, value, entries, ...(proof === undefined ? {} : { proof }), ...(disclosures === undefined ? {} : { disclosures }) }
}

function readEntry(value: Json): Entry | Fault {
  if (!isObject(value) || !hasMembers(value, ['protected', 'signature'])) return 'members'
  const header = textOf(value['protected'])
  const signatureText = textOf(value['signature'])
  if (header === undefined || signatureText === undefined) return 'members'
  const bytes = fromBase64Url(header)
  const signature = fromBase64Url(signatureText)
  if (bytes === undefined || signature === undefined) return 'base64'
  const read = readHeader(bytes)
  if (typeof read === 'string') return read
  return signature.length === signatureBytes ? { ...read, header, signature } : 'signature'
}

/** Canonical, and exactly the members that a gateway writes. */
function readHeader(bytes: Uint8Array): Omit<Entry, 'header' | 'signature'> | Fault {
  const header = parseCanonical(bytes)
  if (header === undefined) return 'header'
  const logged = header['heyan-log'] !== undefined
  if (!hasMembers(header, ['alg', 'heyan-signatures', 'iat', 'typ', 'x5c', ...(logged ? ['heyan-log'] : [])])) return 'header'
  const algorithm = textOf(header['alg'])
  const signedAt = header['iat']
  if (header['typ'] !== 'heyan-report+jws' || algorithm === undefined || typeof signedAt !== 'number') return 'header'
  if (signedAt < 0 || signedAt > lastSecond) return 'header'
  if (canonical(header['heyan-signatures'] as Json) !== canonical(algorithms)) return 'signature-set'
  if (!algorithms.includes(algorithm)) return 'algorithm'
  const position = logged ? readPosition(header['heyan-log']) : undefined
  const leaf = readLeaf(header['x5c'])
  if ((logged && position === undefined) || leaf === undefined) return 'header'
  return { algorithm, signedAt, leaf, ...(position === undefined ? {} : { position }) }
}

function readPosition(value: Json | undefined): LogPosition | undefined {
  if (!isObject(value) || !hasMembers(value, ['index', 'origin'])) return undefined
  const { index, origin } = value
  if (typeof index !== 'number' || index < 0 || typeof origin !== 'string' || origin === '') return undefined
  if (utf8(origin).length > originAtMost || /\p{Control}/u.test(origin)) return undefined
  return { index, origin }
}

function readLeaf(value: Json | undefined): Uint8Array<ArrayBuffer> | undefined {
  if (!isArray(value) || value.length === 0 || value.length > chainAtMost) return undefined
  const chain = value.map((one) => fromBase64(textOf(one) ?? ''))
  return chain.every((one) => one !== undefined && one.length > 0) ? chain[0] : undefined
}

function checkSet(entries: readonly Entry[]): Fault | undefined {
  if (!algorithms.every((name) => entries.filter(({ algorithm }) => algorithm === name).length === 1)) return 'signature-set'
  const [first] = entries
  const differs = ({ signedAt, position }: Entry) =>
    signedAt !== first?.signedAt || position?.index !== first.position?.index || position?.origin !== first.position?.origin
  return entries.some(differs) ? 'headers-differ' : undefined
}

const curve = { name: 'ECDSA', namedCurve: 'P-256' }

/** The certificate must have been valid when it signed, and its key made the signature; the published key says whose. */
async function verifyEntry(entry: Entry, payloadText: string, published: JsonWebKey): Promise<'valid' | 'other-key' | 'certificate' | 'signature'> {
  const certificate = readCertificate(entry.leaf)
  const key = certificate === undefined ? undefined : await importSpki(certificate)
  if (certificate === undefined || key === undefined) return 'certificate'
  const signedAt = entry.signedAt * 1000
  if (signedAt < certificate.notBefore || signedAt > certificate.notAfter) return 'certificate'
  // JWS Signing Input (RFC 7515 5.1).
  const input = utf8(`${entry.header}.${payloadText}`)
  if (!(await crypto.subtle.verify({ name: 'ECDSA', hash: 'SHA-256' }, key, entry.signature, input))) return 'signature'
  return (await isPublished(certificate, published)) ? 'valid' : 'other-key'
}

async function importSpki({ spki }: Certificate): Promise<CryptoKey | undefined> {
  try {
    return await crypto.subtle.importKey('spki', spki, curve, true, ['verify'])
  } catch {
    return undefined
  }
}

async function isPublished({ spki }: Certificate, published: JsonWebKey): Promise<boolean> {
  const { kty, crv, x, y } = published
  if (kty !== 'EC' || crv !== 'P-256' || x === undefined || y === undefined) return false
  try {
    const key = await crypto.subtle.importKey('jwk', { kty, crv, x, y }, curve, true, ['verify'])
    return sameBytes(new Uint8Array(await crypto.subtle.exportKey('spki', key)), spki)
  } catch {
    return false
  }
}
