// What kind of report a file is, by its ending: the gateway decides by the bytes.
const kTypes: ReadonlyMap<string, string> = new Map([
  ['jws', 'application/jose+json'],
  ['json', 'application/jose+json'],
  ['pdf', 'application/pdf'],
  ['xml', 'application/xml'],
  ['zip', 'application/zip'],
  ['asics', 'application/vnd.etsi.asic-s+zip'],
])

export const signedReportType = 'application/jose+json'

/** Its media type; nothing where reports have no such ending. */
export function typeOf(name: string): string | undefined {
  return kTypes.get(name.slice(name.lastIndexOf('.') + 1).toLowerCase())
}

/** As it is printed, from what somebody typed: any case, with or without dashes and spaces. Nothing for any other text. */
export function reportNumberOf(typed: string): string | undefined {
  const plain = typed.replace(/[\s\-\u2010-\u2015\uff0d]/g, '').toUpperCase()
  const [, groups] = /^HY([A-Z2-7]{16})$/.exec(plain) ?? []
  return groups === undefined ? undefined : `HY-${groups.replace(/(.{4})(?=.)/g, '$1-')}`
}
