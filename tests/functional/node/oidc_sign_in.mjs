// oidc_sign_in.mjs GATEWAY FOLDER HEYAN CONFIG PORT: signing in at providers, real and hostile ones, as browsers and attackers do.
// FOLDER has their certificate, the client's secret and its key; the providers listen from PORT on. Tokens are made by npm jose.
import { execFileSync } from 'node:child_process'
import crypto from 'node:crypto'
import fs from 'node:fs'
import https from 'node:https'
import { exportJWK, SignJWT } from 'jose'
import { hostileProvider, newKey, realProvider } from './openid_providers.mjs'

const [gateway, folder, heyan, config, first] = process.argv.slice(2)
const file = (name) => `${folder}/${name}`
const text = (name) => fs.readFileSync(file(name), 'utf8').trim()
const port = Number(first)
const tls = { cert: file('sso.pem'), key: file('sso.key') }
const callbackOf = (id) => `${gateway}/v1/session/oidc/${id}/callback`

let passed = 0, failed = 0
function check(name, expected, got) {
  const same = JSON.stringify(expected) === JSON.stringify(got)
  same ? passed += 1 : failed += 1
  console.log(same ? `ok    ${name}` : `FAIL  ${name}\n      expected: ${JSON.stringify(expected)}\n      got:      ${JSON.stringify(got)}`)
}
const accounts = (...words) => {
  try {
    return { status: 0, out: execFileSync(heyan, ['accounts', ...words, '--config', config, '--lang', 'en'], { stdio: 'pipe' }).toString() }
  } catch (error) {
    return { status: error.status, out: String(error.stderr) }
  }
}

/** A browser: cookies by origin, redirects one at a time. */
class Browser {
  jar = new Map()
  send(url, { method = 'GET', headers = {}, body } = {}) {
    const { origin } = new URL(url)
    const cookies = [...(this.jar.get(origin) ?? new Map())].map(([name, value]) => `${name}=${value}`).join('; ')
    return new Promise((resolve, reject) => {
      const request = https.request(url, { method, headers: { ...headers, ...(cookies === '' ? {} : { cookie: cookies }) }, agent: false }, (answer) => {
        const chunks = []
        answer.on('data', (chunk) => chunks.push(chunk))
        answer.on('end', () => {
          const jar = this.jar.get(origin) ?? new Map()
          for (const line of answer.headers['set-cookie'] ?? []) {
            const [, name, value] = /^([^=]+)=([^;]*)/.exec(line)
            if (value === '' || /max-age=0/i.test(line)) jar.delete(name)
            else jar.set(name, value)
          }
          this.jar.set(origin, jar)
          resolve({ status: answer.statusCode, headers: answer.headers, body: Buffer.concat(chunks).toString(), url })
        })
      })
      request.on('error', reject)
      request.end(body)
    })
  }
  cookie(name) { return this.jar.get(gateway)?.get(name) }
  start(id, headers = { origin: gateway }) { return this.send(`${gateway}/v1/session/oidc/${id}`, { method: 'POST', headers }) }
  /** Where the gateway sends it, in parts. */
  async begin(id) {
    const answer = await this.start(id)
    return Object.fromEntries(new URL(JSON.parse(answer.body).location).searchParams)
  }
  comeBack(id, answer) { return this.send(`${callbackOf(id)}?${new URLSearchParams(answer)}`) }
  async session() { return this.send(`${gateway}/v1/session`) }
  async outcome() { return JSON.parse((await this.send(`${gateway}/v1/session/oidc`)).body).outcome }
}

/** The whole way as a person goes it; ends with the callback's answer. */
async function signInAt(browser, id, person) {
  let answer = await browser.start(id)
  let next = JSON.parse(answer.body).location
  for (let i = 0; i < 12; ++i) {
    answer = await browser.send(next)
    if (next.startsWith(callbackOf(id))) return answer
    if (answer.status >= 300 && answer.status < 400) {
      next = new URL(answer.headers.location, next).href
    } else {
      const action = /action="([^"]+)"/.exec(answer.body)?.[1]
      if (action === undefined) return answer
      const form = new URLSearchParams({ prompt: 'login', login: person, password: 'any' })
      answer = await browser.send(new URL(action, next).href, { method: 'POST', headers: { 'content-type': 'application/x-www-form-urlencoded' }, body: form.toString() })
      next = new URL(answer.headers.location, next).href
    }
  }
  return answer
}

