// rights_matrix.mjs SPEC COURT PUBLIC CA CERT KEY ACCOUNTS OTHER_CERT OTHER_KEY: every call of the description as everyone who may ask,
// about what a litigant filed and a clerk assigned to one of two judges. A call without a row fails, and so does one that `right_needed` does not know. Who is told that there
// is no such thing is told it in the same bytes as of what never was.
import fs from 'node:fs'
import https from 'node:https'
import { parse } from 'yaml'

const [spec, court, open, ca, cert, key, accounts, otherCert, otherKey] = process.argv.slice(2)
const api = parse(fs.readFileSync(spec, 'utf8'))
const tls = { ca: fs.readFileSync(ca) }
const identity = { ...tls, cert: fs.readFileSync(cert), key: fs.readFileSync(key) }
const systems = new Map([['court', identity], ['elsewhere_system', { ...tls, cert: fs.readFileSync(otherCert), key: fs.readFileSync(otherKey) }]])

// Who it is not for comes first, and the owner last: what is taken away is taken away by the last one.
const CALLERS = ['nobody', 'stranger', 'elsewhere', 'elsewhere_judge', 'elsewhere_system', 'operator', 'court', 'unassigned', 'judge', 'clerk', 'litigant']
const ROWS = `
signIn              400 400 400 400 404 400 404 400 400 400 400
getSession          401 200 200 200 404 200 404 200 200 200 200
listProviders       200 200 200 200 404 200 404 200 200 200 200
signInAtProvider    404 404 404 404 404 404 404 404 404 404 404
returnFromProvider  404 404 404 404 404 404 404 404 404 404 404
changePassword      401 400 400 400 404 400 404 400 400 400 400
proposeSecondFactor 401 400 400 400 404 400 404 400 400 400 400
confirmSecondFactor 401 400 400 400 404 400 404 400 400 400 400
removeSecondFactor  401 400 400 400 404 400 404 400 400 400 400
listSubmissions     401 200 200 200 200 403 200 200 200 200 200
submit              401 201 422 403 422 403 201 403 403 201 201
getSubmission       401 404 404 404 404 403 200 403 200 200 200
getCase             401 404 404 404 404 403 200 403 200 200 200
getFile             401 404 404 404 404 403 200 403 200 200 200
getScans            401 404 404 404 404 403 200 403 200 200 200
getReceipt          401 404 404 404 404 403 200 403 200 200 200
beginPreview        401 404 404 404 404 403 201 403 201 201 201
getSupplements      401 404 404 404 404 403 200 403 200 200 200
askSupplement       401 403 404 403 403 403 403 403 403 201 403
getAnnotations      401 403 403 404 403 403 403 403 200 403 403
annotate            401 403 403 404 403 403 403 403 204 403 403
getDeletion         401 404 404 404 404 403 200 403 200 200 200
askDeletion         401 403 404 403 403 403 403 403 403 200 403
cancelDeletion      401 403 404 404 403 403 403 403 200 409 403
confirmDeletion     401 403 403 404 403 403 403 403 409 403 403
placeHold           401 403 404 404 403 403 403 403 200 200 403
releaseHold         401 403 403 404 403 403 403 403 409 403 403
getAssignment       401 403 404 404 403 403 403 403 200 200 403
assign              401 403 404 403 403 403 403 403 403 200 403
endAssignment       401 403 400 403 403 403 403 403 403 400 403
getAccess           401 404 404 404 404 403 200 403 200 200 200
listJudges          401 403 200 403 403 403 403 403 403 200 403
listAccess          401 403 200 403 403 200 403 403 403 200 403
verifyAgain         401 403 404 404 404 403 202 403 202 202 403
uploadOptions       204 204 204 204 204 204 204 204 204 204 204
beginUpload         401 404 404 403 404 403 404 403 403 404 201
uploadOptionsOfOne  204 204 204 204 204 204 204 204 204 204 204
actOnUpload         401 404 404 403 404 403 404 403 403 404 200
getUpload           401 404 404 403 404 403 404 403 403 404 200
continueUpload      401 404 404 403 404 403 404 403 403 404 409
dropUpload          401 404 404 403 404 403 404 403 403 404 204
handInMessage       401 403 403 403 415 403 415 403 403 403 403
getMessageResult    401 403 403 403 404 403 404 403 403 403 403
verifyReport        200 200 200 200 200 200 200 200 200 200 200
getReport           401 404 404 404 404 403 200 403 200 200 200
getLogProof         401 404 404 404 404 403 200 403 200 200 200
withdrawReport      401 403 404 404 404 403 200 403 200 200 403
getPublicReport     200 200 200 200 200 200 200 200 200 200 200
getOperatorState    401 403 403 403 403 200 403 403 403 403 403
getContestedLedgers 401 403 403 403 403 200 403 403 403 403 403
getTrustList        401 403 403 403 403 200 403 403 403 403 403
previewTrustList    401 403 403 403 403 200 403 403 403 403 403
sendCspReport       204 204 204 204 204 204 204 204 204 204 204
getKeys             200 200 200 200 200 200 200 200 200 200 200
getCheckpoint       200 200 200 200 200 200 200 200 200 200 200
getHealth           200 200 200 200 200 200 200 200 200 200 200
getReadiness        200 200 200 200 200 200 200 200 200 200 200
askAccess           401 403 403 404 403 403 403 201 409 403 403
signOut             401 204 204 204 404 204 404 204 204 204 204
`
const expected = new Map(ROWS.trim().split('\n').map((row) => row.split(/ +/)).map(([id, ...statuses]) => [id, statuses.map(Number)]))
// Instead of the description's example: refused after the right was asked for, so that nothing changes.
const BODIES = { signIn: '{}', changePassword: '{}', proposeSecondFactor: '{}', confirmSecondFactor: '{}', removeSecondFactor: '{}', handInMessage: 'none' }

