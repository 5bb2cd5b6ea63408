// openapi_examples.mjs SPEC COURT PUBLIC CA CERT KEY CONTAINER ACCOUNTS: executes every operation and every example of the description against a
// running gateway. Answers are held against the description's schemas, and against its examples: the same members, the same
// types, and the same values where they do not depend on time and chance. Prints one line a case and `N passed, N failed`.
import fs from 'node:fs'
import https from 'node:https'
import Ajv from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import { parse } from 'yaml'
import { totp } from './totp.mjs'

const [spec, court, open, ca, cert, key, sample, accounts] = process.argv.slice(2)
const api = parse(fs.readFileSync(spec, 'utf8'))
const ajv = new Ajv({ strict: false, allErrors: true })
addFormats(ajv)
ajv.addSchema(api, 'api')
const identity = { ca: fs.readFileSync(ca), cert: fs.readFileSync(cert), key: fs.readFileSync(key) }

let passed = 0
let failed = 0
function check(name, problem) {
  if (problem) { failed++; console.log(`FAIL  ${name}\n      ${problem}`) } else { passed++; console.log(`ok    ${name}`) }
}

const pointer = (...parts) => parts.map((part) => '/' + String(part).replaceAll('~', '~0').replaceAll('/', '~1')).join('')
const resolved = (value) => value?.$ref ? value.$ref.slice(2).split('/').reduce((at, name) => at[name], api) : value
// Where the description itself stands after following a reference.
const place = (value, at) => value?.$ref ? value.$ref.slice(1) : at

const operations = new Map()
for (const [path, item] of Object.entries(api.paths)) {
  for (const [method, operation] of Object.entries(item)) {
    if (method === 'parameters') continue
    operations.set(operation.operationId, {
      path, method, operation, parameters: [...(item.parameters ?? []), ...(operation.parameters ?? [])].map(resolved),
    })
  }
}
const executed = new Set()

const CHANCE = new Set(['id', 'createdAt', 'expiresAt', 'receivedAt', 'asOf', 'receipt', 'upload', 'number', 'href', 'origin', 'token'])
function differs(example, actual, at = '') {
  if (typeof example !== typeof actual || Array.isArray(example) !== Array.isArray(actual)) return `${at}: another type`
  if (example !== null && typeof example === 'object') {
    const names = new Set([...Object.keys(example), ...Object.keys(actual)])
    for (const name of names) {
      if (!(name in example) || !(name in actual)) return `${at}/${name} stands on one side alone`
      if (CHANCE.has(name) && typeof example[name] === typeof actual[name]) continue
      const found = differs(example[name], actual[name], `${at}/${name}`)
      if (found) return found
    }
    return undefined
  }
  return example === actual ? undefined : `${at}: ${JSON.stringify(actual)} instead of ${JSON.stringify(example)}`
}

function send(method, url, headers, body) {
  return new Promise((resolve, reject) => {
    const options = url.startsWith(open) ? { ca: identity.ca } : identity
    const request = https.request(url, { method: method.toUpperCase(), headers, ...options }, (answer) => {
      const chunks = []
      answer.on('data', (chunk) => chunks.push(chunk))
      answer.on('end', () => resolve({ status: answer.statusCode, headers: answer.headers, body: Buffer.concat(chunks) }))
    })
    request.on('error', reject)
    request.end(body)
  })
}

