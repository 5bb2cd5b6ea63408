// hanging_upload.mjs ADDRESS CA CERT KEY FILE PATH SUBMISSION MODE: begins to send a file, and lets the connection hang in the middle
// of its body, as one does whose other end lost its network. MODE "resume": tus-js-client, which is not ours, then sends the file
// with its own default pauses between attempts; "drop": the upload is taken back; "moved": it is continued where HEAD says that it
// is, as by clients that never ask again after 409, and then where it has come to; "unmoved": of a request that hangs before its
// first byte. Prints what the hanging request was answered and, but of "resume", what came of the others.
import fs from 'node:fs'
import https from 'node:https'
import * as tus from 'tus-js-client'

const [address, ca, cert, key, file, path, submission, mode] = process.argv.slice(2)
const bytes = fs.readFileSync(file)
const identity = { ca: fs.readFileSync(ca), cert: fs.readFileSync(cert), key: fs.readFileSync(key) }
const metadata = { submission, path }
const version = { 'tus-resumable': '1.0.0' }

// `body`: what is sent of it at once; without an end the request hangs.
function ask(method, url, headers, body, end = true) {
  return new Promise((resolve, reject) => {
    const request = https.request(url, { method, headers: { ...version, ...headers }, agent: false, ...identity }, (answer) => {
      answer.resume()
      answer.on('end', () => resolve(answer))
    })
    request.on('error', reject)
    if (body) request.write(body)
    if (end) request.end()
    else request.flushHeaders()
  })
}

const encoded = Object.entries(metadata).map(([name, value]) => `${name} ${Buffer.from(value).toString('base64')}`).join()
const begun = await ask('POST', `${address}/v1/uploads`, { 'upload-length': bytes.length, 'upload-metadata': encoded, 'content-length': 0 })
const url = address + begun.headers.location
const piece = (offset) => ({
  'upload-offset': offset, 'content-type': 'application/offset+octet-stream', 'content-length': bytes.length - offset,
})
const hanging = ask('PATCH', url, piece(0), mode === 'unmoved' ? null : bytes.subarray(0, bytes.length / 2), false)
await new Promise((resolve) => setTimeout(resolve, 1000))

if (mode === 'drop') {
  const dropped = await ask('DELETE', url, {})
  console.log((await hanging).statusCode, dropped.statusCode)
} else if (mode === 'moved' || mode === 'unmoved') {
  const came = []
  for (let i = 0; i < 2 && came.at(-1) !== 204; i++) {
    const offset = Number((await ask('HEAD', url, {})).headers['upload-offset'])
    came.push(offset, (await ask('PATCH', url, piece(offset), bytes.subarray(offset))).statusCode)
  }
  console.log((await hanging).statusCode, ...came)
} else {
  const agent = new https.Agent({ ...identity, keepAlive: true })
  await new Promise((resolve, reject) => {
    new tus.Upload(bytes, {
      uploadUrl: url, endpoint: `${address}/v1/uploads`, metadata,
      httpStack: new tus.DefaultHttpStack({ agent }), onError: reject, onSuccess: resolve,
    }).start()
  })
  agent.destroy()
  console.log((await hanging).statusCode)
}
process.exit(0)
