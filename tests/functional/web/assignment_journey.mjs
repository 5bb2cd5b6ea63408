// assignment_journey.mjs ADDRESS STATE SAMPLE: at a court that assigns its cases, a judge sees nothing of one that is not assigned, gives
// a reason and reads it, which the clerk sees; then the clerk assigns it. By keyboard, where something is changed.
import path from 'node:path'
import { button, importFolder, makeCase, say, tabTo, untilReported } from './court.mjs'
import { accountsOf, check, checkNothingRefused, finish, look, overflow, person, phone, signIn, startBrowser, step, temporaryFolder } from './browser.mjs'

const [address, state, sample] = process.argv.slice(2)
const accounts = accountsOf(state)
const work = temporaryFolder()
const caseNumber = '(2026)浙0192民初3001号'
const reason = '替合议庭成员出席今天下午的庭审'

const browser = await startBrowser()
const clerk = { ...(await person(browser, { address })), words: say.zh }
const judge = { ...(await person(browser, { address })), words: say.zh }
const shows = (who, text) => who.page.getByText(text).first().isVisible()
const kNotAssigned = '该案件未分配给您'
const kOwn = /您已说明理由临时查阅/
const kForReading = /您是临时查阅本案/
const kChanging = /保全|删除/
const kHoldReason = '保全理由'

let line = {}
await step('a case is there', async () => {
  await clerk.page.goto('/app/clerk/import')
  await signIn(clerk, accounts.clerk)
  makeCase(path.join(work, 'cases/one'), sample, caseNumber)
  await importFolder(clerk, path.join(work, 'cases'))
  line = (await untilReported(clerk, [caseNumber]))[caseNumber]
})

await step('a judge sees nothing of it', async () => {
  const { page, words } = judge
  await page.goto('/app/judge/cases')
  await signIn(judge, accounts.judge)
  await page.getByText(words.none).waitFor()
  for (const beneath of ['', '/items/E1', '/compare']) {
    await page.goto(`/app/judge/cases/${line.id}${beneath}`)
    await page.getByText(kNotAssigned).waitFor()
    check(`neither number nor party stands there${beneath}`, [false, false], await Promise.all([caseNumber, line.parties[0].name].map((text) => page.locator('body').innerText().then((all) => all.includes(text)))))
  }
  await page.goto(`/app/judge/cases/${line.id}`)
  await page.getByText(kNotAssigned).waitFor()
  await look(judge, 'judge-not-assigned')
})

await step('and reads it after saying why', async () => {
  const { page } = judge
  const field = page.getByLabel('理由', { exact: true })
  await tabTo(page, field)
  await page.keyboard.type('急')
  await tabTo(page, button(judge, '说明理由并临时查阅'))
  await page.keyboard.press('Enter')
  await page.getByText('请至少写 10 个字').waitFor()
  check('a short reason opens nothing', [true, 'true'], [await shows(judge, kNotAssigned), await field.getAttribute('aria-invalid')])
  await field.focus()
  await page.keyboard.press('Control+A')
  await page.keyboard.type(reason)
  await tabTo(page, button(judge, '说明理由并临时查阅'))
  await page.keyboard.press('Enter')
  await page.getByText(kOwn).waitFor()
  check('the case is there, and until when', true, await page.locator('h1').innerText().then((title) => title.includes(caseNumber)))
  check('without the reason', false, (await page.locator('body').innerText()).includes(reason))
  await page.getByText(kForReading).waitFor()
  check('what the gateway would refuse is not offered, and it is said why', [0, 0, 1], [await page.getByRole('button', { name: kChanging }).count(), await page.getByLabel(kHoldReason).count(), await page.getByText(kForReading).count()])
  check('it would', 403, await page.evaluate(async (id) => {
    const { token } = await (await fetch('/v1/session')).json()
    return (await fetch(`/v1/submissions/${id}/deletion/hold`, { method: 'PUT', headers: { 'Content-Type': 'application/json', 'X-Heyan-Token': token }, body: '{"reason":"appeal"}' })).status
  }, line.id))
  check('notes are', true, await page.getByRole('button', { name: '保存批注' }).isVisible())
  await look(judge, 'judge-broken-glass')
  await judge.context.route('**/v1/reports/*', (route) => route.abort('connectionreset'))
  await page.reload()
  await page.getByText(kForReading).waitFor()
  check('nor is it where the report is not to be had', [0, 0], [await page.getByRole('button', { name: kChanging }).count(), await page.getByLabel(kHoldReason).count()])
  await judge.context.unroute('**/v1/reports/*')
  await page.goto('/app/judge/cases')
  check('it is listed', 1, await page.getByRole('link', { name: caseNumber }).waitFor().then(() => page.getByRole('link', { name: caseNumber }).count()))
})