const resolved = (value) => value?.$ref ? value.$ref.slice(2).split('/').reduce((at, name) => at[name], api) : value
// Breaking the glass gives what the others ask in vain, and signing out ends what they need.
const LAST = ['askAccess', 'signOut']
const operations = new Map(Object.entries(api.paths).flatMap(([path, item]) =>
  Object.entries(item).filter(([method]) => method !== 'parameters').map(([method, operation]) =>
    [operation.operationId, { path, method, operation, parameters: [...(item.parameters ?? []), ...(operation.parameters ?? [])].map(resolved) }]))
  .sort(([a], [b]) => LAST.indexOf(a) - LAST.indexOf(b)))

function send(caller, method, path, headers, body) {
  const [address, options] = systems.has(caller) ? [court, systems.get(caller)] : [open, tls]
  return new Promise((resolve, reject) => {
    const request = https.request(address + path, { method: method.toUpperCase(), headers: { ...headers, ...sessions.get(caller) }, ...options }, (answer) => {
      const chunks = []
      answer.on('data', (chunk) => chunks.push(chunk))
      answer.on('end', () => resolve({ status: answer.statusCode, headers: answer.headers, body: Buffer.concat(chunks).toString() }))
    })
    request.on('error', reject)
    request.end(body)
  })
}

// With the description's examples where `given` has no value.
function call(caller, id, given = {}) {
  const { path, method, operation, parameters } = operations.get(id)
  let url = path
  const headers = {}
  for (const parameter of parameters) {
    const value = given[parameter.name] ?? parameter.example
    if (parameter.in === 'path') url = url.replace(`{${parameter.name}}`, value)
    if (parameter.in === 'header' && value !== undefined) headers[parameter.name] = String(value)
  }
  const contents = resolved(operation.requestBody)?.content ?? {}
  const type = Object.keys(contents).find((name) => contents[name].example !== undefined) ?? Object.keys(contents)[0]
  const example = contents[type]?.example
  const body = given.body ?? BODIES[id] ?? (typeof example === 'object' ? JSON.stringify(example) : example)
  if (body !== undefined) Object.assign(headers, { 'content-type': type, 'content-length': Buffer.byteLength(body) })
  return send(caller, method, url, headers, body)
}

