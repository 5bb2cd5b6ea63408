// supplement_journey.mjs ADDRESS STATE SAMPLE: a clerk asks for what is missing, the party hands it in, the clerk sees it.
import fs from 'node:fs'
import path from 'node:path'
import { button, linesOf, say, untilReported } from './court.mjs'
import { accountsOf, check, checkNothingRefused, desktop, finish, look, person, phone, signIn, startBrowser, step, temporaryFolder } from './browser.mjs'

const [address, state, sample] = process.argv.slice(2)
const accounts = accountsOf(state)
const work = temporaryFolder()
const caseNumber = '(2026)浙0192民初4001号'
const picture = path.join(sample, 'files/photo_scene.png')
const block = path.join(sample, 'proofs/block_007.pb')
const forwarded = path.join(work, 'photo_scene.png')
fs.writeFileSync(forwarded, Buffer.concat([fs.readFileSync(picture), Buffer.from([0])]))

const browser = await startBrowser()
const party = await person(browser, { address, at: phone })
const clerk = { ...(await person(browser, { address, at: desktop })), words: say.zh }
const { page } = party
const isCase = (url) => /\/litigant\/cases\/[0-9a-f]{32}$/.test(url.pathname)
const next = () => button(party, '下一步').click()

async function fillItem(number, file, proof) {
  await page.locator(`#E${number}-file`).setInputFiles(file)
  await page.locator('.ant-card').getByLabel(/证明文件/).first().setInputFiles(proof)
  await page.locator('.comparison').waitFor()
}

async function filed() {
  await button(party, '提交').click()
  await page.waitForURL(isCase)
  await page.locator('#results').waitFor()
  return page.url().split('/').pop()
}

let first = ''
await step('a party files what is no original', async () => {
  await page.goto('/app/litigant/file')
  await signIn(party, accounts.litigant)
  await page.getByLabel(/案号/).fill(caseNumber)
  await page.getByLabel(/案由/).fill('网络侵权责任纠纷')
  await page.locator('#relief-1').fill('停止侵权')
  await next()
  await page.locator('#P1-name').fill('张三')
  await page.locator('#P1-number').fill('11010519491231002x')
  await page.locator('#P2-name').fill('样例科技有限公司')
  await next()
  await page.locator('#E1-purpose').fill('证明现场情况')
  await page.locator('#E1-pages').fill('2')
  await page.getByLabel(/存证编号/).fill('EV-2026-0006')
  await fillItem(1, forwarded, block)
  await next()
  first = await filed()
})

await step('the clerk asks for the original', async () => {
  await clerk.page.goto(`/app/clerk/cases/${first}/request`)
  await signIn(clerk, accounts.clerk)
  await clerk.page.locator('.letter').waitFor()
  await clerk.page.getByLabel(/补充说明/).fill('请同时说明 <b>拍摄设备</b>')
  await button(clerk, clerk.words.send).click()
  await clerk.page.getByText(clerk.words.sent).waitFor()
  await clerk.page.locator('.points').getByText('已要求补充').waitFor()
})

let second = ''
await step('the party answers', async () => {
  await page.goto('/app/litigant/cases')
  await page.locator('.case-line').getByText('法院要求补充').waitFor()
  await look(party, 'cases-asked')
  await page.locator('.case-line').getByRole('link').first().click()
  await page.locator('#supplements').waitFor()
  check('what the court wrote is text, in its lines', [true, false], [await page.getByText('请同时说明 <b>拍摄设备</b>').isVisible(), await page.getByText('U+000A').isVisible()])
  await page.locator('#results').waitFor()
  await look(party, 'case-asked')
  await page.getByRole('link', { name: '现在补充' }).click()
  await page.locator('#E1-purpose').waitFor()
  check('what was filed before is filled in', ['photo_scene', '证明现场情况', '2', 'EV-2026-0006'],
    [await page.locator('#E1-name').inputValue(), await page.locator('#E1-purpose').inputValue(), await page.locator('#E1-pages').inputValue(), await page.getByLabel(/存证编号/).inputValue()])
  await look(party, 'supplement')
  await page.reload()
  await page.locator('#E1-file').waitFor()
  await next()
  await page.locator('.defects').waitFor()
  check('without the file it does not go on', 1, await page.locator('.defects li').count())
  await fillItem(1, picture, block)
  await page.locator('.comparison-named').waitFor()
  await next()
  await page.locator('.review').waitFor()
  const review = await page.locator('main').innerText()
  check('the parties are those of the case, and so are cause and relief', [true, true, true], ['11010519491231002X', '网络侵权责任纠纷', '停止侵权'].map((one) => review.includes(one)))
  second = await filed()
  check('it is another submission', true, second !== first)
  await page.goto(`/app/litigant/cases/${first}`)
  await page.getByText('您已在此后再次提交').waitFor()
  check('there is nothing more to answer', 0, await page.getByRole('link', { name: '现在补充' }).count())
  await page.goto('/app/litigant/cases')
  await page.locator('.case-line').nth(1).waitFor()
  check('nor in the list', 0, await page.getByText('法院要求补充').count())
})

await step('what is not finished is not lost for it', async () => {
  await page.goto('/app/litigant/file')
  await next()
  await page.locator('#P1-name').fill('李四')
  await page.locator('#P2-name').fill('王五')
  await next()
  await page.locator('#E1-file').setInputFiles(picture)
  await page.locator('.fingerprints').first().waitFor({ state: 'attached' })
  await page.waitForTimeout(600)  // a draft is written down a moment after it was changed
  await page.goto(`/app/litigant/file?answers=${first}`)
  await button(party, '先处理未提交完的材料').click()
  await page.locator('.file-name').waitFor()
  await page.goto(`/app/litigant/file?answers=${first}`)
  await look(party, 'supplement-or-draft')
  await button(party, '清空并开始补充').click()
  await page.locator('#E1-purpose').waitFor()
  check('then the request is answered', '证明现场情况', await page.locator('#E1-purpose').inputValue())
  await page.goto('/app/litigant/file?answers=00000000000000000000000000000000')
  await page.locator('.refusal').waitFor()
})

await step('the clerk sees it', async () => {
  await untilReported(clerk, [caseNumber])
  await clerk.page.goto(`/app/clerk/worklist?q=${encodeURIComponent('4001号')}`)
  await clerk.page.locator('table.rows').getByText('已补充').waitFor()
  check('both are in the list', 2, await clerk.page.locator('table.rows tbody tr').count())
  const answer = (await linesOf(clerk)).find(({ id }) => id === second)
  check('and the answer needs no attention', 'ALL_CONSISTENT', answer.verdict)
  await look(clerk, 'clerk-answered')
  await clerk.page.goto(`/app/clerk/cases/${second}`)
  await clerk.page.getByText(clerk.words.checked).waitFor()
  await clerk.page.goto(`/app/clerk/cases/${first}/request`)
  await clerk.page.locator('.points').getByText('已补充').waitFor()
})

checkNothingRefused(party, 'the party')
checkNothingRefused(clerk, 'the clerk')
await browser.close()
fs.rmSync(work, { recursive: true })
finish()