const court = await realProvider({ port, tls, alg: 'ES256', client: { id: 'heyan', secret: text('client.secret'), redirect: callbackOf('court') } })
const people = await realProvider({ port: port + 1, tls, alg: 'RS256', client: { id: 'heyan', keyPem: text('client.key.pem'), keyId: 'heyan-1', redirect: callbackOf('people') } })
const evil = await hostileProvider({ port: port + 2, tls })

// ---- a clerk, at a real provider
let browser = new Browser()
const list = await browser.send(`${gateway}/v1/session/oidc`)
check('the page learns of the providers', ['court', 'people', 'evil'], JSON.parse(list.body).providers.map((one) => one.id))
check('and that nothing came of anything', null, JSON.parse(list.body).outcome)
let answer = await signInAt(browser, 'court', 'wang')
check('whom no account is linked to is sent back', [303, '/app/sign-in?returned=1'], [answer.status, answer.headers.location])
check('without a session', undefined, browser.cookie('__Host-heyan'))
check('and is told what the operator must know', { fault: 'unlinked', issuer: court.issuer, provider: 'court', subject: 'wang' }, await browser.outcome())
check('another browser is told nothing', null, await new Browser().outcome())
check('no account was made', false, accounts('list').out.includes('wang'))
check('an issuer that is none of the configuration is not linked', 2, accounts('link', 'clerk', '--issuer', 'https://evil.example', '--subject', 'wang').status)
check('nor a subject that is none', 2, accounts('link', 'clerk', '--issuer', court.issuer, '--subject', 'a b').status)
check('nor an account that is none', false, accounts('link', 'nobody', '--issuer', court.issuer, '--subject', 'wang').status === 0)
check('an operator links the account', 0, accounts('link', 'clerk', '--issuer', court.issuer, '--subject', 'wang').status)
check('once', false, accounts('link', 'judge', '--issuer', court.issuer, '--subject', 'wang').status === 0)
check('and sees it', true, accounts('identities', 'clerk').out.includes(`${court.issuer}\twang`))
browser = new Browser()
answer = await signInAt(browser, 'court', 'wang')
let session = await browser.session()
check('then the provider signs in (ES256, client_secret_basic)', ['clerk', 'clerk', '0192', 'PASSWORD'],
  (({ account, role, court: of, authentication }) => [account, role, of?.code, authentication])(JSON.parse(session.body)))
check('by a cookie as any other', true, answer.headers['set-cookie'].some((one) => /^__Host-heyan=[^;]+; Path=\/; Secure; HttpOnly; SameSite=Strict$/.test(one)))
const { token } = JSON.parse(session.body)
check('signing out ends it', [204, 401], [(await browser.send(`${gateway}/v1/session`, { method: 'DELETE', headers: { origin: gateway, 'x-heyan-token': token } })).status, (await browser.session()).status])
browser = new Browser()
await signInAt(browser, 'court', 'wang')
check('an account that is disabled', 0, accounts('disable', 'clerk').status)
check('has no session', 401, (await browser.session()).status)
browser = new Browser()
await signInAt(browser, 'court', 'wang')
check('and gets none', ['disabled', undefined], [(await browser.outcome())?.fault, browser.cookie('__Host-heyan')])
accounts('enable', 'clerk')
await signInAt(browser, 'court', 'wang')
check('enabled, it does', 200, (await browser.session()).status)
const before = browser.jar.get(gateway).get('__Host-heyan')
await signInAt(browser, 'court', 'wang')
check('signing in again ends the session before', 401, (await new Browser().send(`${gateway}/v1/session`, { headers: { cookie: `__Host-heyan=${before}` } })).status)
check('an identity that is taken away', 0, accounts('unlink', 'clerk', '--issuer', court.issuer, '--subject', 'wang').status)
check('has no session any more', 401, (await browser.session()).status)

