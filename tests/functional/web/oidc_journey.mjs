// oidc_journey.mjs ADDRESS STATE: a clerk and a litigant sign in at their providers (npm oidc-provider) by a button, and come back.
// web_test has made the installation for it: SSO is the folder of the providers' certificate, SSO_PORT the first one's port.
import { execFileSync } from 'node:child_process'
import fs from 'node:fs'
import path from 'node:path'
import { check, checkNothingRefused, desktop, finish, look, person, phone, startBrowser, step, until } from './browser.mjs'
import { realProvider } from '../node/openid_providers.mjs'

const [address, state] = process.argv.slice(2)
const { SSO: sso, HEYAN: heyan } = process.env
const port = Number(process.env.SSO_PORT)
const file = (name) => path.join(sso, name)
const tls = { cert: file('sso.pem'), key: file('sso.key') }
const callbackOf = (id) => `${address}/v1/session/oidc/${id}/callback`
const court = await realProvider({ port, tls, alg: 'ES256', client: { id: 'heyan', secret: fs.readFileSync(file('client.secret'), 'utf8').trim(), redirect: callbackOf('court') } })
const people = await realProvider({ port: port + 1, tls, alg: 'RS256', client: { id: 'heyan', keyPem: fs.readFileSync(file('client.key.pem'), 'utf8'), keyId: 'heyan-1', redirect: callbackOf('people') } })
const accounts = (...words) => execFileSync(heyan, ['accounts', ...words, '--config', path.join(state, 'heyan.toml'), '--lang', 'en'], { stdio: 'pipe' })

const browser = await startBrowser()
async function signInThere({ page }, name) {
  await page.locator('input[name=login]').fill(name)
  await page.locator('input[name=password]').fill('any')
  await page.locator('button[type=submit]').click()
}
const heading = async ({ page }) => page.locator('h1').innerText()

await step('a clerk', async () => {
  const who = await person(browser, { address, at: desktop, language: 'zh' })
  const { page } = who
  await page.goto('/app/clerk')
  await page.waitForURL('**/app/sign-in**')
  const button = page.getByRole('button', { name: '法院统一身份认证', exact: true })
  await button.waitFor()
  check('there is a button for each provider', ['法院统一身份认证', '人民身份认证', '第三方认证'], await page.locator('.elsewhere button').allInnerTexts())
  await look(who, 'sign-in-elsewhere')
  // By the keyboard alone.
  await button.focus()
  await page.keyboard.press('Enter')
  await signInThere(who, 'wang')
  await page.getByText('尚未关联账号').waitFor()
  check('without an account the page says what to tell', 'wang', await page.getByTestId('subject').innerText())
  check('  and whose word it is', 1, await page.getByText(court.issuer, { exact: true }).count())
  check('  nothing of it is in the address', `${address}/app/sign-in?returned=1`, page.url())
  await look(who, 'sign-in-unlinked')
  accounts('link', 'clerk', '--issuer', court.issuer, '--subject', 'wang')
  await page.getByRole('button', { name: '法院统一身份认证', exact: true }).click()
  await page.getByText('演示书记员').first().waitFor()
  check('with one, the provider still knows who it is', 200, (await who.context.request.get('/v1/session')).status())
  await page.waitForURL('**/app/clerk**')
  await page.reload()
  await page.getByText('演示书记员').first().waitFor()
  check('the session outlives a reload', 200, (await who.context.request.get('/v1/session')).status())
  await page.getByRole('button', { name: '退出登录', exact: true }).click()
  await page.waitForURL('**/app/sign-in**')
  check('signing out ends it', 401, (await who.context.request.get('/v1/session')).status())
  checkNothingRefused(who, 'a clerk')
})

await step('a litigant on a phone, who thinks better of it once', async () => {
  const who = await person(browser, { address, at: phone, language: 'en' })
  const { page } = who
  await page.goto('/app/sign-in')
  await page.getByRole('button', { name: "Citizens' sign-in", exact: true }).click()
  await page.locator('input[name=login]').waitFor()
  await page.getByText('Cancel').click()
  await page.getByText('You cancelled the sign-in').waitFor()
  await look(who, 'sign-in-cancelled')
  await page.getByRole('button', { name: "Citizens' sign-in", exact: true }).click()
  await signInThere(who, 'li')
  await page.waitForURL('**/app/litigant**')
  const session = await (await who.context.request.get('/v1/session')).json()
  check('has an account of a litigant', ['litigant', '姓名 li'], [session.role, session.name])
  check('and sees its page', true, (await heading(who)) !== '')
  // Whoever has no password goes on at the provider, and what was filled in is still there.
  await page.goto('/app/litigant/file')
  await page.getByLabel(/Case number/).fill('(2026)浙0192民初0042号')
  await page.waitForTimeout(600)  // a draft is written down a moment after it was changed
  await who.context.clearCookies({ name: '__Host-heyan' })
  await page.getByRole('navigation').getByRole('link', { name: 'My cases' }).click()
  const dialog = page.getByRole('dialog')
  const there = dialog.getByRole('button', { name: "Citizens' sign-in", exact: true })
  await there.waitFor()
  await look(who, 'expired-elsewhere')
  await page.evaluate(() => {
    window.before = true
  })
  await there.click()
  const isBack = () => page.evaluate(() => window.before === undefined && location.pathname === '/app/litigant/cases')
  await until(page, isBack)
  check('the way leads back to where it began', true, await isBack())
  check('a session that expired is renewed at the provider', 200, (await who.context.request.get('/v1/session')).status())
  await page.goto('/app/litigant/file')
  check('and the draft is still there', '(2026)浙0192民初0042号', await page.getByLabel(/Case number/).inputValue())
  checkNothingRefused(who, 'a litigant')
})

await step('a link that pretends something came back', async () => {
  const who = await person(browser, { address, at: desktop, language: 'en' })
  await who.page.goto('/app/sign-in?returned=1&fault=unlinked&subject=mallory&issuer=x')
  await who.page.getByText('was not completed').waitFor()
  check('makes the page say nothing of its own', 0, await who.page.getByText('mallory').count())
  checkNothingRefused(who, 'a link')
})

await browser.close()
for (const one of [court, people]) one.close()
finish()
process.exit()
