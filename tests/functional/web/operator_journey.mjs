// operator_journey.mjs ADDRESS STATE SAMPLE: who runs the gateway sees its state, the trust list, what another one would change, and
// the keys; and no case.
import fs from 'node:fs'
import path from 'node:path'
import { archive, say, tabTo } from './court.mjs'
import { accountsOf, check, checkFirstLoad, checkNothingRefused, desktop, finish, kRoleBytes, look, person, phone, signIn, startBrowser, step, temporaryFolder, untilReported } from './browser.mjs'

const [address, state, sample] = process.argv.slice(2)
const { operator } = accountsOf(state)
const browser = await startBrowser()

// The sample's own list, and what is made of it.
const work = temporaryFolder()
function listWith(name, ...changes) {
  const folder = path.join(work, name)
  fs.cpSync(path.join(sample, '../trust'), folder, { recursive: true })
  const file = path.join(folder, 'trust.toml')
  fs.writeFileSync(file, changes.reduce((text, [from, to]) => {
    if (!text.includes(from)) throw new Error(`the sample has no ${from}`)
    return text.replace(from, to)
  }, fs.readFileSync(file, 'utf8')))
  archive(folder, `${folder}.zip`)
  return `${folder}.zip`
}
const newer = listWith('newer', ['version = 1', 'version = 2'], ['at_least = 3', 'at_least = 2'],
  ['name = { zh = "样例公证处", en = "Sample Notary Office" }', 'name = { zh = "样例公证处", en = "Sample Notary Office" }\nlinked_parties = ["<b>某公司</b>"]'],
  ['[[quorum]]', '[[institution]]\nid = "new-notary"\nkind = "notary"\n\n[[quorum]]'])
const older = listWith('older', ['issued = 2026-11-22', 'issued = 2026-11-21'])
const broken = listWith('broken', ['kind = "court"', 'kind = "curt"'])

async function previews(who) {
  const { page, words } = who
  await page.goto('/app/operator/trust')
  const field = page.getByLabel(words.trustFile, { exact: true })
  await field.waitFor()
  if (who.at === desktop) {
    const dialog = page.waitForEvent('filechooser')  // before the keys: asked for with Enter, it can come too late for it
    await tabTo(page, field)
    await page.keyboard.press('Enter')
    await (await dialog).setFiles(newer)
  } else {
    await field.setInputFiles(newer)
  }
  await page.getByText(words.newer).waitFor()
  check('every change is told, and markup is text', [3, true, 0], [
    await page.locator('.answer tbody tr').count(), (await page.locator('.answer').innerText()).includes('<b>某公司</b>'), await page.locator('.answer b').count()])
  await look(who, 'operator-trust-preview')
  await field.setInputFiles(older)
  await page.getByText(words.older).waitFor()
  check('the answer before is gone', 0, await page.getByText(words.newer).count())
  await field.setInputFiles(broken)
  await page.locator('.refusal').getByText(words.hasDefects).first().waitFor()
  check('a defect is told with its line', true, (await page.locator('.refusal').innerText()).includes('trust.toml:13'))
  await look(who, 'operator-trust-defects')
  await field.setInputFiles({ name: 'list.tar.gz', mimeType: 'application/gzip', buffer: Buffer.from('x') })
  await page.getByText(words.noListFile).waitFor()
  check('nothing was put in force', 1, (await (await who.context.request.get('/v1/operator/trust')).json()).list.version)
}

for (const [at, language] of [[desktop, 'zh'], [phone, 'en']]) {
  await step(`at ${at.width}`, async () => {
    const who = { ...(await person(browser, { address, at, language })), words: say[language] }
    await who.page.goto('/app/operator/state')
    await signIn(who, operator)
    for (const [name, text] of [['state', who.words.ready], ['trust', who.words.listInForce], ['keys', who.words.ownKeys]]) {
      await who.page.goto(`/app/operator/${name}`)
      await who.page.getByText(text).first().waitFor()
      await look(who, `operator-${name}`)
      check(`no case on ${name}`, false, (await who.page.locator('main').innerText()).includes('民初'))
    }
    await who.page.goto('/app/operator/state')
    for (const text of [who.words.tried, who.words.receiving]) await who.page.getByText(text, { exact: true }).first().waitFor()
    if (at === desktop) await checkFirstLoad(who, 'an operator', kRoleBytes)
    await previews(who)
    check('nor may it ask for one', 403, (await who.context.request.get('/v1/submissions')).status())
    checkNothingRefused(who, 'the operator')
    await who.context.close()
  })
}

// What a page is made to try is refused, and comes to the gateway's log and numbers (web_test looks).
await step('a page under attack', async () => {
  const { context, page, refused } = await person(browser, { address })
  await page.goto('/app/')
  await page.evaluate(() => document.body.insertAdjacentHTML('beforeend', '<img src="https://elsewhere.example/a.png?case=secret" onerror="window.ran = true">'))
  for (let i = 0; i < 100 && refused.length < 2; i++) await page.waitForTimeout(100)
  check('a foreign picture and a script are refused', [true, true], ['img-src https://elsewhere.example', 'script-src-attr inline'].map((what) => refused.some((one) => one.startsWith(what))))
  check('and the script did not run', undefined, await page.evaluate(() => window.ran))
  await untilReported(page, ['img-src', 'script-src-attr'])
  await context.close()
})

await browser.close()
finish()