const sessions = new Map([['nobody', { origin: open }]])
for (const [role, account, password] of fs.readFileSync(accounts, 'utf8').split('\n').filter((line) => /^[a-z]/.test(line)).map((line) => line.split(' '))) {
  const entered = await call('nobody', 'signIn', { body: JSON.stringify({ account, password }) })
  sessions.set(role, { origin: open, cookie: entered.headers['set-cookie'][0].split(';')[0], 'x-heyan-token': JSON.parse(entered.body).token })
}

// A litigant's case with its report, and another whose file is still to come.
const { operation: submit } = operations.get('submit')
const filed = JSON.stringify({ ...submit.requestBody.content['application/json'].example, court: { code: '0192' } })
const begin = async (name) => {
  const submission = JSON.parse((await call('litigant', 'submit', { 'Idempotency-Key': name, body: filed })).body).id
  const metadata = Object.entries({ submission, path: 'files/article.html' }).map(([name, value]) => `${name} ${Buffer.from(value).toString('base64')}`).join()
  const upload = (await call('litigant', 'beginUpload', { 'Upload-Metadata': metadata })).headers.location.split('/').pop()
  return { id: submission, upload, metadata }
}
const done = await begin('done')
await call('litigant', 'continueUpload', { upload: done.upload })
let number
for (let i = 0; i < 300 && !number; i++) {
  number = JSON.parse((await call('litigant', 'getSubmission', { id: done.id })).body).report?.number
  if (!number) await new Promise((resolve) => setTimeout(resolve, 100))
}
const arriving = await begin('open')
const assigned = await call('clerk', 'assign', { id: done.id, body: JSON.stringify({ account: 'judge' }) })
if (assigned.status !== 201) throw new Error(`it could not be assigned: ${assigned.body}`)

// What never was, in the form of what is.
const absent = '0123456789abcdef0123456789abcdef'
const ABSENT = { id: absent, number: 'HY-AAAA-AAAA-AAAA-AAAA', upload: absent, 'Upload-Metadata': `submission ${Buffer.from(absent).toString('base64')},path ${Buffer.from('files/article.html').toString('base64')}` }
const told = ({ status, headers, body }) => JSON.stringify([status, Object.entries(headers).filter(([name]) => name !== 'date').sort(), body])

let passed = 0
let failed = [...expected.keys()].filter((id) => !operations.has(id)).map((id) => console.log(`FAIL  ${id}: no such call`)).length
for (const [id, { path }] of operations) {
  const about = { id: done.id, number, upload: arriving.upload, 'Upload-Metadata': arriving.metadata, 'Upload-Offset': id === 'continueUpload' ? 3 : undefined, 'X-HTTP-Method-Override': 'HEAD', path: 'files/article.html' }
  if (id === 'submit') about.body = filed
  const got = []
  for (const caller of CALLERS) {
    const answer = await call(caller, id, about)
    got.push(answer.status)
    if (answer.status !== 404) continue
    const other = told(await call(caller, id, { ...about, ...ABSENT }))
    if (other === told(answer)) { passed++; continue }
    failed++
    console.log(`FAIL  ${id}: ${caller} can tell it from what never was\n      ${told(answer)}\n      ${other}`)
  }
  const right = got.join() === expected.get(id)?.join()
  right ? passed++ : failed++
  console.log(right ? `ok    ${id}` : `FAIL  ${id} ${path}\n      ${CALLERS.join(' ')}\n      expected: ${expected.get(id)?.join(' ') ?? 'a row in this file'}\n      got:      ${got.join(' ')}`)
}
console.log(`${passed} passed, ${failed} failed`)
process.exit(failed === 0 ? 0 : 1)
