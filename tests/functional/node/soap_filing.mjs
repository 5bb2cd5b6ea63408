// soap_filing.mjs ADDRESS CA CERT KEY MESSAGE [CONTENT-ID=FILE…]: sends a ReviewFilingRequest of ECF 5.0 with the npm package
// soap, which is not ours, as SOAP 1.1 with MTOM. Prints what that package understood of the answer, as JSON.
import fs from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import soap from 'soap'

const [address, ca, cert, key, message, ...files] = process.argv.slice(2)
const wsdl = path.join(path.dirname(fileURLToPath(import.meta.url)), 'ecf5.wsdl')
const client = await soap.createClientAsync(wsdl, {}, address)
client.setSecurity(new soap.ClientSSLSecurity(fs.readFileSync(key), fs.readFileSync(cert), fs.readFileSync(ca), {}))
const attachments = files.map((file) => {
  const [contentId, name] = file.split('=')
  return { mimetype: 'application/pdf', contentId, name: path.basename(name), body: fs.readFileSync(name) }
})
try {
  const [result, , headers] = await client.ReviewFilingAsync({ _xml: fs.readFileSync(message, 'utf8') }, { attachments })
  console.log(JSON.stringify({ result, location: client.lastResponseHeaders?.location ?? null, headers: headers ?? null }))
} catch (error) {
  const fault = error.root?.Envelope?.Body?.Fault
  console.log(JSON.stringify(fault ? { fault } : { error: String(error.message) }))
}
