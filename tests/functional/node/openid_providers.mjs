// OpenID Connect providers on loopback: real ones (npm oidc-provider), of which each has one kind of key, and one that answers as a
// test tells it. For oidc_sign_in.mjs and the journey of tests/functional/web.
import crypto from 'node:crypto'
import https from 'node:https'
import fs from 'node:fs'
import { Provider } from 'oidc-provider'
import { exportJWK } from 'jose'

export const newKey = (type) => type === 'ec' ? crypto.generateKeyPairSync('ec', { namedCurve: 'P-256' }) : crypto.generateKeyPairSync('rsa', { modulusLength: 2048 })

const listen = (handler, port, tls) => new Promise((resolve) => {
  const server = https.createServer({ cert: fs.readFileSync(tls.cert), key: fs.readFileSync(tls.key) }, handler)
  server.listen(port, '127.0.0.1', () => resolve(server))
})

/** `client`: id and redirect, with a secret or the PEM of a private key. Whoever names a person there is that person. */
export async function realProvider({ port, tls, alg, client }) {
  const signing = newKey(alg === 'ES256' ? 'ec' : 'rsa').privateKey
  const byKey = client.keyPem === undefined ? {} : {
    token_endpoint_auth_method: 'private_key_jwt', token_endpoint_auth_signing_alg: 'ES256',
    jwks: { keys: [{ ...await exportJWK(crypto.createPublicKey(client.keyPem)), kid: client.keyId, use: 'sig', alg: 'ES256' }] },
  }
  const provider = new Provider(`https://localhost:${port}`, {
    jwks: { keys: [{ ...await exportJWK(signing), kid: `${alg}-1`, use: 'sig', alg }] },
    clients: [{
      client_id: client.id, redirect_uris: [client.redirect], response_types: ['code'], grant_types: ['authorization_code'],
      id_token_signed_response_alg: alg, ...(client.secret === undefined ? byKey : { client_secret: client.secret }),
    }],
    conformIdTokenClaims: false,
    claims: { openid: ['sub'], profile: ['name'] },
    cookies: { keys: [crypto.randomBytes(16).toString('hex')] },
    findAccount: (_context, id) => ({ accountId: id, claims: () => ({ sub: id, name: `姓名 ${id}` }) }),
    // Nobody is asked whether this gateway may know who they are.
    loadExistingGrant: async (context) => {
      const grant = new context.oidc.provider.Grant({ clientId: context.oidc.client.clientId, accountId: context.oidc.session.accountId })
      grant.addOIDCScope('openid profile')
      await grant.save()
      return grant
    },
  })
  const server = await listen(provider.callback(), port, tls)
  return { close: () => server.close(), issuer: `https://localhost:${port}` }
}

/** Answers POST /token by `says.token(form, headers)` and GET /jwks by `says.keys()`: {status, type, body, headers}, or null for none at all. */
export async function hostileProvider({ port, tls }) {
  const says = { token: null, keys: null }
  const asked = { token: [], keys: 0, other: [] }
  const server = await listen((request, response) => {
    const chunks = []
    request.on('data', (chunk) => chunks.push(chunk))
    request.on('end', () => {
      const form = new URLSearchParams(Buffer.concat(chunks).toString())
      if (request.url === '/token') asked.token.push({ form, headers: request.headers, method: request.method })
      else if (request.url === '/jwks') asked.keys += 1
      else asked.other.push(request.url)
      void Promise.resolve(request.url === '/token' ? says.token?.(form, request.headers) : says.keys?.()).then((answer) => {
        if (answer === null || answer === undefined) return
        response.writeHead(answer.status ?? 200, { 'content-type': answer.type ?? 'application/json', ...answer.headers })
        response.end(answer.body)
      })
    })
  }, port, tls)
  return { says, asked, close: () => { server.closeAllConnections(); server.close() }, issuer: `https://localhost:${port}` }
}
