// resumable_upload.mjs ADDRESS CA CERT KEY CASE-FOLDER SUBMISSION MODE: sends the files of a case with tus-js-client, which is
// not ours. MODE: "all"; "pause", where the first file's client is aborted in the middle and another one goes on; "post", where
// the client may send no PATCH. Prints a line for each file.
import fs from 'node:fs'
import https from 'node:https'
import path from 'node:path'
import * as tus from 'tus-js-client'

const [address, ca, cert, key, folder, submission, mode] = process.argv.slice(2)
const agent = new https.Agent({
  ca: fs.readFileSync(ca), cert: fs.readFileSync(cert), key: fs.readFileSync(key), keepAlive: true,
})
const names = ['files', 'proofs'].flatMap((part) =>
  fs.readdirSync(path.join(folder, part)).sort().map((name) => `${part}/${name}`))

const options = (name, more) => ({
  endpoint: `${address}/v1/uploads`,
  metadata: { submission, path: name, filename: path.basename(name) },
  httpStack: new tus.DefaultHttpStack({ agent }),
  retryDelays: [200, 1000, 3000],
  overridePatchMethod: mode === 'post',
  ...more,
})

function send(name, bytes, more = {}) {
  return new Promise((resolve, reject) => {
    const upload = new tus.Upload(bytes, options(name, { onError: reject, onSuccess: () => resolve(upload), ...more }))
    upload.start()
  })
}

// Aborted after its first piece; then a new client, which knows the address alone, goes on.
function sendInTwo(name, bytes) {
  const half = Math.ceil(bytes.length / 2)
  return new Promise((resolve, reject) => {
    const first = new tus.Upload(bytes, options(name, {
      chunkSize: half,
      onError: reject,
      onChunkComplete: async (_size, accepted) => {
        if (accepted >= bytes.length) return
        await first.abort()
        send(name, bytes, { uploadUrl: first.url }).then(resolve, reject)
      },
    }))
    first.start()
  })
}

for (const [index, name] of names.entries()) {
  const bytes = fs.readFileSync(path.join(folder, name))
  const upload = mode === 'pause' && index === 0 ? await sendInTwo(name, bytes) : await send(name, bytes)
  console.log(`${name} ${upload.url}`)
}
agent.destroy()
