// public_journey.mjs ADDRESS STATE SAMPLE: the other side checks a report that it was given, without an account.
import fs from 'node:fs'
import path from 'node:path'
import { button, importFolder, makeCase, say, tabTo, untilReported } from './court.mjs'
import { accountsOf, check, checkFirstLoad, checkNothingRefused, finish, kNobodyBytes, look, person, phone, signIn, startBrowser, step, temporaryFolder } from './browser.mjs'

const [address, state, sample] = process.argv.slice(2)
const accounts = accountsOf(state)
const work = temporaryFolder()
const caseNumber = '(2026)浙0192民初3001号'
const foreign = path.join(import.meta.dirname, '../../../gateway/web/tests/checks/genuine/report.jws')

const browser = await startBrowser()
const who = { ...(await person(browser, { address })), words: say.zh }
const { page, words } = who
const shows = (text) => page.getByText(text).first().isVisible()
const given = (name, content) => {
  const file = path.join(work, name)
  fs.writeFileSync(file, content)
  return file
}
async function checked(file, ...texts) {
  await page.goto('/app/public/verify')
  await page.getByLabel(words.reportFile).setInputFiles(file)
  for (const text of texts) await page.getByText(text).first().waitFor({ timeout: 30_000 })
}

let number = ''
let signed = ''
await step('a report is given to the other side', async () => {
  const clerk = { ...(await person(browser, { address })), words }
  await clerk.page.goto('/app/clerk/import')
  await signIn(clerk, accounts.clerk)
  makeCase(path.join(work, 'cases/one'), sample, caseNumber)
  await importFolder(clerk, path.join(work, 'cases'))
  number = (await untilReported(clerk, [caseNumber]))[caseNumber].report
  const get = (type) => clerk.context.request.get(`/v1/reports/${number}?copy=opponent`, { headers: { Accept: type } })
  signed = await (await get('application/jose+json')).text()
  given('report.jws', signed)
  given('report.pdf', await (await get('application/pdf')).body())
  await clerk.context.close()
})

await step('it is checked by file', async () => {
  await page.goto('/app/public/verify')
  await look(who, 'public-verify')
  await checkFirstLoad(who, 'public', kNobodyBytes)
  await checked(path.join(work, 'report.jws'), words.checked, words.issued)
  check('the number is the one on it', true, await shows(number))
  check('the browser says what it did not check', true, await shows(words.sm2))
  await look(who, 'public-verified')
  await checked(path.join(work, 'report.pdf'), words.issued)
})

await step('what does not hold is not taken for one that does', async () => {
  const document = JSON.parse(signed)
  const payload = Buffer.from(document.payload, 'base64url').toString().replace('ATTENTION_REQUIRED', 'ALL_CONSISTENT')
  await checked(given('changed.jws', JSON.stringify({ ...document, payload: Buffer.from(payload).toString('base64url') })), words.damaged, words.unknown)
  check('nothing of it is called good', 0, await page.getByText(words.checked).count())
  await look(who, 'public-refused')
  await checked(foreign, words.otherKey, words.unknown)
  check('neither is one of another gateway', 0, await page.getByText(words.checked).count())
  const { 'heyan-log-proof': _, ...bare } = document
  await checked(given('bare.jws', JSON.stringify(bare)), words.notChecked)
  await checked(given('hostile.jws', '<script>window.ran=1</script>'), words.damaged)
  await checked(given('report.exe', 'x'), words.unknownKind)
  check('no script ran', undefined, await page.evaluate(() => window.ran))
})

await step('it is looked up by number', async () => {
  await page.goto('/app/public/verify')
  const look_ = async (typed, text) => {
    await page.getByLabel(words.number).fill(typed)
    await button(who, words.look).click()
    await page.getByText(text).last().waitFor()
  }
  await look_('HY-1234', words.badNumber)
  await look_('HY-AAAA-AAAA-AAAA-AAAA', words.notThere)
  await look_(number.toLowerCase().replaceAll('-', ' '), words.issued)
  check('that it is a sample is said here, too', true, await shows('样例信任名单：本报告仅供演示'))
  await look(who, 'public-number')
  const text = await page.locator('main').innerText()
  check('it says no name and no case number', [false, false], [text.includes(caseNumber), text.includes('Zhang San')])
})

await step('by keyboard alone', async () => {
  await page.goto('/app/public/verify')
  await page.getByLabel(words.number).waitFor()
  await tabTo(page, page.getByLabel(words.reportFile))
  await tabTo(page, page.getByLabel(words.number))
  await page.keyboard.type(number)
  await page.keyboard.press('Enter')
  await page.getByText(words.issued).first().waitFor()
  check('a number is looked up', true, true)
})

await step('on a phone, in English', async () => {
  const small = { ...(await person(browser, { address, at: phone, language: 'en' })), words: say.en }
  await small.page.goto('/app/public/verify')
  await small.page.getByLabel(small.words.reportFile).setInputFiles(path.join(work, 'report.jws'))
  await small.page.getByText(small.words.issued).first().waitFor()
  await look(small, 'public-verified')
  checkNothingRefused(small, 'on a phone')
  await small.context.close()
})

checkNothingRefused(who, 'the public')
await browser.close()
fs.rmSync(work, { recursive: true })
finish()
