// refused_journey.mjs ADDRESS STATE SAMPLE: what becomes of a filing that does not go through at once: a file that is refused, other
// bytes than were announced, a gateway that is busy, files that cannot be read. Nobody loses what they typed.
// The gateway takes no file beyond 8 MiB (web_test).
import fs from 'node:fs'
import path from 'node:path'
import { button } from './court.mjs'
import { accountsOf, check, checkNothingRefused, desktop, finish, look, person, phone, signIn, startBrowser, step, temporaryFolder, until } from './browser.mjs'

const [address, state, sample] = process.argv.slice(2)
const { litigant } = accountsOf(state)
const work = temporaryFolder()
const picture = path.join(sample, 'files/photo_scene.png')
const block = path.join(sample, 'proofs/block_007.pb')
const large = path.join(work, 'too_large.bin')
fs.writeFileSync(large, Buffer.alloc(9 << 20, 'too large '))
const plain = path.join(work, 'plain.txt')
const kPlainBytes = 300_000
fs.writeFileSync(plain, Buffer.alloc(kPlainBytes, 'as it was '))

const browser = await startBrowser()
const isCase = (url) => /\/litigant\/cases\/[0-9a-f]{32}$/.test(url.pathname)

async function enter(at) {
  const who = await person(browser, { address, at })
  await who.page.goto('/app/litigant/file')
  await signIn(who, litigant)
  return who
}

/** To the step of the evidence. */
async function courtAndParties(who, caseNumber) {
  const { page } = who
  await page.goto('/app/litigant/file')
  await page.getByLabel(/案号/).fill(caseNumber)
  await button(who, '下一步').click()
  await page.locator('#P1-name').fill('张三')
  await page.locator('#P2-name').fill('样例科技有限公司')
  await button(who, '下一步').click()
}

async function item({ page }, number, file) {
  await page.locator(`#E${number}-file`).setInputFiles(file)
  await page.locator(`#E${number}-purpose`).fill('证明现场情况')
  await page.locator('.fingerprints').nth(number - 1).waitFor({ state: 'attached' })
}

const filedCase = async ({ page, context }) => (await context.request.get(`/v1/submissions/${page.url().split('/').pop()}/case`)).json()

await step('a file that is too large, and the way back', async () => {
  const who = await enter(phone)
  const { page } = who
  const keys = []
  page.on('request', (request) => {
    if (request.method() === 'POST' && request.url().endsWith('/v1/submissions')) keys.push(request.headers()['idempotency-key'])
  })
  await courtAndParties(who, '(2026)浙0192民初6001号')
  await item(who, 1, picture)
  await button(who, '增加一项证据').click()
  await item(who, 2, large)
  await button(who, '下一步').click()
  await button(who, '提交').click()
  await page.getByText('未能提交').waitFor()
  const refusal = await page.locator('.refusal').innerText()
  check('it says why, in words', [true, false], [refusal.includes('这个文件超过了本院接收的大小'), refusal.includes('{"')])
  check('and what becomes of what was sent', true, await page.getByText('文件没有收齐，不算提交').isVisible())
  await look(who, 'upload-refused')
  await button(who, '返回修改').click()
  await page.locator('.step-title').waitFor()
  await until(page, () => page.locator('.step-title').evaluate((one) => one === document.activeElement))
  check('what was typed is still there, and the keyboard is with it', ['(2026)浙0192民初6001号', true],
    [await page.getByLabel(/案号/).inputValue(), await page.locator('.step-title').evaluate((one) => one === document.activeElement)])
  await page.reload()
  await button(who, '下一步').click()
  await button(who, '下一步').click()
  await page.locator('#E2-purpose').waitFor()
  check('after a reload, too: nothing goes on with what was given up', ['photo_scene.png', 'too_large.bin'], await page.locator('.chosen .file-name').allInnerTexts())
  await button(who, '删除证据 2').click()
  await button(who, '下一步').click()
  await button(who, '提交').click()
  await page.waitForURL(isCase)
  check('what was changed is filed', ['(2026)浙0192民初6001号', ['E1']], await filedCase(who).then((filed) => [filed.caseNumber, filed.evidence.map(({ id }) => id)]))
  check('as another filing', [2, true], [keys.length, keys[0] !== keys[1]])
  await page.goto('/app/litigant/cases')
  await page.locator('.unfinished').waitFor()
  check('and the first is not filed', 1, await page.locator('.unfinished').count())
  checkNothingRefused(who, 'a file that is too large')
  await who.context.close()
})

