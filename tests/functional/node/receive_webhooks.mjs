// receive_webhooks.mjs PORT CERT KEY SECRET PUBLIC-KEY KEY-ID LOG MODE: a court system's receiver of events, with verifiers that
// are not ours: standardwebhooks for webhook-signature, http-message-signatures for RFC 9421, node:crypto for Content-Digest.
// Appends a line of JSON for each request to LOG. The file MODE says how it answers: ok, error, late (an error, after two
// seconds), redirect, slow, large.
import { createHash } from 'node:crypto'
import fs from 'node:fs'
import https from 'node:https'
import { httpbis, createVerifier } from 'http-message-signatures'
import { Webhook } from 'standardwebhooks'

const [port, cert, key, secretFile, publicKeyFile, keyId, log, modeFile] = process.argv.slice(2)
const webhook = new Webhook(fs.readFileSync(secretFile, 'utf8').trim())
const publicKey = fs.readFileSync(publicKeyFile, 'utf8')

function standard(headers, body) {
  try {
    webhook.verify(body, headers)
    return 'valid'
  } catch (problem) {
    // The library reads the body as JSON once the signature held; a system's own answer need not be.
    if (problem instanceof SyntaxError && !body.toString().startsWith('{')) return 'valid'
    return problem.message
  }
}

async function rfc9421(request, body) {
  const digest = createHash('sha256').update(body).digest('base64')
  if (request.headers['content-digest'] !== `sha-256=:${digest}:`) return 'another digest'
  try {
    const valid = await httpbis.verifyMessage({
      keyLookup: async (parameters) =>
        parameters.keyid === keyId && parameters.tag === 'heyan-webhook'
          ? { id: keyId, algs: ['ed25519'], verify: createVerifier(publicKey, 'ed25519') } : null,
      requiredFields: ['@method', '@target-uri', 'content-digest', 'webhook-id'],
      requiredParams: ['created', 'keyid', 'tag'],
      maxAge: 300,
      tolerance: 30,
    }, { method: request.method, url: `https://${request.headers.host}${request.url}`, headers: request.headers })
    return valid === true ? 'valid' : `not valid: ${valid}`
  } catch (problem) {
    return problem.message
  }
}

function answer(response, mode) {
  if (mode === 'slow') return
  if (mode === 'redirect') response.writeHead(307, { location: '/elsewhere' }).end()
  else if (mode === 'late') setTimeout(() => response.writeHead(500).end('no'), 2000)
  else if (mode === 'error') response.writeHead(500).end('no')
  else if (mode === 'large') {
    response.writeHead(200)
    const piece = Buffer.alloc(1 << 16, 'x')
    const more = () => { while (!response.destroyed && response.write(piece)); }
    response.on('drain', more)
    more()
  } else response.writeHead(204).end()
}

https.createServer({ cert: fs.readFileSync(cert), key: fs.readFileSync(key) }, (request, response) => {
  const pieces = []
  request.on('data', (piece) => pieces.push(piece))
  request.on('end', async () => {
    const body = Buffer.concat(pieces)
    const mode = fs.readFileSync(modeFile, 'utf8').trim()
    const line = {
      mode, path: request.url, type: request.headers['content-type'], id: request.headers['webhook-id'],
      standard: standard(request.headers, body.toString('utf8')), rfc9421: await rfc9421(request, body), body: body.toString('utf8'),
    }
    fs.appendFileSync(log, JSON.stringify(line) + '\n')
    answer(response, mode)
  })
}).listen(Number(port), '127.0.0.1')