// ---- a litigant, at a provider whose people are litigants
browser = new Browser()
await signInAt(browser, 'people', 'li')
session = JSON.parse((await browser.session()).body)
check('whoever it knows gets an account (RS256, private_key_jwt)', ['litigant', '姓名 li', true], [session.role, session.name, /^people-[a-z2-7]{16}$/.test(session.account)])
const again = new Browser()
await signInAt(again, 'people', 'li')
check('the same one again', session.account, JSON.parse((await again.session()).body).account)
const other = new Browser()
await signInAt(other, 'people', 'zhao')
check('another person another one', false, JSON.parse((await other.session()).body).account === session.account)
check('which has no password', 401, (await browser.send(`${gateway}/v1/session`, { method: 'POST', headers: { origin: gateway, 'content-type': 'application/json' }, body: JSON.stringify({ account: session.account, password: '' }) })).status)

// ---- beginnings
check('no page of another site sends a browser off', 403, (await new Browser().start('court', { origin: 'https://evil.example' })).status)
check('nor one that does not say which it is', 403, (await new Browser().start('court', {})).status)
check('no link does', 405, (await new Browser().send(`${gateway}/v1/session/oidc/court`)).status)
check('a provider that there is not', 404, (await new Browser().start('nowhere')).status)
browser = new Browser()
answer = await browser.start('court')
const asked = new URL(JSON.parse(answer.body).location)
check('to the address of the configuration', `${court.issuer}/auth`, asked.origin + asked.pathname)
check('for a code, with PKCE', ['code', 'heyan', callbackOf('court'), 'S256', 43, 43, 43], ['response_type', 'client_id', 'redirect_uri', 'code_challenge_method'].map((one) => asked.searchParams.get(one))
  .concat(['state', 'nonce', 'code_challenge'].map((one) => asked.searchParams.get(one).length)))
check('by a cookie of this host', true, /^__Host-heyan-oidc=[\w-]{43}; Path=\/; Secure; HttpOnly; SameSite=Lax; Max-Age=600$/.test(answer.headers['set-cookie'][0]))

// ---- what comes back
browser = new Browser()
let { state } = await browser.begin('court')
answer = await new Browser().comeBack('court', { code: 'c', state, iss: court.issuer })
check('an answer that another browser brings', [303, null], [answer.status, await browser.outcome()])
answer = await browser.comeBack('court', { code: 'c', state, iss: court.issuer })
check('ends that sign-in for this one, too', [303, null, undefined], [answer.status, await browser.outcome(), browser.cookie('__Host-heyan')])
;({ state } = await browser.begin('court'))
await browser.comeBack('people', { code: 'c', state, iss: people.issuer })
check("one provider's answer at another's address (mix-up)", null, await browser.outcome())
for (const [name, iss] of [['of another issuer', people.issuer], ['of none', ''], ['of nearly this one', `${court.issuer}/`]]) {
  ;({ state } = await browser.begin('court'))
  await browser.comeBack('court', { code: 'c', state, ...(iss === '' ? {} : { iss }) })
  check(`an answer ${name} (RFC 9207)`, 'issuer', (await browser.outcome())?.fault)
}
;({ state } = await browser.begin('court'))
await browser.comeBack('court', { error: 'access_denied', error_description: '<b>x', state, iss: court.issuer })
check('somebody who thought better of it', 'denied', (await browser.outcome())?.fault)
;({ state } = await browser.begin('court'))
await browser.comeBack('court', { error: 'server_error', code: 'c', state, iss: court.issuer })
check('a provider that cannot', 'provider', (await browser.outcome())?.fault)
for (const code of ['', 'x'.repeat(2049), '密']) {
  ;({ state } = await browser.begin('court'))
  await browser.comeBack('court', { code, state, iss: court.issuer })
  check('a code that is none', 'provider', (await browser.outcome())?.fault)
}
for (const junk of ['', 'x', 'A'.repeat(43)]) check('a state that is none', [303, '/app/sign-in?returned=1'], (({ status, headers }) => [status, headers.location])(await browser.comeBack('court', { code: 'c', state: junk, iss: court.issuer })))
check('twice the same name', 400, (await browser.send(`${callbackOf('court')}?state=a&state=b`)).status)

