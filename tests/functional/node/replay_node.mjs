// replay_node.mjs FOLDER BEHAVIOUR: a node that answers what FOLDER holds, on loopback, until its standard input ends.
// JSON-RPC over HTTP/1.1 from answers.json (method -> result); gRPC over HTTP/2 from response.pb. Prints its port; appends
// each question to FOLDER/asked. BEHAVIOUR: "usual", or one of the ways to misbehave below.
import fs from 'node:fs'
import http from 'node:http'
import http2 from 'node:http2'
import https from 'node:https'
import path from 'node:path'

const [folder, behaviour] = process.argv.slice(2)
const file = (name) => path.join(folder, name)
const kMiB = 1 << 20

const clients = fs.existsSync(file('client-ca.pem'))
const tls = {
  cert: fs.readFileSync(file('server.cert.pem')),
  key: fs.readFileSync(file('server.key.pem')),
  ...(clients ? { ca: fs.readFileSync(file('client-ca.pem')), requestCert: true, rejectUnauthorized: true } : {}),
}

function usual(question) {
  const { id, method } = JSON.parse(question)
  const answers = JSON.parse(fs.readFileSync(file('answers.json')))
  return { id, jsonrpc: '2.0', result: answers[method] ?? null }
}

const misbehaviours = {
  redirect: (_, out) => out.writeHead(302, { location: `https://127.0.0.1:${server.address().port}/else` }).end(),
  permanent: (_, out) => out.writeHead(308, { location: 'http://127.0.0.1/' }).end(),
  status: (_, out) => out.writeHead(503).end('{}'),
  silent: () => {},
  slow: (_, out) => { out.writeHead(200); const timer = setInterval(() => out.write(' '), 100); out.on('close', () => clearInterval(timer)) },
  large: (_, out) => { out.writeHead(200); out.end(Buffer.alloc(17 * kMiB, ' ')) },
  announced: (_, out) => { out.writeHead(200, { 'content-length': 17 * kMiB }); out.write('{') },
  headers: (_, out) => { for (let i = 0; i < 100; ++i) out.setHeader(`x-${i}`, 'x'.repeat(1000)); out.writeHead(200); out.end('{}') },
  lost: (_, out) => { out.writeHead(200, { 'content-length': 100 }); out.write('{"id"'); setTimeout(() => out.destroy(), 50) },
  empty: (_, out) => { out.writeHead(200); out.end() },
  broken: (_, out) => out.end('{"jsonrpc":"2.0","id":1,"result":{'),
  twice: (_, out) => out.end('{"jsonrpc":"2.0","id":1,"id":1,"result":{}}'),
  trailing: (question, out) => out.end(JSON.stringify(usual(question)) + '{}'),
  deep: (_, out) => out.end('{"jsonrpc":"2.0","id":1,"result":' + '['.repeat(1000) + ']'.repeat(1000) + '}'),
  fraction: (_, out) => out.end('{"jsonrpc":"2.0","id":1,"result":{"transaction":1.5}}'),
  huge: (_, out) => out.end('{"jsonrpc":"2.0","id":1,"result":{"transaction":9007199254740992}}'),
  null: (_, out) => out.end('{"jsonrpc":"2.0","id":1,"result":null}'),
  other: (question, out) => out.end(JSON.stringify({ ...usual(question), id: 77 })),
  error: (_, out) => out.end('{"jsonrpc":"2.0","id":1,"error":{"code":-32601,"message":"\\u001b[31mSECRET"}}'),
  http1: (_, out) => out.end('{}'),
  compressed: (_, out) => { out.writeHead(200, { 'content-encoding': 'gzip' }); out.end(Buffer.from('1f8b', 'hex')) },
}

function framed(message) {
  const prefix = Buffer.alloc(5)
  prefix.writeUInt32BE(message.length, 1)
  return Buffer.concat([prefix, message])
}

function answerGrpc(request, question, out) {
  const { method, url, headers } = request
  fs.appendFileSync(file('asked'), `${method} ${url} ${headers['content-type']} ${headers.te}\n`)
  fs.writeFileSync(file('question.pb'), question.subarray(5))
  let body = framed(fs.readFileSync(file('response.pb')))
  if (behaviour === 'flagged') body[0] = 1
  if (behaviour === 'trailing') body = Buffer.concat([body, Buffer.from('x')])
  if (behaviour === 'short') body = body.subarray(0, body.length - 1)
  if (behaviour === 'empty') body = Buffer.alloc(0)
  const type = { 'content-type': behaviour === 'html' ? 'text/html' : 'application/grpc' }
  if (behaviour === 'at_once') return out.writeHead(200, { ...type, 'grpc-status': '7' }).end()
  const status = { refused: '16', odd: '0x' }[behaviour] ?? '0'
  if (behaviour !== 'no_status') out.addTrailers({ 'grpc-status': status, 'grpc-message': 'SECRET' })
  out.writeHead(behaviour === 'status' ? 502 : 200, type).end(body)
}

function answer(request, out) {
  const parts = []
  request.on('data', (part) => parts.push(part))
  request.on('end', () => {
    const question = Buffer.concat(parts)
    if (request.httpVersionMajor === 2) return answerGrpc(request, question, out)
    fs.appendFileSync(file('asked'), question + '\n')
    if (behaviour in misbehaviours) misbehaviours[behaviour](question, out)
    else out.end(JSON.stringify(usual(question)))
  })
}

const server = behaviour === 'plain' ? http.createServer(answer)
  : behaviour === 'http1' ? https.createServer(tls, answer)
  : http2.createSecureServer({ ...tls, allowHTTP1: true }, answer)
server.on('tlsClientError', () => {})
server.on('error', () => {})
server.listen(0, '127.0.0.1', () => console.log(server.address().port))
process.stdin.on('data', () => {})
process.stdin.on('end', () => process.exit(0))