// `given`: values of parameters instead of their examples, `accept`, `body`, `type`, `address`; `expect`: the status.
async function execute(id, expect, given = {}) {
  const { path, method, operation, parameters } = operations.get(id)
  let url = path
  const query = new URLSearchParams()
  const headers = { ...given.headers }
  if (given.accept) headers.accept = given.accept
  for (const parameter of parameters) {
    const value = given[parameter.name] ?? parameter.example
    if (value === undefined || value === null) continue
    if (parameter.in === 'path') url = url.replace(`{${parameter.name}}`, value)
    if (parameter.in === 'query') query.set(parameter.name, value)
    if (parameter.in === 'header') headers[parameter.name] = String(value)
  }
  const contents = operation.requestBody?.content ?? {}
  const type = given.type ?? Object.keys(contents).find((name) => contents[name].example !== undefined)
  let body = given.body
  if (type !== undefined && body === undefined) {
    const example = contents[type].example
    body = typeof example === 'string' ? example : JSON.stringify(example)
  }
  if (body !== undefined) headers['content-type'] ??= type
  if (body !== undefined) headers['content-length'] = Buffer.byteLength(body)
  const address = given.address ?? court
  const answer = await send(method, address + url + (query.size ? `?${query}` : ''), headers, body)
  const name = `${id} ${given.accept ?? ''} ${answer.status}`
  check(`${name} is the status expected`, answer.status === expect ? undefined : `${expect} expected: ${answer.body}`)
  if (answer.status < 300) executed.add(id)
  const described = operation.responses[answer.status]
  check(`${name} is described`, described ? undefined : 'no such response')
  if (!described) return answer
  const at = place(described, pointer('paths', path, method, 'responses', answer.status))
  const response = resolved(described)
  for (const [header, value] of Object.entries(response.headers ?? {})) {
    const sent = answer.headers[header.toLowerCase()]?.toString()
    const valid = sent !== undefined && ajv.validate(value.schema, sent)
    check(`${name} has ${header}`, valid ? undefined : `${sent}`)
  }
  const media = (answer.headers['content-type'] ?? '').split(';')[0]
  if (method === 'head' || !response.content) {
    check(`${name} has no body`, answer.body.length === 0 ? undefined : 'it has')
    return answer
  }
  const content = response.content[media]
  check(`${name} is ${media}`, content ? undefined : 'not described')
  if (!content) return answer
  const value = media.includes('json') ? JSON.parse(answer.body) : answer.body.toString()
  const valid = ajv.getSchema(`api#${at}${pointer('content', media, 'schema')}`)
  check(`${name} is as its schema says`, valid(value) ? undefined : ajv.errorsText(valid.errors))
  if (content.example !== undefined && !given.unlike) {
    check(`${name}: the example is as its schema says`, valid(content.example) ? undefined : ajv.errorsText(valid.errors))
    check(`${name} is like its example`, differs(content.example, value))
  }
  return { ...answer, value }
}