// A code of somebody else's sign-in, brought with one's own state (RFC 9700 section 4.5): the provider wants the verifier.
const victim = new Browser()
let stolen
{
  const send = victim.send.bind(victim)
  victim.send = async (url, options) => {
    if (!url.startsWith(callbackOf('people'))) return send(url, options)
    stolen = new URL(url).searchParams.get('code')
    return { status: 0, headers: {}, body: '' }
  }
  await signInAt(victim, 'people', 'victim')
}
browser = new Browser()
;({ state } = await browser.begin('people'))
await browser.comeBack('people', { code: stolen, state, iss: people.issuer })
check('a code that was stolen is good for nothing', ['provider', undefined], [(await browser.outcome())?.fault, browser.cookie('__Host-heyan')])

// ---- the hostile provider: what its token endpoint and its keys say
const pair = newKey('ec')
const stranger = newKey('ec')
const rsa = newKey('rsa')
const jwk = async (key, kid, more = {}) => ({ ...await exportJWK(key), kid, use: 'sig', alg: 'ES256', ...more })
const set = (...keys) => ({ body: JSON.stringify({ keys }) })
const goodKeys = set(await jwk(pair.publicKey, 'k1'))
const now = () => Math.floor(Date.now() / 1000)
const claimsOf = (nonce, more = {}) => {
  const all = { iss: evil.issuer, aud: 'heyan', sub: 'mallory', nonce, iat: now(), exp: now() + 300, acr: 'two', ...more }
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== null))
}
const sign = (claims, header = { alg: 'ES256', kid: 'k1' }, key = pair.privateKey) => new SignJWT(claims).setProtectedHeader(header).sign(key)
const answered = (idToken, more = {}) => ({ body: JSON.stringify({ access_token: 'SECRET', token_type: 'Bearer', id_token: idToken, ...more }) })

/** Begins at the hostile provider and comes back with a code; `more`: of the token's claims, `make`: the token from its nonce. */
async function hostileSignIn(who, more = {}, make = (nonce) => sign(claimsOf(nonce, more))) {
  const { nonce, state } = await who.begin('evil')
  evil.says.keys ??= () => goodKeys
  evil.says.token = async () => answered(await make(nonce))
  return who.comeBack('evil', { code: 'c-1', state, iss: evil.issuer })
}
const faultOf = async (...how) => {
  const who = new Browser()
  const came = await hostileSignIn(who, ...how)
  const said = await who.outcome()
  check('  and nothing of it is echoed', false, /SECRET|mallory/.test(came.body + JSON.stringify(came.headers) + JSON.stringify({ ...said, subject: '' })))
  return who.cookie('__Host-heyan') === undefined ? said?.fault : 'signed in'
}
const badKeys = {
  'of a thousand': set(...await Promise.all(Array.from({ length: 1000 }, (_, i) => jwk(pair.publicKey, `k${i}`)))),
  'with two of one name': set(await jwk(pair.publicKey, 'k1'), await jwk(stranger.publicKey, 'k1')),
  'with a private one': set(await jwk(pair.privateKey, 'k1')),
  'with a symmetric one': set(await jwk(pair.publicKey, 'k1'), { kty: 'oct', kid: 's', k: 'AAAA' }),
  'of another type': { ...goodKeys, type: 'text/html' },
  'elsewhere': { status: 302, headers: { location: `${court.issuer}/jwks` }, body: '' },
  'not there': { status: 404, body: '{}' },
  'too long': { body: JSON.stringify({ keys: [], padding: 'x'.repeat(70_000) }) },
  'in no JSON': { body: '{"keys":[' },
}
for (const [name, keys] of Object.entries(badKeys)) {
  evil.says.keys = () => keys
  check(`keys ${name}`, true, ['token', 'provider'].includes(await faultOf()))
}
evil.says.keys = () => goodKeys
browser = new Browser()
await hostileSignIn(browser)
check('the right keys, and whom nobody knows', { fault: 'unlinked', issuer: evil.issuer, provider: 'evil', subject: 'mallory' }, await browser.outcome())
check('the code went where it belongs, with its verifier', ['POST', 'authorization_code', 'c-1', callbackOf('evil'), 43, `Basic ${Buffer.from(`heyan:${encodeURIComponent(text('client.secret'))}`).toString('base64')}`],
  (({ method, form, headers }) => [method, form.get('grant_type'), form.get('code'), form.get('redirect_uri'), form.get('code_verifier').length, headers.authorization])(evil.asked.token.at(-1)))