await step('the clerk sees it', async () => {
  const { page } = clerk
  await page.goto('/app/clerk/worklist?unassigned=true')
  await page.getByRole('link', { name: caseNumber }).waitFor()
  await tabTo(page, page.getByRole('link', { name: '临时查阅记录' }))
  await page.keyboard.press('Enter')
  await page.getByText(reason).waitFor()
  check('who, and that it goes on', [true, true], [await page.locator('td', { hasText: accounts.judge.account }).first().isVisible(), await shows(clerk, '进行中')])
  await look(clerk, 'clerk-access')
  await page.getByRole('link', { name: line.id }).click()
  await page.getByText(`理由：${reason}`).waitFor()
})

await step('and assigns it', async () => {
  const { page, words } = clerk
  const list = page.getByLabel('分配给', { exact: true })
  await tabTo(page, list)
  await page.keyboard.press('ArrowDown')
  await tabTo(page, button(clerk, '分配'))
  await page.keyboard.press('Enter')
  await page.getByRole('status').filter({ hasText: '已分配给' }).waitFor()
  await look(clerk, 'clerk-assigned')
  await page.goto('/app/clerk/worklist?unassigned=true')
  await page.getByText(words.none).waitFor()
  await page.getByLabel('只看尚未分配的').focus()
  await page.keyboard.press('Space')
  await page.getByRole('link', { name: caseNumber }).waitFor()
  check('the worklist says whose it is', true, await page.locator('td', { hasText: accounts.judge.account }).first().isVisible())
  await judge.page.goto('/app/judge/cases')
  await judge.page.getByRole('link', { name: caseNumber }).click()
  await judge.page.getByText(judge.words.checked).waitFor()
  await button(judge, judge.words.hold).waitFor()
  check('it is the judge\'s, and not for reading alone', [0, 0], [await judge.page.getByText(kOwn).count(), await judge.page.getByText(kForReading).count()])
})

await step('and takes it back', async () => {
  const { page } = clerk
  await page.goto(`/app/clerk/cases/${line.id}`)
  const take = page.getByRole('button', { name: /^撤销对/ })
  await take.waitFor()
  await tabTo(page, take)
  await page.keyboard.press('Enter')
  await page.getByRole('status').filter({ hasText: '已撤销' }).waitFor()
  check('it is for nobody again', true, await shows(clerk, /尚未分配给任何法官/))
})

await step('an operator sees who did, and why', async () => {
  const who = { ...(await person(browser, { address, at: phone })), words: say.zh }
  await who.page.goto('/app/operator/access')
  await signIn(who, accounts.operator)
  await who.page.getByText(reason).waitFor()
  check('also on a phone, and goes to no case', [[], 0], [await overflow(who.page), await who.page.getByRole('link', { name: line.id }).count()])
  await look(who, 'operator-access')
  checkNothingRefused(who, 'the operator')
})

checkNothingRefused(clerk, 'the clerk')
checkNothingRefused(judge, 'the judge')
await browser.close()
finish()
