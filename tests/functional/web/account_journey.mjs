// account_journey.mjs ADDRESS STATE: a person changes the password, and puts a one-time code before the account (RFC 6238).
import crypto from 'node:crypto'
import { accountsOf, check, checkNothingRefused, desktop, finish, look, person, phone, signIn, startBrowser, step } from './browser.mjs'

const [address, state] = process.argv.slice(2)
const { litigant } = accountsOf(state)
const changed = '一句容易记住的话，足够长'

const browser = await startBrowser()
const button = (who, name) => who.page.getByRole('button', { name, exact: true })
const field = (who, name) => who.page.getByLabel(name, { exact: true })

function base32(text) {
  const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'
  const bits = [...text].map((letter) => letters.indexOf(letter).toString(2).padStart(5, '0')).join('')
  return Buffer.from(bits.match(/.{8}/g).map((byte) => Number.parseInt(byte, 2)))
}

let lastStep = 0
/** Each serves once. One that is early is taken, too, so there is seldom anything to wait for. */
async function nextCode(page, secret) {
  const now = () => Math.floor(Date.now() / 30_000)
  const wanted = Math.max(now(), lastStep + 1)
  while (wanted > now() + 1) await page.waitForTimeout(500)
  lastStep = wanted
  const counter = Buffer.alloc(8)
  counter.writeBigUInt64BE(BigInt(wanted))
  const mac = crypto.createHmac('sha1', base32(secret)).update(counter).digest()
  return String((mac.readUInt32BE(mac[19] & 15) & 0x7fffffff) % 1_000_000).padStart(6, '0')
}

async function enter(at, language, password) {
  const who = await person(browser, { address, at, language })
  await who.page.goto('/')
  await signIn(who, { ...litigant, password })
  return who
}

async function toSettings(who) {
  await who.page.goto('/app/account')
  await who.page.locator('h1').waitFor()
}

await step('the password', async () => {
  const who = await enter(desktop, 'zh', litigant.password)
  const other = await enter(phone, 'en', litigant.password)
  const { page } = who
  await toSettings(who)
  const change = async (old, next, again = next) => {
    await field(who, '当前密码').fill(old)
    await field(who, '新密码').fill(next)
    await field(who, '再次输入新密码').fill(again)
    await button(who, '修改密码').click()
  }
  await button(who, '修改密码').click()
  await page.getByText('请输入当前密码').waitFor()
  await change(litigant.password, 'short')
  await page.getByText('新密码至少 12 个字符').waitFor()
  await change(litigant.password, changed, `${changed}。`)
  await page.getByText('两次输入的新密码不同').waitFor()
  await look(who, 'account-password-defects')
  await change('not the password', changed)
  await page.getByText('当前密码不正确').waitFor()
  check('the field that is wrong is said to be, and no other', ['true', 'false'], await Promise.all(['当前密码', '新密码'].map((name) => field(who, name).getAttribute('aria-invalid'))))
  await change(litigant.password, `my name is ${litigant.account}`)
  await page.getByText('新密码不能使用').waitFor()
  check('what was refused changed nothing', 200, (await other.context.request.get('/v1/submissions')).status())
  await change(litigant.password, changed)
  await page.getByText('密码已修改').waitFor()
  check('what was typed is gone', '', await field(who, '新密码').inputValue())
  check('the other device is signed out, this one is not', [401, 200], [(await other.context.request.get('/v1/session')).status(), (await who.context.request.get('/v1/session')).status()])
  await look(who, 'account-password-changed')
  await button(who, '退出登录').click()
  await page.waitForURL('**/app/sign-in**')
  await field(who, '账号').fill(litigant.account)
  await field(who, '密码').fill(litigant.password)
  await button(who, '登录').click()
  await page.getByText('账号、密码或者验证码不正确').waitFor()
  await signIn(who, { ...litigant, password: changed })
  check('the new password is the one', 200, (await who.context.request.get('/v1/session')).status())
  checkNothingRefused(who, 'the password')
  await Promise.all([who, other].map(({ context }) => context.close()))
})

await step('the one-time code', async () => {
  const who = await enter(phone, 'en', changed)
  const { page } = who
  await toSettings(who)
  await button(who, 'Use one-time codes').click()
  await page.locator('.field-why').waitFor()
  await field(who, 'Your password once more').fill('not the password')
  await button(who, 'Use one-time codes').click()
  await page.getByText('The present password is not right').waitFor()
  check('no key is made for who does not know the password', 0, await page.getByTestId('secret').count())
  await field(who, 'Your password once more').fill(changed)
  await button(who, 'Use one-time codes').click()
  const secret = (await page.getByTestId('secret').innerText()).replace(/\s/g, '')
  check('the key is one that is typed into an application', true, /^[A-Z2-7]{16,64}$/.test(secret))
  await look(who, 'account-enrol')
  await button(who, 'Confirm').click()
  await page.locator('.field-why').waitFor()
  await field(who, 'One-time code').fill('000000')
  await button(who, 'Confirm').click()
  await page.getByText('The code is not right').waitFor()
  check('a wrong one enrols nothing', false, (await (await who.context.request.get('/v1/session')).json()).secondFactor)
  const used = await nextCode(page, secret)
  await field(who, 'One-time code').fill(`${used.slice(0, 3)} ${used.slice(3)}`)
  await button(who, 'Confirm').click()
  await page.getByText('One-time codes are in use now; you were signed out on other devices.').waitFor()
  await look(who, 'account-enrolled')
  await button(who, 'Sign out').click()
  await page.waitForURL('**/app/sign-in**')

  await field(who, 'Account').fill(litigant.account)
  await field(who, 'Password').fill(changed)
  await button(who, 'Sign in').click()
  await field(who, 'One-time code').waitFor()
  check('the field that is wanted has the focus', true, await field(who, 'One-time code').evaluate((one) => one === document.activeElement))
  await look(who, 'sign-in-code')
  await page.keyboard.type(used)
  await page.keyboard.press('Enter')
  await page.getByText('Account, password or code is not right').waitFor()
  await field(who, 'One-time code').fill(await nextCode(page, secret))
  await page.keyboard.press('Enter')
  await page.waitForURL((url) => !url.pathname.endsWith('/sign-in'))
  const session = await (await who.context.request.get('/v1/session')).json()
  check('what was signed in with is known', ['SECOND_FACTOR', true], [session.authentication, session.secondFactor])

  await toSettings(who)
  await field(who, 'One-time code').fill(await nextCode(page, secret))
  await button(who, 'Stop using one-time codes').click()
  await page.getByText('One-time codes are no longer used; you were signed out on other devices.').waitFor()
  await button(who, 'Sign out').click()
  await page.waitForURL('**/app/sign-in**')
  await signIn(who, { ...litigant, password: changed })
  check('then the password alone is enough again', 'PASSWORD', (await (await who.context.request.get('/v1/session')).json()).authentication)
  checkNothingRefused(who, 'the one-time code')
  await who.context.close()
})

await browser.close()
finish()