const b64 = (text) => Buffer.from(text).toString('base64')
const begun = await execute('submit', 201)
const id = begun.value.id
await execute('submit', 409, { body: JSON.stringify({ schema: 'heyan.submission.v1', evidence: [{ id: 'E1', file: { path: 'files/other.html' } }] }) })
await execute('submit', 428, { 'Idempotency-Key': '' })
await execute('submit', 400, { 'Idempotency-Key': 'altered', headers: { 'Content-Digest': 'sha-256=:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=:' } })
const metadata = `submission ${b64(id)},path ${b64('files/article.html')}`
const upload = async () => (await execute('beginUpload', 201, { 'Upload-Metadata': metadata })).headers.location.split('/').pop()
await execute('uploadOptions', 204)
await execute('uploadOptionsOfOne', 204)
await execute('beginUpload', 404)
let name = await upload()
check('beginUpload again is the same', await upload() === name ? undefined : 'another')
await execute('beginUpload', 409, { 'Upload-Metadata': metadata, 'Upload-Length': 11 })
await execute('getUpload', 200, { upload: name })
await execute('getUpload', 412, { upload: name, 'Tus-Resumable': '0.1.0' })
await execute('dropUpload', 204, { upload: name })
await execute('dropUpload', 404, { upload: name })
name = await upload()
await execute('actOnUpload', 200, { upload: name, 'X-HTTP-Method-Override': 'HEAD' })
await execute('actOnUpload', 400, { upload: name, 'X-HTTP-Method-Override': 'PUT' })
await execute('actOnUpload', 204, { upload: name })
await execute('actOnUpload', 404, { upload: name })
name = await upload()
await execute('getSubmission', 200, { id })
await execute('continueUpload', 409, { upload: name, 'Upload-Offset': 3 })
await execute('continueUpload', 460, { upload: name, 'Upload-Checksum': 'sha1 AAAAAAAAAAAAAAAAAAAAAAAAAAA=' })
await execute('continueUpload', 204, { upload: name })
let state
for (let i = 0; i < 5 && state?.value.state !== 'DONE'; i++) state = await execute('getSubmission', 200, { id })
const number = state.value.report.number
await execute('getSubmission', 404, { id: '0'.repeat(32) })
await execute('listSubmissions', 200)
await execute('listSubmissions', 400, { limit: 0 })
await execute('getCase', 200, { id })
await execute('getFile', 200, { id })
for (const form of ['application/json', 'application/jose', 'application/pdf']) await execute('getReceipt', 200, { id, accept: form })
await execute('getScans', 200, { id, unlike: true })  // nobody scans here: malware_test
await execute('getReceipt', 406, { id, accept: 'image/png' })
await execute('beginPreview', 201, { id })
await execute('beginPreview', 400, { id, body: '{}', type: 'application/json' })
await execute('getSupplements', 200, { id })
// What people alone may do, each by a role that may. The system of their court may not.
const people = new Map(fs.readFileSync(accounts, 'utf8').split('\n').filter((line) => /^[a-z]/.test(line)).map((line) => line.split(' ').slice(1)))
const json = (value) => ({ address: open, type: 'application/json', body: JSON.stringify(value) })
const from = { headers: { origin: open } }
async function signIn(account) {
  const entered = await execute('signIn', 200, { ...json({ account, password: people.get(account) }), ...from })
  return { headers: { ...from.headers, cookie: entered.headers['set-cookie'][0].split(';')[0], 'x-heyan-token': entered.value.token } }
}
for (const one of ['askSupplement', 'annotate', 'getAnnotations', 'assign', 'getAssignment', 'askAccess', 'listJudges', 'listAccess', 'askDeletion', 'cancelDeletion', 'confirmDeletion', 'placeHold', 'releaseHold', 'getOperatorState', 'getContestedLedgers', 'getTrustList', 'previewTrustList']) await execute(one, 403, { id })
const [clerk, judge, operator] = [await signIn('clerk'), await signIn('judge'), await signIn('operator')]
await execute('askSupplement', 201, { id, address: open, ...clerk })
const byClerk = { id, address: open, ...clerk }
const byJudge = { id, address: open, ...judge }
for (const one of ['getSubmission', 'getCase', 'getReceipt', 'annotate', 'getAccess']) await execute(one, 403, byJudge)
await execute('listJudges', 200, byClerk)
await execute('assign', 201, byClerk)
await execute('assign', 200, byClerk)
await execute('assign', 422, { ...byClerk, type: 'application/json', body: '{"account":"nobody"}' })
await execute('getAssignment', 200, byJudge)
await execute('askAccess', 409, byJudge)
await execute('endAssignment', 204, byClerk)
await execute('endAssignment', 404, byClerk)
await execute('endAssignment', 400, { ...byClerk, account: 'No Account' })
await execute('askAccess', 422, { ...byJudge, type: 'application/json', body: '{"reason":"short"}' })
await execute('askAccess', 404, { ...byJudge, id: '0'.repeat(32) })
await execute('askAccess', 201, byJudge)
await execute('getAccess', 200, byJudge)
await execute('listAccess', 200, byClerk)
await execute('listAccess', 200, { address: open, ...operator })
await execute('listAccess', 400, { ...byClerk, limit: 0 })
await execute('listSubmissions', 403, { address: open, ...judge, unassigned: true })
await execute('listSubmissions', 200, { address: open, ...clerk, unassigned: true })
await execute('annotate', 204, { id, address: open, ...judge })
await execute('annotate', 403, { id, address: open, headers: { cookie: judge.headers.cookie } })
await execute('getAnnotations', 200, { id, address: open, ...judge })
await execute('getDeletion', 200, { id })
const { value: { request } } = await execute('askDeletion', 200, { id, address: open, ...clerk })
await execute('confirmDeletion', 403, { id, ...json({ request }), ...judge })
await execute('assign', 201, byClerk)
await execute('confirmDeletion', 409, { id, address: open, ...judge })
await execute('confirmDeletion', 200, { id, ...json({ request }), ...judge })
await execute('placeHold', 200, { id, address: open, ...clerk })
const { value: { holds } } = await execute('placeHold', 200, { id, address: open, ...judge })
await execute('releaseHold', 409, { id, address: open, ...judge })
await execute('releaseHold', 200, { id, address: open, ...judge, hold: holds[0].id })
await execute('releaseHold', 409, { id, address: open, ...judge, hold: holds[0].id })
await execute('releaseHold', 200, { id, address: open, ...judge })
await execute('releaseHold', 409, { id, address: open, ...judge })
await execute('cancelDeletion', 200, { id, address: open, ...clerk })
await execute('cancelDeletion', 409, { id, address: open, ...judge })
await execute('getDeletion', 200, { id, address: open, ...judge })
await execute('getDeletion', 404, { id: '0'.repeat(32) })
await execute('getOperatorState', 200, { address: open, ...operator })
await execute('getContestedLedgers', 200, { address: open, ...operator })
await execute('getTrustList', 200, { address: open, ...operator })
await execute('previewTrustList', 200, { address: open, ...operator })
await execute('previewTrustList', 403, { address: open, headers: { cookie: operator.headers.cookie } })
await execute('previewTrustList', 422, { address: open, ...operator, type: 'application/toml', body: '[list]' })
await execute('previewTrustList', 415, { address: open, ...operator, headers: { ...operator.headers, 'content-type': 'text/plain' } })
await execute('signIn', 401, { ...json({ account: 'clerk', password: 'a wrong password' }), ...from })
await execute('signIn', 400, { ...json({ account: 'clerk' }), ...from })
await execute('signIn', 403, json({ account: 'clerk', password: people.get('clerk') }))
await execute('signIn', 415, { ...json({}), type: 'text/plain', ...from })
await execute('getSession', 200, { address: open, ...clerk })
await execute('getSession', 401, { address: open })
await execute('listProviders', 200, { address: open, unlike: true })  // there is none here: oidc_test
await execute('signInAtProvider', 404, { address: open, headers: { origin: open } })
await execute('returnFromProvider', 404, { address: open })
const NEED_A_PROVIDER = new Set(['signInAtProvider', 'returnFromProvider'])
await execute('changePassword', 422, { ...json({ old: people.get('clerk'), new: 'short' }), ...clerk })
await execute('changePassword', 204, { ...json({ old: people.get('clerk'), new: 'another good password' }), ...clerk })
await execute('confirmSecondFactor', 409, { ...json({ code: '000000' }), ...judge })
await execute('removeSecondFactor', 409, { ...json({ code: '000000' }), ...judge })
const again = json({ password: people.get('judge') })
await execute('proposeSecondFactor', 422, { ...json({ password: 'a wrong password' }), ...judge })
const { secret } = (await execute('proposeSecondFactor', 200, { ...again, ...judge })).value
await execute('confirmSecondFactor', 422, { ...json({ code: 'wrong' }), ...judge })
await execute('confirmSecondFactor', 204, { ...json({ code: totp(secret) }), ...judge })
await execute('proposeSecondFactor', 409, { ...again, ...judge })
await execute('removeSecondFactor', 204, { ...json({ code: totp(secret, 1) }), ...judge })
await execute('signOut', 403, { address: open, headers: { cookie: clerk.headers.cookie } })
await execute('signOut', 204, { address: open, ...clerk })
await execute('signOut', 401, { address: open, ...clerk })
for (const part of ['getCase', 'getFile', 'getScans', 'getReceipt', 'beginPreview', 'getSupplements']) await execute(part, 404, { id: '0'.repeat(32) })
await execute('getPublicReport', 200, { number, address: open })
await execute('getPublicReport', 404, { number: 'HY-AAAA-AAAA-AAAA-AAAA', address: open })
await execute('getKeys', 200, { address: open })
let signed
for (const form of Object.keys(operations.get('getReport').operation.responses[200].content)) {
  const answer = await execute('getReport', 200, { number, accept: form })
  if (form === 'application/jose+json') signed = answer.body
}
await execute('getReport', 406, { number, accept: 'image/png' })
await execute('getReport', 404, { number: 'HY-AAAA-AAAA-AAAA-AAAA' })
await execute('getLogProof', 200, { number })
await execute('getLogProof', 404, { number: 'HY-AAAA-AAAA-AAAA-AAAA' })
await execute('sendCspReport', 204, { address: open })
await execute('sendCspReport', 415, { address: open, headers: { 'content-type': 'text/plain' } })
await execute('verifyReport', 200, { address: open })
await execute('verifyReport', 200, { address: open, body: signed, unlike: true })
await execute('verifyReport', 415, { address: open, headers: { 'content-type': 'text/plain' } })
await execute('verifyAgain', 202, { id })
await execute('verifyAgain', 404, { id: '0'.repeat(32) })
await execute('withdrawReport', 200, { number })
await execute('withdrawReport', 400, { number, body: '{"reason":"because"}', type: 'application/json' })
await execute('withdrawReport', 404, { number: 'HY-AAAA-AAAA-AAAA-AAAA' })
const container = { type: 'application/vnd.etsi.asic-e+zip', body: fs.readFileSync(sample) }
const taken = await execute('handInMessage', 202, container)
await execute('handInMessage', 415, { ...container, body: 'no container' })
await execute('handInMessage', 404, { ...container, adapter: 'nobody' })
await execute('getMessageResult', 200, { id: taken.headers.location.split('/').pop() })
await execute('getMessageResult', 404, { id: '0'.repeat(32) })
await execute('getCheckpoint', 200, { address: open })
await execute('getHealth', 200, { address: open })
await execute('getReadiness', 200, { address: open })
for (const operation of operations.keys()) check(`${operation} was executed`, executed.has(operation) || NEED_A_PROVIDER.has(operation) ? undefined : 'never')
console.log(`${passed} passed, ${failed} failed`)
process.exit(failed === 0 ? 0 : 1)