accounts('link', 'judge', '--issuer', evil.issuer, '--subject', 'mallory')
browser = new Browser()
await hostileSignIn(browser, { role: 'operator', groups: ['operators'], court: '0491' })
check('with the authentication that is required it is a second factor; no claim gives a role', ['judge', '0192', 'SECOND_FACTOR'],
  (({ role, court: of, authentication }) => [role, of?.code, authentication])(JSON.parse((await browser.session()).body)))
check('the subject of another issuer is somebody else', 'unlinked', await faultOf({ sub: 'wang' }))

// ---- tokens
const hmacKey = await (async () => crypto.createSecretKey(Buffer.from(pair.publicKey.export({ type: 'spki', format: 'pem' }))))()
const tokens = {
  'without a signature': (nonce) => `${Buffer.from('{"alg":"none"}').toString('base64url')}.${Buffer.from(JSON.stringify(claimsOf(nonce))).toString('base64url')}.`,
  'signed with the public key as a secret': (nonce) => new SignJWT(claimsOf(nonce)).setProtectedHeader({ alg: 'HS256', kid: 'k1' }).sign(hmacKey),
  'signed with the client secret': (nonce) => new SignJWT(claimsOf(nonce)).setProtectedHeader({ alg: 'HS256', kid: 'k1' }).sign(crypto.createSecretKey(Buffer.from(text('client.secret')))),
  'by RS256': (nonce) => sign(claimsOf(nonce), { alg: 'RS256', kid: 'k1' }, rsa.privateKey),
  "by a stranger's key": (nonce) => sign(claimsOf(nonce), undefined, stranger.privateKey),
  'that brings its own key': async (nonce) => sign(claimsOf(nonce), { alg: 'ES256', kid: 'k1', jwk: await exportJWK(stranger.publicKey) }, stranger.privateKey),
  'that says where its key is': (nonce) => sign(claimsOf(nonce), { alg: 'ES256', kid: 'k1', jku: `${evil.issuer}/elsewhere` }),
  'with a certificate': (nonce) => sign(claimsOf(nonce), { alg: 'ES256', kid: 'k1', x5u: `${evil.issuer}/elsewhere` }),
  'that is an access token': (nonce) => sign(claimsOf(nonce), { alg: 'ES256', kid: 'k1', typ: 'at+jwt' }),
  'without a key': (nonce) => sign(claimsOf(nonce), { alg: 'ES256' }),
  'of another provider': (nonce) => sign(claimsOf(nonce, { iss: court.issuer, sub: 'wang' })),
  'for another client': (nonce) => sign(claimsOf(nonce, { aud: 'other' })),
  'for two clients': (nonce) => sign(claimsOf(nonce, { aud: ['heyan', 'other'] })),
  'presented by another client': (nonce) => sign(claimsOf(nonce, { azp: 'other' })),
  'that is over': (nonce) => sign(claimsOf(nonce, { exp: now() - 120 })),
  'of long ago': (nonce) => sign(claimsOf(nonce, { iat: now() - 3600 })),
  'of times to come': (nonce) => sign(claimsOf(nonce, { iat: now() + 3600, exp: now() + 7200 })),
  'without a nonce': (nonce) => sign(claimsOf(nonce, { nonce: null })),
  'with the nonce of another sign-in': async () => sign(claimsOf((await new Browser().begin('evil')).nonce)),
  'without a subject': (nonce) => sign(claimsOf(nonce, { sub: null })),
  'without the second factor': (nonce) => sign(claimsOf(nonce, { acr: 'one', amr: ['mfa'] })),
  'of nine kilobytes': (nonce) => sign(claimsOf(nonce, { padding: 'x'.repeat(9000) })),
  'with a letter changed': async (nonce) => (await sign(claimsOf(nonce))).replace(/\.(.)/, (_, letter) => `.${letter === 'e' ? 'f' : 'e'}`),
  'in a list': () => ['x'],
}
for (const [name, make] of Object.entries(tokens)) check(`a token ${name}`, 'token', await faultOf({}, make))
check('  nobody was asked at another address', [], evil.asked.other)

