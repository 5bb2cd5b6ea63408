// interrupted_upload.mjs ADDRESS CA CERT KEY FILE PATH SUBMISSION MODE: sends one file with tus-js-client, which is not ours, and its
// own pauses between attempts. MODE "gap": in the middle of the file the network stands still in both directions, longer than the
// gateway waits, and loses nothing. "lost": the answer to the first POST never arrives. Prints the status of each answer.
import fs from 'node:fs'
import https from 'node:https'
import net from 'node:net'
import * as tus from 'tus-js-client'

const [address, ca, cert, key, file, path, submission, mode] = process.argv.slice(2)
const gateway = new URL(address)
const bytes = fs.readFileSync(file)
const GAP_MS = 11_000
const BEFORE_THE_GAP = 300_000

let held = false
// Ends are passed on one by one, so that an answer still arrives whose sender takes no more.
function passOn(from, to) {
  from.on('data', (piece) => {
    if (to.writable && !to.write(piece)) {
      from.pause()
      to.once('drain', () => { if (!held) from.resume() })
    }
  })
  from.on('end', () => to.end())
  from.on('error', () => to.destroySoon())
}

let gap = mode === 'gap'
const relay = net.createServer({ allowHalfOpen: true }, (client) => {
  const server = net.connect({ port: Number(gateway.port), host: gateway.hostname, allowHalfOpen: true })
  passOn(client, server)
  passOn(server, client)
  let passed = 0
  client.on('data', (piece) => {
    passed += piece.length
    if (!gap || passed < BEFORE_THE_GAP) return
    gap = false
    held = true
    for (const one of [client, server]) one.pause()
    setTimeout(() => {
      held = false
      for (const one of [client, server]) one.resume()
    }, GAP_MS)
  })
})
await new Promise((resolve) => relay.listen(0, '127.0.0.1', resolve))

const agent = new https.Agent({
  ca: fs.readFileSync(ca), cert: fs.readFileSync(cert), key: fs.readFileSync(key), keepAlive: true,
})
const stack = new tus.DefaultHttpStack({ agent })
let lose = mode === 'lost'
const losing = {
  getName: () => 'losing',
  createRequest(method, url) {
    const request = stack.createRequest(method, url)
    const send = request.send.bind(request)
    request.send = async (body) => {
      const answer = await send(body)
      if (!lose || method !== 'POST') return answer
      lose = false
      throw new Error('the connection broke before the answer')
    }
    return request
  },
}
const statuses = []
await new Promise((resolve, reject) => {
  new tus.Upload(bytes, {
    endpoint: `https://localhost:${relay.address().port}/v1/uploads`,
    metadata: { submission, path },
    httpStack: losing,
    onAfterResponse: (_request, answer) => { statuses.push(answer.getStatus()) },
    onError: reject,
    onSuccess: resolve,
  }).start()
}).catch((error) => statuses.push(String(error)))
console.log(statuses.join(' '))
process.exit(0)
