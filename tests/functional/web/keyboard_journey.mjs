// keyboard_journey.mjs ADDRESS STATE SAMPLE: the whole day's work of each role without a pointer, from signing in to signing out.
// Files alone are given, since their dialog is the machine's own.
import fs from 'node:fs'
import path from 'node:path'
import { archive, makeCase, say, untilReported } from './court.mjs'
import { accountsOf, check, checkNothingRefused, finish, person, startBrowser, step, temporaryFolder } from './browser.mjs'

const [address, state, sample] = process.argv.slice(2)
const accounts = accountsOf(state)
const work = temporaryFolder()
const caseNumber = '(2026)浙0192民初6001号'
const picture = path.join(sample, 'files/photo_scene.png')
const words = say.zh
const browser = await startBrowser()

/** By Tab alone, to what is there once it is there; and the focus can be seen. */
async function to(page, locator) {
  await locator.waitFor({ state: 'attached' })
  for (let stop = 0; stop < 300; ++stop) {
    if (await locator.evaluate((one) => one === document.activeElement)) {
      // Some draw it around what they stand in: a file field in its zone.
      const seen = await locator.evaluate((one) => {
        for (let at = one, up = 0; at instanceof Element && up < 3; at = at.parentElement, ++up) {
          const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(at)
          if ((outlineStyle !== 'none' && outlineWidth !== '0px') || boxShadow !== 'none') return true
        }
        return false
      })
      if (!seen) throw new Error(`the focus cannot be seen on ${locator}`)
      return
    }
    await page.keyboard.press('Tab')
  }
  throw new Error(`Tab never reaches ${locator}`)
}

async function press(page, locator, key = 'Enter') {
  await to(page, locator)
  await page.keyboard.press(key)
}

async function type(page, locator, text) {
  await to(page, locator)
  await page.keyboard.type(text)
}

/** The entry of a native list whose text holds this, by the arrows; it is chosen as they move. */
async function choose(page, locator, text) {
  await to(page, locator)
  await page.keyboard.press('Home')
  for (let down = 0; down < 40; ++down) {
    if ((await locator.evaluate((one) => one.selectedOptions[0]?.textContent ?? '')).includes(text)) return
    await page.keyboard.press('ArrowDown')
  }
  throw new Error(`there is no ${text} in ${locator}`)
}

const button = (page, name) => page.getByRole('button', { name, exact: typeof name === 'string' })
const link = (page, name) => page.getByRole('link', { name, exact: typeof name === 'string' })
const entry = (page, name) => page.getByRole('navigation').getByRole('link', { name, exact: true })

async function signedIn({ account, password }) {
  const who = await person(browser, { address })
  const { page } = who
  await page.goto('/app/sign-in')
  await type(page, page.getByLabel('账号', { exact: true }), account)
  await type(page, page.getByLabel('密码', { exact: true }), password)
  await page.keyboard.press('Enter')
  await page.waitForURL((url) => !url.pathname.endsWith('/sign-in'))
  await page.locator('h1').waitFor()
  return who
}

async function signedOut(who, name) {
  await press(who.page, button(who.page, '退出登录'))
  await who.page.waitForURL('**/app/sign-in**')
  check(`${name}: from signing in to signing out by keyboard alone`, 401, (await who.context.request.get('/v1/session')).status())
  checkNothingRefused(who, name)
  await who.context.close()
}

async function downloaded(page, locator) {
  const [download] = await Promise.all([page.waitForEvent('download'), press(page, locator)])
  return fs.readFileSync(await download.path())
}

let number = ''
await step('a litigant', async () => {
  const who = await signedIn(accounts.litigant)
  const { page } = who
  await press(page, entry(page, '提交证据'))
  await type(page, page.getByLabel(/案号/), caseNumber)
  await type(page, page.getByLabel(/案由/), '网络服务合同纠纷')
  await type(page, page.locator('#relief-1'), '返还费用')
  await page.keyboard.press('Enter')
  await page.keyboard.type('承担诉讼费')
  await press(page, button(page, '删除第 2 项请求'))
  check('a claim that is removed leaves the focus where another can be added', '增加一项请求', await page.locator(':focus').innerText())
  await press(page, button(page, '下一步'))
  await type(page, page.locator('#P1-name'), '王五')
  await press(page, button(page, '下一步'))
  await page.locator('.defects').waitFor()
  await press(page, page.locator('.defects a').first())
  check('a defect leads to its field', true, await page.locator('#P2-name').evaluate((one) => one === document.activeElement))
  await page.keyboard.type('赵六')
  await press(page, button(page, '下一步'))
  await to(page, page.locator('#E1-file'))
  await page.locator('#E1-file').setInputFiles(picture)
  await type(page, page.locator('#E1-purpose'), '证明现场情况')
  await choose(page, page.getByLabel('证据种类'), '视听资料')
  await type(page, page.locator('#E1-pages'), '3')
  await page.locator('.fingerprints').first().waitFor({ state: 'attached' })
  await press(page, page.locator('summary').first())
  check('what is folded opens', true, await page.locator('.fingerprints').first().isVisible())
  await press(page, button(page, '下一步'))
  await page.locator('.review').waitFor()
  check('with what was written', ['返还费用'], await page.locator('.claims li').allInnerTexts())
  await press(page, button(page, '提交'))
  await page.locator('#results').waitFor()
  check('the report as PDF', '%PDF-', (await downloaded(page, button(page, '下载 PDF'))).subarray(0, 5).toString())
  await press(page, link(page, '回执'))
  await page.locator('.files li').first().waitFor()
  check('the signed receipt', true, (await downloaded(page, button(page, '下载已签名的回执'))).length > 100)
  await press(page, entry(page, '核对文件'))
  await page.locator('.choice').waitFor()
  await choose(page, page.locator('.choice'), caseNumber)
  await page.getByText('成立。').waitFor()
  await to(page, page.getByLabel('要核对的文件'))
  await page.getByLabel('要核对的文件').setInputFiles(picture)
  await page.getByText('这个文件就是报告中的证据 E1').waitFor()
  await signedOut(who, 'the litigant')
})