// ---- answers of the token endpoint
const answers = {
  'elsewhere': () => ({ status: 307, headers: { location: `${court.issuer}/token` }, body: '' }),
  'that refuses': () => ({ status: 400, body: '{"error":"invalid_grant","error_description":"SECRET"}' }),
  'of another type': async (nonce) => ({ ...answered(await sign(claimsOf(nonce))), type: 'text/html' }),
  'too long': async (nonce) => answered(await sign(claimsOf(nonce)), { padding: 'x'.repeat(70_000) }),
  'that never ends': () => null,
  'in no JSON': () => ({ body: 'SECRET' }),
  'that says it twice': async (nonce) => ({ body: `{"id_token":"x","id_token":"${await sign(claimsOf(nonce))}"}` }),
  'without a token': () => ({ body: '{"access_token":"SECRET","token_type":"Bearer"}' }),
}
for (const [name, say] of Object.entries(answers)) {
  const who = new Browser()
  const { nonce, state: begun } = await who.begin('evil')
  evil.says.token = () => say(nonce)
  const came = await who.comeBack('evil', { code: 'c-2', state: begun, iss: evil.issuer })
  check(`an answer ${name}`, [303, true, undefined], [came.status, ['token', 'provider'].includes((await who.outcome())?.fault), who.cookie('__Host-heyan')])
}
check('an answer counts once', [200, null], await (async () => {
  const who = new Browser()
  const { nonce, state: begun } = await who.begin('evil')
  evil.says.token = async () => answered(await sign(claimsOf(nonce)))
  await who.comeBack('evil', { code: 'c-3', state: begun, iss: evil.issuer })
  const first = await who.session()
  const count = evil.asked.token.length
  who.jar.get(gateway).delete('__Host-heyan')
  await who.comeBack('evil', { code: 'c-3', state: begun, iss: evil.issuer })
  return [first.status, evil.asked.token.length === count && who.cookie('__Host-heyan') === undefined ? null : 'again']
})())

// ---- keys that change
const next = newKey('ec')
const fetched = evil.asked.keys
evil.says.keys = () => set(nextJwk)
const nextJwk = await jwk(next.publicKey, 'k2')
check('a key that is new is fetched', ['signed in', 1], [await faultOf({}, (nonce) => sign(claimsOf(nonce), { alg: 'ES256', kid: 'k2' }, next.privateKey)), evil.asked.keys - fetched])
check('the one before is believed no more', 'token', await faultOf())
check('and nobody has keys fetched as often as they like', 1, (await faultOf({}, (nonce) => sign(claimsOf(nonce), { alg: 'ES256', kid: 'k3' })), evil.asked.keys - fetched))

evil.close()
check('a provider that is away', 'provider', await faultOf())
for (const one of [court, people]) one.close()
console.log(`${passed} passed, ${failed} failed`)
process.exit(failed === 0 && passed > 0 ? 0 : 1)
