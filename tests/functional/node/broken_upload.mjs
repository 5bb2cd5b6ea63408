// broken_upload.mjs ADDRESS CA CERT KEY FILE PATH SUBMISSION BREAKS: sends one file with tus-js-client, which is not ours, through a
// relay that cuts the connection BREAKS times, each at a byte of chance, in either direction. Prints how often it was cut.
import fs from 'node:fs'
import https from 'node:https'
import net from 'node:net'
import * as tus from 'tus-js-client'

const [address, ca, cert, key, file, path, submission, breaks] = process.argv.slice(2)
const gateway = new URL(address)
const size = fs.statSync(file).size
// Where, of all bytes that ever pass: spread over the whole, each somewhere in its part.
const part = size / Number(breaks)
const cuts = Array.from({ length: Number(breaks) }, (_, i) => Math.floor(part * (i + 0.05 + 0.9 * Math.random())))
let passed = 0
let cut = 0

const relay = net.createServer((client) => {
  const server = net.connect(Number(gateway.port), gateway.hostname)
  const end = () => { client.destroy(); server.destroy() }
  for (const one of [client, server]) { one.on('error', end); one.on('close', end) }
  client.on('data', (bytes) => {
    passed += bytes.length
    if (cuts.length > 0 && passed >= cuts[0]) {
      cuts.shift()
      cut += 1
      // Sometimes the end of what came is lost with it, and sometimes the answer to it.
      if (Math.random() < 0.5) server.write(bytes.subarray(0, Math.floor(bytes.length / 2)))
      server.resetAndDestroy()
      client.resetAndDestroy()
    } else if (!server.write(bytes)) {
      client.pause()
      server.once('drain', () => client.resume())
    }
  })
  server.on('data', (bytes) => client.write(bytes))
})
await new Promise((resolve) => relay.listen(0, '127.0.0.1', resolve))

const agent = new https.Agent({
  ca: fs.readFileSync(ca), cert: fs.readFileSync(cert), key: fs.readFileSync(key), keepAlive: true,
})
await new Promise((resolve, reject) => {
  const upload = new tus.Upload(fs.createReadStream(file), {
    endpoint: `https://localhost:${relay.address().port}/v1/uploads`,
    uploadSize: size,
    chunkSize: 8 << 20,
    metadata: { submission, path, filename: 'recording' },
    httpStack: new tus.DefaultHttpStack({ agent }),
    retryDelays: Array.from({ length: 50 }, () => 200),
    onError: reject,
    onSuccess: resolve,
  })
  upload.start()
})
agent.destroy()
relay.close()
console.log(cut)
process.exit(0)
