// openapi_answers.mjs SPEC: each operation of the description lists the answers that its security and its kind demand of any
// operation like it, whatever its handler does. Prints one line for each that does not; the exit status is 1 then.
import fs from 'node:fs'
import { parse } from 'yaml'

const api = parse(fs.readFileSync(process.argv[2], 'utf8'))
// Nobody is known to them, and they ask the store, the signer or the audit trail all the same.
const ASK_FOR_NOBODY = new Set(['signIn', 'returnFromProvider', 'getPublicReport', 'verifyReport', 'getKeys'])
// Whoever is signed in may ask who that is.
const FOR_EVERY_ROLE = new Set(['getSession'])
// Bytes of a file that stop coming: clients of tus go on after 503, and never after 408.
const of_tus = (operation) => operation.requestBody?.content?.['application/offset+octet-stream'] !== undefined
const CHANGES = new Set(['post', 'put', 'patch', 'delete'])

function demanded(method, operation) {
  const security = operation.security ?? api.security
  const needs_somebody = security.length > 0 && security.every((way) => Object.keys(way).length > 0)
  const codes = new Set()
  if (needs_somebody) for (const code of ['401', '429', '503']) codes.add(code)
  if (needs_somebody && !FOR_EVERY_ROLE.has(operation.operationId)) codes.add('403')
  if (ASK_FOR_NOBODY.has(operation.operationId)) codes.add('503')
  if (CHANGES.has(method)) codes.add('429')
  if (operation.requestBody) for (const code of ['400', of_tus(operation) ? '503' : '408', '413']) codes.add(code)
  return codes
}

let missing = 0
const names = new Set()
for (const [path, item] of Object.entries(api.paths)) {
  for (const [method, operation] of Object.entries(item)) {
    if (method === 'parameters') continue
    names.add(operation.operationId)
    for (const code of [...demanded(method, operation)].sort()) {
      if (operation.responses[code]) continue
      missing++
      console.log(`${operation.operationId} (${method.toUpperCase()} ${path}) lists no ${code}`)
    }
    if (of_tus(operation) && operation.responses['408']) {
      missing++
      console.log(`${operation.operationId} (${method.toUpperCase()} ${path}) lists 408`)
    }
  }
}
for (const name of [...ASK_FOR_NOBODY, ...FOR_EVERY_ROLE]) {
  if (names.has(name)) continue
  missing++
  console.log(`there is no operation ${name}`)
}
if (names.size === 0) console.log('there are no operations')
process.exit(missing === 0 && names.size > 0 ? 0 : 1)