await step('other bytes than were announced', async () => {
  const who = await enter(desktop)
  const { page, context } = who
  await courtAndParties(who, '(2026)浙0192民初6002号')
  await item(who, 1, plain)
  await button(who, '下一步').click()
  // As if the file had been written to after its fingerprint was computed.
  await context.route('**/v1/uploads/*', (route) =>
    route.request().method() === 'PATCH' ? route.continue({ postData: Buffer.alloc(kPlainBytes, 'as it is ') }) : route.continue())
  await button(who, '提交').click()
  const field = page.getByLabel(/收到的内容与这个文件的指纹对不上/)
  await field.waitFor()
  check('there is a way back, too', 1, await button(who, '返回修改').count())
  await look(who, 'upload-other-bytes')
  await context.unroute('**/v1/uploads/*')
  await field.setInputFiles(large)
  await page.getByText('这不是原来的那个文件').waitFor()
  await field.setInputFiles(plain)
  await page.waitForURL(isCase)
  check('chosen again, it is filed', 'E1', (await filedCase(who)).evidence[0].id)
  checkNothingRefused(who, 'other bytes')
  await context.close()
})

await step('a gateway that is busy', async () => {
  const who = await enter(phone)
  const { page, context } = who
  await courtAndParties(who, '(2026)浙0192民初6003号')
  await item(who, 1, plain)
  await button(who, '下一步').click()
  await context.route('**/v1/uploads/*', (route) => (route.request().method() === 'PATCH' ? route.fulfill({ status: 503, body: '' }) : route.continue()))
  await button(who, '提交').click()
  await page.getByText('服务正忙或者暂时不可用').waitFor()
  check('that is said, and not of the network', 0, await page.getByText('网络恢复后').count())
  await context.unroute('**/v1/uploads/*')
  // Nobody presses anything.
  await page.waitForURL(isCase)
  check('it goes on by itself', true, isCase(new URL(page.url())))
  checkNothingRefused(who, 'a busy gateway')
  await context.close()
})

await step('files that cannot be read', async () => {
  const who = await enter(desktop)
  const { page } = who
  await courtAndParties(who, '(2026)浙0192民初6004号')
  await page.locator('#E1-file').waitFor({ state: 'attached' })
  // What reads a file fails as it does of one that was moved.
  await page.evaluate(() => {
    window.Worker = class {
      postMessage() {
        setTimeout(() => this.onmessage({ data: { kind: 'failed' } }))
      }
      terminate() {}
    }
  })
  await page.locator('#E1-file').setInputFiles(picture)
  await page.locator('#E1-proofs').setInputFiles(block)
  await page.locator('#E1-purpose').fill('证明现场情况')
  const unread = page.getByRole('alert').filter({ hasText: '读不出这个文件' })
  await unread.nth(1).waitFor()
  check('each stays, and is said to be unreadable', ['photo_scene.png', 'block_007.pb'], await page.locator('.chosen .file-name').allInnerTexts())
  await button(who, '下一步').click()
  await page.locator('.defects').waitFor()
  check('neither can be filed so', ['#E1-file', '#E1-proofs'], await page.locator('.defects a').evaluateAll((all) => all.map((one) => one.getAttribute('href'))))
  await page.locator('.defects a').nth(1).click()
  check('and what is said leads to its field', 'E1-proofs', await page.evaluate(() => document.activeElement?.id))
  await look(who, 'file-unreadable')
  await page.waitForTimeout(600)  // a draft is written down a moment after it was changed
  await page.reload()
  await page.locator('.fingerprints').nth(1).waitFor({ state: 'attached' })
  check('read again, both are as any others', 0, await unread.count())
  await button(who, '下一步').click()
  await page.locator('.review').waitFor()
  checkNothingRefused(who, 'files that cannot be read')
  await who.context.close()
})

await browser.close()
fs.rmSync(work, { recursive: true })
finish()