await step('a clerk', async () => {
  const who = await signedIn(accounts.clerk)
  const { page } = who
  makeCase(path.join(work, 'case'), sample, '(2026)浙0192民初6002号')
  archive(path.join(work, 'case'), path.join(work, 'case.zip'))
  await press(page, entry(page, '批量导入'))
  await to(page, page.getByLabel('案件压缩包（ZIP）'))
  await page.getByLabel('案件压缩包（ZIP）').setInputFiles(path.join(work, 'case.zip'))
  await press(page, button(page, words.importStart))
  await page.getByRole('status').filter({ hasText: words.summary(1, 1, 0) }).waitFor()
  const line = (await untilReported({ ...who, words }, ['(2026)浙0192民初6002号']))['(2026)浙0192民初6002号']
  number = line.report
  await press(page, entry(page, words.worklist))
  await type(page, page.getByLabel(words.search, { exact: true }), '6002号')
  await page.keyboard.press('Enter')
  await page.waitForURL(/q=/)
  await page.locator('table.rows tbody tr').filter({ hasText: '6002号' }).waitFor()
  await press(page, page.getByLabel('选择案件 (2026)浙0192民初6002号'), 'Space')
  await press(page, button(page, words.verifySelected))
  await page.getByRole('status').filter({ hasText: words.summary(1, 1, 0) }).waitFor()
  number = (await untilReported({ ...who, words }, ['(2026)浙0192民初6002号'], { '(2026)浙0192民初6002号': number }))['(2026)浙0192民初6002号'].report
  check('the list is a file', true, (await downloaded(page, button(page, words.exportCsv))).includes('6002'))
  await press(page, page.locator('table.rows tbody a').first())
  await page.getByText(words.checked).waitFor()
  await press(page, link(page, words.request))
  await page.locator('.letter').waitFor()
  const first = page.locator('fieldset input[type=checkbox]').first()
  await press(page, first, 'Space')
  check('a line is left out', false, await first.isChecked())
  await type(page, page.getByLabel(/补充说明/), '请一并提交')
  await press(page, button(page, words.send))
  await page.getByText(words.sent).waitFor()
  await signedOut(who, 'the clerk')
})

await step('a judge', async () => {
  const who = await signedIn(accounts.judge)
  const { page } = who
  await type(page, page.getByLabel(words.search, { exact: true }), '6002号')
  await page.keyboard.press('Enter')
  await page.waitForURL(/q=/)
  await press(page, page.locator('table.rows tbody a').filter({ hasText: '6002号' }))
  await page.getByText(words.checked).waitFor()
  const frame = () => new URL(page.frames().find((one) => one.url().includes('/v1/reports/')).url())
  const isAt = (text) => page.waitForFunction((wanted) => document.querySelector('.report-frame iframe')?.src.includes(wanted), text)
  await to(page, page.locator('.report-frame input[type=radio]:checked'))
  await page.keyboard.press('ArrowRight')
  await isAt('level=expert')
  await choose(page, page.getByLabel(words.goTo), '时间')
  await isAt('#timeline')
  check('the report itself has the focus', true, await to(page, page.locator('.report-frame iframe')).then(() => frame().pathname.startsWith('/v1/reports/')))
  check('the signed report', '{', (await downloaded(page, button(page, words.jws))).subarray(0, 1).toString())
  await press(page, page.locator('table.rows a').first())
  await page.waitForURL(/\/items\//)
  await type(page, page.getByLabel(words.note), '庭前核对')
  await press(page, button(page, words.saveNote))
  await page.getByText(words.savedNote).waitFor()
  await press(page, link(page, words.compare))
  await page.waitForURL(/\/compare/)
  for (const [at, item] of [[0, 'E4'], [1, 'E2']]) {
    const side = page.locator('.side').nth(at)
    await choose(page, side.locator('select').last(), `证据 ${item}`)
    await press(page, side.getByRole('button', { name: words.show }))
    await side.locator('iframe').waitFor()
  }
  await page.getByText(words.different).waitFor()
  await signedOut(who, 'the judge')
})

await step('an operator', async () => {
  const who = await signedIn(accounts.operator)
  const { page } = who
  for (const name of ['信任名单', '密钥', '临时查阅', '运行状态']) {
    await press(page, entry(page, name))
    await page.waitForFunction((wanted) => document.querySelector('.navigation a.active')?.textContent === wanted, name)
    await page.locator('.fact-table, table, p[role="status"]').first().waitFor()
  }
  await signedOut(who, 'the operator')
})

await step('anybody', async () => {
  const who = await person(browser, { address })
  const { page } = who
  await page.goto('/app/sign-in')
  await press(page, entry(page, '验证报告'))
  await to(page, page.getByLabel(words.reportFile))
  await page.getByLabel(words.reportFile).setInputFiles(path.join(import.meta.dirname, '../../../gateway/web/tests/checks/genuine/report.jws'))
  await page.getByText(words.unknown).waitFor()
  await type(page, page.getByLabel(words.number), number)
  await page.keyboard.press('Enter')
  await page.getByText(words.issued).waitFor()
  checkNothingRefused(who, 'anybody')
  await who.context.close()
})

await browser.close()
fs.rmSync(work, { recursive: true })
finish()
