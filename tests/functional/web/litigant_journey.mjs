// litigant_journey.mjs ADDRESS STATE SAMPLE: a person files evidence, at a desk and on a phone, in both languages.
import { execFileSync } from 'node:child_process'
import fs from 'node:fs'
import path from 'node:path'
import { accountsOf, check, checkFirstLoad, checkNothingRefused, desktop, finish, kNobodyBytes, kRoleBytes, look, person, phone, signIn, startBrowser, step, temporaryFolder, until, untilReported } from './browser.mjs'

const [address, state, sample] = process.argv.slice(2)
const { litigant } = accountsOf(state)
const work = temporaryFolder()
const picture = path.join(sample, 'files/photo_scene.png')
const block = path.join(sample, 'proofs/block_007.pb')
const reencoded = path.join(work, 'photo_scene.jpg')

const say = {
  zh: {
    next: '下一步', file: '提交', recordNumber: /存证编号/, proofs: /证明文件/, pasted: /存证时的文件指纹/, pause: '暂停', resume: '继续上传', receipt: '回执',
    pdf: '下载 PDF', wrong: '账号、密码或者验证码不正确', wrongRole: '您的账号不能使用这个页面', expired: '登录已过期', goOn: '继续', signOut: '退出登录', signIn: '登录',
    checkReport: '用这份报告核对一个文件', toCheck: '要核对的文件', isItem: '这个文件就是报告中的证据 E1', isNone: '报告中没有一项证据的指纹与这个文件相同', holds: '成立。', add: '增加一项证据', addClaim: '增加一项请求', removeClaim: '删除第 3 项请求', cause: /案由/, allPages: '页数合计', receiptPages: '下载 PDF', signedReceipt: '下载已签名的回执',
    verdicts: ['核验不一致', '核验一致（附提示）'],
  },
  en: {
    next: 'Next', file: 'File', recordNumber: /Record number/, proofs: /Proof files/, pasted: /Fingerprint \(hash\) recorded/, pause: 'Pause', resume: 'Continue the upload',
    receipt: 'Receipt', pdf: 'Download as PDF', wrong: 'Account, password or code is not right', wrongRole: 'Your account cannot use this page', expired: 'Your session has expired',
    goOn: 'Continue', signOut: 'Sign out', signIn: 'Sign in', checkReport: 'Check a file against this report', toCheck: 'File to check', isItem: 'This file is item E1 of the report',
    isNone: 'No item of the report has the fingerprint of this file', holds: 'they hold.', add: 'Add an item', receiptPages: 'Download PDF', signedReceipt: 'Download the signed receipt',
    addClaim: 'Add a claim', removeClaim: 'Remove claim 3', cause: /Cause of action/, allPages: 'Pages in all',
    verdicts: ['Not consistent', 'Consistent, with notes'],
  },
}
const button = (who, name) => who.page.getByRole('button', { name, exact: true })

async function enter(at, language) {
  const who = await person(browser, { address, at, language })
  await who.page.goto('/')
  await signIn(who, litigant)
  return { ...who, words: say[language] }
}

async function courtAndParties(who, { caseNumber = '(2026)浙0192民初0007号', plaintiff = '张三' } = {}) {
  const { page, words } = who
  await page.goto('/app/litigant/file')
  await page.getByLabel(/案号|Case number/).fill(caseNumber)
  await button(who, words.next).click()
  await page.locator('#P1-name').fill(plaintiff)
  await page.locator('#P1-number').fill('11010519491231002x')
  await page.locator('#P2-name').fill('样例科技有限公司')
  await button(who, words.next).click()
}

// A claim is typed, those of a complaint are pasted behind it, and one that stands there twice is noticed.
async function causeAndRelief(who) {
  const { page, words } = who
  await page.getByLabel(words.cause).fill('网络购物合同纠纷')
  check('causes are offered, and any other may be written', 13, await page.locator('#cause-list option').count())
  check('a phone and a screen reader have them in the language of the page', who.language === 'zh' ? null : 'Contract of online purchase',
    await page.locator('#cause-list option[value="网络购物合同纠纷"]').getAttribute('label'))
  await page.locator('#relief-1').fill('退还货款 199 元')
  await page.locator('#relief-1').press('End')
  await page.locator('#relief-1').press('Enter')
  await until(page, () => page.locator('#relief-2').evaluate((one) => one === document.activeElement))
  await page.keyboard.insertText('赔偿损失 500 元\n退还货款 199 元\n\n案件受理费由被告承担\u200b')
  await page.locator('#relief-4').waitFor()
  check('each line that is pasted is a claim', ['退还货款 199 元', '赔偿损失 500 元', '退还货款 199 元', '案件受理费由被告承担'],
    await page.locator('.claim textarea').evaluateAll((all) => all.map(({ value }) => value)))
  await button(who, words.next).click()
  await page.locator('.defects').waitFor()
  check('one that stands there twice is a defect of its own', ['#relief-3', 'true'],
    [await page.locator('.defects a').getAttribute('href'), await page.locator('#relief-3').getAttribute('aria-invalid')])
  await look(who, 'file-relief')
  await button(who, words.removeClaim).click()
  check('the writing goes on with the next claim', '案件受理费由被告承担', await page.locator(':focus').inputValue())
  await button(who, words.addClaim).click()
  await until(page, () => page.locator('#relief-4').evaluate((one) => one === document.activeElement))
}

async function item(who, number, { file, proof, record, purpose = '证明现场情况' }) {
  const card = who.page.locator('.ant-card').nth(number - 1)
  await who.page.locator(`#E${number}-file`).setInputFiles(file)
  await who.page.locator(`#E${number}-purpose`).fill(purpose)
  if (record !== undefined) await card.getByLabel(who.words.recordNumber).fill(record)
  if (proof !== undefined) await card.getByLabel(who.words.proofs).setInputFiles(proof)
  return card
}

// As a chat application does it: the same picture, and other bytes.
async function encodeAgain(page) {
  const bytes = fs.readFileSync(picture).toString('base64')
  const again = await page.evaluate(async (base64) => {
    const image = await createImageBitmap(await new Blob([Uint8Array.from(atob(base64), (one) => one.charCodeAt(0))], { type: 'image/png' }))
    const canvas = document.createElement('canvas')
    canvas.width = image.width
    canvas.height = image.height
    canvas.getContext('2d').drawImage(image, 0, 0)
    const blob = await new Promise((done) => canvas.toBlob(done, 'image/jpeg', 0.8))
    return btoa(String.fromCharCode(...new Uint8Array(await blob.arrayBuffer())))
  }, bytes)
  fs.writeFileSync(reencoded, Buffer.from(again, 'base64'))
}

const isCase = (url) => /\/litigant\/cases\/[0-9a-f]{32}$/.test(url.pathname)

async function untilDone(who) {
  await who.page.waitForURL(isCase)
  await who.page.locator('#results').waitFor({ timeout: 300_000 })
}

async function signingIn() {
  for (const [at, language] of [[desktop, 'zh'], [phone, 'en']]) {
    const who = await person(browser, { address, at, language })
    await who.page.goto('/')
    await who.page.waitForURL('**/app/sign-in')
    check('who reads with a screen reader is told the language', language === 'zh' ? 'zh-CN' : 'en', await who.page.evaluate(() => document.documentElement.lang))
    await look(who, 'sign-in')
    await checkFirstLoad(who, 'sign-in', kNobodyBytes)
    await who.page.getByLabel(language === 'zh' ? '账号' : 'Account', { exact: true }).fill(litigant.account)
    await who.page.getByLabel(language === 'zh' ? '密码' : 'Password', { exact: true }).fill('not the password')
    await button(who, say[language].signIn).click()
    await who.page.getByText(say[language].wrong).waitFor()
    await look(who, 'sign-in-refused')
    await signIn(who, litigant)
    await who.page.waitForURL('**/app/litigant/cases')
    await who.page.locator('h1').waitFor()
    await look(who, 'cases')
    await checkFirstLoad(who, 'litigant', kRoleBytes)
    await who.page.goto('/app/account')
    await who.page.locator('h1').waitFor()
    await look(who, 'account')
    await button(who, say[language].signOut).click()
    await who.page.waitForURL('**/app/sign-in**')
    check('after signing out nobody is signed in', 401, (await who.context.request.get('/v1/session')).status())
    checkNothingRefused(who, 'signing in')
    await who.context.close()
  }
}

// One authentic picture and one that was encoded again, from the first step to the receipt.
async function filing(at, language) {
  const who = await enter(at, language)
  const { page, words } = who
  await encodeAgain(page)
  await page.goto('/app/litigant/file')
  await button(who, words.next).waitFor()
  await look(who, 'file-court')
  await causeAndRelief(who)
  await page.waitForTimeout(600)  // a draft is written down a moment after it was changed
  await courtAndParties(who)
  await look(who, 'file-evidence-empty')
  await button(who, words.next).click()
  await page.locator('.defects').waitFor()
  await look(who, 'file-evidence-defects')
  const first = await item(who, 1, { file: picture, proof: block, record: 'EV-2026-0006' })
  await first.locator('.comparison-named').waitFor()
  await button(who, words.add).click()
  const second = await item(who, 2, { file: reencoded, proof: block, record: 'EV-2026-0006' })
  await second.locator('.comparison-numberOnly').waitFor()
  // What is typed is compared anew, and meanwhile nothing stands there.
  const compared = () => page.locator('.comparison').evaluateAll((all) => all.map((one) => /comparison-(\w+)/.exec(one.className)[1]))
  await until(page, async () => (await compared()).join() === 'named,numberOnly')
  check('a picture that was encoded again is noticed before it is filed', ['named', 'numberOnly'], await compared())
  await second.getByLabel(words.pasted).fill(`SHA-256: ${'ab'.repeat(32)}`)
  await second.locator('.comparison-differs').waitFor()
  await second.getByLabel(words.pasted).fill('')
  await second.locator('.comparison-numberOnly').waitFor()
  await page.locator('#E1-pages').fill('1-3')
  await page.locator('#E2-pages').fill('12')
  await button(who, words.next).click()
  await page.locator('#E1-pages[aria-invalid=true]').waitFor()
  check('page numbers are no number of pages', '#E1-pages', await page.locator('.defects a').getAttribute('href'))
  await look(who, 'file-evidence')
  await page.locator('#E1-pages').fill('３')
  await button(who, words.next).click()
  await page.locator('.review').waitFor()
  await page.locator('.review .comparison').waitFor()
  const review = await page.locator('main').innerText()
  check('what was filled in before the page was loaded anew is still there', [true, true, true, true],
    ['网络购物合同纠纷', '赔偿损失 500 元', '案件受理费由被告承担', language === 'zh' ? '12 页' : '12 pages'].map((one) => review.includes(one)))
  await look(who, 'file-review')
  await button(who, words.file).click()
  await untilDone(who)
  const filed = await (await who.context.request.get(`/v1/submissions/${page.url().split('/').pop()}/case`)).json()
  check('cause, relief and pages are filed', ['网络购物合同纠纷', ['退还货款 199 元', '赔偿损失 500 元', '案件受理费由被告承担'], [3, 12]],
    [filed.cause, filed.reliefSought, filed.evidence.map(({ pages }) => pages)])
  const verdicts = page.locator('.results .rows .verdict-tag')
  await verdicts.nth(1).waitFor()
  check('the verdicts: of the copy, which needs attention, and of the picture', words.verdicts, await verdicts.allInnerTexts())
  await page.locator('iframe.own-report').scrollIntoViewIfNeeded()
  const frame = await (await page.locator('iframe.own-report').elementHandle()).contentFrame()
  await frame.locator('h1').first().waitFor()
  check("the report's own page is framed, without any right", ['', true], [await page.locator('iframe.own-report').getAttribute('sandbox'), (await frame.locator('body').innerText()).length > 200])
  await look(who, 'case')
  const [report] = await Promise.all([page.waitForEvent('download'), button(who, words.pdf).click()])
  check('the report as PDF', '%PDF-', fs.readFileSync(await report.path()).subarray(0, 5).toString())

  const link = page.getByRole('link', { name: words.receipt, exact: true })
  // Not by the pointer: just after scrolling Chromium gives a click to the frame that was there before.
  await link.press('Enter')
  await page.waitForURL('**/receipt')
  await page.locator('.files li').first().waitFor()
  check('the receipt names every file, and case.json', 5, await page.locator('.files li').count())
  check('and each item with its copies and pages', [['1', '3'], ['1', '12']],
    await page.locator('.rows tbody tr').evaluateAll((rows) => rows.map((row) => [2, 3].map((at) => row.children[at].textContent))))
  await look(who, 'receipt')
  const [receipt] = await Promise.all([page.waitForEvent('download'), button(who, words.signedReceipt).click()])
  check('the signed receipt', true, /^[\w-]+\.[\w-]+\.[\w-]+$/.test(fs.readFileSync(await receipt.path(), 'utf8')))
  const [pages] = await Promise.all([page.waitForEvent('download'), button(who, words.receiptPages).click()])
  const printed = fs.readFileSync(await pages.path())
  check('the receipt as PDF, with the signed one within', ['%PDF-', true], [printed.subarray(0, 5).toString(), printed.includes(fs.readFileSync(await receipt.path()))])
  const text = execFileSync('pdftotext', ['-layout', await pages.path(), '-'], { encoding: 'utf8' })
  check('with their pages', [true, true], [/E1 .* 1 +3 /.test(text), new RegExp(`${words.allPages} +15`).test(text)])
  await page.emulateMedia({ media: 'print' })
  check('on paper there is the receipt alone', [false, false, true], await Promise.all(['header', 'nav', '.files'].map((part) => page.locator(part).first().isVisible())))
  await page.emulateMedia({ media: null })
  check('and as PDF', '%PDF-', (await page.pdf({ format: 'A4' })).subarray(0, 5).toString())
  await page.goBack()

  await page.getByRole('link', { name: words.checkReport }).click()
  await page.getByText(words.holds).waitFor()
  const sent = []
  page.on('request', (request) => request.method() === 'GET' || sent.push(request.url()))
  await page.getByRole('button', { name: words.toCheck }).setInputFiles(picture)
  await page.getByText(words.isItem).waitFor()
  await look(who, 'check-file')
  const changed = path.join(work, 'changed.png')
  fs.writeFileSync(changed, Buffer.concat([fs.readFileSync(picture), Buffer.from([0])]))
  await page.getByRole('button', { name: words.toCheck }).setInputFiles(changed)
  await page.getByText(words.isNone).waitFor()
  // A large one is still being read when another is chosen.
  const slow = path.join(work, 'slow.bin')
  fs.writeFileSync(slow, Buffer.alloc(64 << 20, 'slow '))
  await page.getByRole('button', { name: words.toCheck }).setInputFiles(slow)
  await until(page, async () => page.workers().length > 0)
  await page.getByRole('button', { name: words.toCheck }).setInputFiles(picture)
  await page.getByText(words.isItem).waitFor()
  await until(page, () => page.workers().length === 0)
  await page.waitForTimeout(500)
  check('what is said is of the file that is named', ['photo_scene.png', true, 0],
    [await page.locator('.file-name').innerText(), await page.getByText(words.isItem).isVisible(), await page.getByText(words.isNone).count()])
  check('checking a file sends nothing', [], sent)
  await page.goto('/app/litigant/cases')
  await page.locator('.case-line').first().waitFor()
  await look(who, 'cases-filed')
  checkNothingRefused(who, `filing (${language})`)
  await who.context.close()
}

// A large file is still being read when another takes its place, when it is removed, and when everything is cleared.
async function replacedFile() {
  const who = await enter(desktop, 'en')
  const { page, words } = who
  const large = path.join(work, 'wrong_one.bin')
  fs.writeFileSync(large, Buffer.alloc(64 << 20, 'the wrong one '))
  const chosen = () => page.locator('.chosen .file-name').allInnerTexts()
  // Its fingerprints are computed by a worker, which ends with them.
  const chooseLarge = async (field) => {
    await field.setInputFiles(large)
    await until(page, async () => page.workers().length > 0)
  }
  const untilRead = async () => {
    await until(page, () => page.workers().length === 0)
    await page.waitForTimeout(500)
  }
  await courtAndParties(who)
  const file = page.locator('#E1-file')
  await chooseLarge(file)
  await file.setInputFiles(picture)
  await untilRead()
  check('a file that took the place of another stays', ['photo_scene.png'], await chosen())
  check('  with its own fingerprints', 1, await page.locator('.fingerprints').count())
  const proofs = page.getByLabel(words.proofs)
  await chooseLarge(proofs)
  await button(who, 'Remove file wrong_one.bin').click()
  await untilRead()
  check('a proof that was removed does not come back', ['photo_scene.png'], await chosen())
  await chooseLarge(file)
  await button(who, 'Remove file wrong_one.bin').click()
  await untilRead()
  check('nor does a file', [], await chosen())
  await chooseLarge(file)
  await button(who, 'Clear and start over').click()
  await button(who, 'Clear').click()
  await page.locator('#P1-name').or(page.getByLabel(/Case number/)).first().waitFor()
  await untilRead()
  await button(who, words.next).click()
  await page.locator('#P1-name').fill('张三')
  await page.locator('#P2-name').fill('李四')
  await button(who, words.next).click()
  await file.waitFor({ state: 'attached' })
  check('nor into the draft that was begun anew', [], await chosen())
  checkNothingRefused(who, 'a replaced file')
  await who.context.close()
}

// Three pieces of 4 MiB: the network is lost after the first, the page is loaded anew, and the rest alone is sent.
async function interruptedUpload() {
  const who = await enter(phone, 'zh')
  const { page, context, words } = who
  const large = path.join(work, 'large.bin')
  fs.writeFileSync(large, Buffer.alloc(12 << 20, 'evidence '))
  await courtAndParties(who)
  await item(who, 1, { file: large })
  await page.locator('.fingerprints').first().waitFor({ state: 'attached' })
  await button(who, words.next).click()
  // Of what got through. The second piece is lost, and all that the page tries until it is loaded anew.
  const offsets = []
  let lost = false
  await context.route('**/v1/uploads/*', (route) => {
    if (route.request().method() !== 'PATCH') return route.continue()
    if (!lost && offsets.length === 1) {
      lost = true
      return route.abort('internetdisconnected').then(() => context.setOffline(true))
    }
    if (lost) return route.abort('internetdisconnected')
    offsets.push(Number(route.request().headers()['upload-offset']))
    return route.continue()
  })
  await button(who, words.file).click()
  await page.getByText('上传中断').waitFor()
  await look(who, 'upload-interrupted')
  await context.setOffline(false)
  await page.reload()
  lost = false
  offsets.push('reload')
  await untilReceived(who)
  check('after a reload the upload goes on where it was', [0, 'reload', 4 << 20, 8 << 20], offsets)
  await context.close()

  const again = await enter(desktop, 'en')
  await courtAndParties(again)
  await item(again, 1, { file: large })
  await again.page.locator('.fingerprints').first().waitFor({ state: 'attached' })
  await button(again, again.words.next).click()
  let letThrough
  const paused = new Promise((resolve) => {
    letThrough = resolve
  })
  // Paused before the case itself has arrived: it stays so when it has.
  let patched = 0
  await again.context.route('**/v1/submissions', async (route) => {
    if (route.request().method() === 'POST') await paused
    return route.continue()
  })
  again.page.on('request', (request) => {
    if (request.method() === 'PATCH') patched += 1
  })
  await button(again, again.words.file).click()
  await button(again, again.words.pause).click()
  const arrived = again.page.waitForResponse((response) => response.request().method() === 'POST' && response.status() === 201)
  letThrough()
  await arrived
  await again.page.waitForTimeout(500)
  await again.page.getByText('Paused').waitFor()
  check('what was paused early sends nothing', 0, patched)
  await look(again, 'upload-paused')
  await button(again, again.words.resume).click()
  await untilReceived(again)
  check('after a pause everything arrives', true, isCase(new URL(again.page.url())))
  checkNothingRefused(again, 'an interrupted upload')
  await again.context.close()
}

// Begun on a phone that then has no network, and finished at a desk: the file is chosen again, and the rest alone is sent.
async function continuedElsewhere() {
  const caseNumber = '(2026)浙0192民初0009号'
  const large = path.join(work, 'on_the_road.bin')
  fs.writeFileSync(large, Buffer.alloc(9 << 20, 'on the road '))
  const first = await enter(phone, 'zh')
  await courtAndParties(first, { caseNumber })
  await item(first, 1, { file: large })
  await first.page.locator('.fingerprints').first().waitFor({ state: 'attached' })
  await button(first, first.words.next).click()
  let pieces = 0
  await first.context.route('**/v1/uploads/*', (route) => {
    if (route.request().method() === 'PATCH') pieces += 1
    return pieces === 2 ? route.abort('internetdisconnected').then(() => first.context.setOffline(true)) : route.continue()
  })
  await button(first, first.words.file).click()
  await first.page.getByText('上传中断').waitFor()
  await first.context.close()

  const who = await enter(desktop, 'en')
  const { page } = who
  const offsets = []
  page.on('request', (request) => request.method() === 'PATCH' && offsets.push(Number(request.headers()['upload-offset'])))
  const unfinished = page.locator('.unfinished').filter({ hasText: caseNumber })
  await unfinished.waitFor()
  await look(who, 'cases-unfinished')
  const id = (await unfinished.getByRole('link').getAttribute('href')).split('/').pop()
  await page.goto(`/app/litigant/cases/${id}`)
  await page.getByText('Not all files have arrived yet.').or(page.locator('.refusal')).first().waitFor()
  check('its own page has the way to go on, and no refusal', [1, 0], [await page.locator(`a[href$="/uploads/${id}"]`).count(), await page.locator('.refusal').count()])
  await page.goto('/app/litigant/cases')
  await unfinished.getByRole('link').click()
  const field = page.locator('.drop-zone input')
  await field.waitFor()
  await look(who, 'upload-continued')
  for (const [name, size] of [['other.bin', 9 << 20], ['on_the_road.bin', (9 << 20) - 1]]) {
    await field.setInputFiles({ name, mimeType: 'application/octet-stream', buffer: Buffer.alloc(size, 'x') })
    await page.getByText('Name or size differ').waitFor()
  }
  check('nothing was sent of another file', [], offsets)
  await field.setInputFiles(large)
  await untilReceived(who)
  check('what had arrived is not sent again', [4 << 20, 8 << 20], offsets)
  await page.goto('/app/litigant/cases')
  await page.locator('.case-line').first().waitFor()
  check('then nothing is unfinished', 0, await unfinished.count())
  checkNothingRefused(who, 'continued elsewhere')
  await who.context.close()
}

async function untilReceived(who) {
  await who.page.waitForURL(isCase)
}

// The cookie is gone while a form is filled in: what was typed stays, and the same request is sent again.
async function expiredSession() {
  const who = await enter(desktop, 'zh')
  const { page, context, words } = who
  await courtAndParties(who, { plaintiff: '李四' })
  await item(who, 1, { file: picture, proof: block, record: 'EV-2026-0006', purpose: '在过期之前填写' })
  await page.locator('.comparison-named').waitFor()
  await button(who, words.next).click()
  await context.clearCookies()
  await button(who, words.file).click()
  await page.getByRole('dialog').waitFor()
  check('an expired session is said', true, await page.getByText(words.expired).isVisible())
  await look(who, 'expired')
  await page.getByRole('dialog').getByLabel('密码', { exact: true }).fill('not the password')
  await page.getByRole('dialog').getByRole('button', { name: words.goOn, exact: true }).click()
  await page.getByText(words.wrong).waitFor()
  await page.getByRole('dialog').getByLabel('密码', { exact: true }).fill(litigant.password)
  await page.getByRole('dialog').getByRole('button', { name: words.goOn, exact: true }).click()
  await untilDone(who)
  const filed = await (await context.request.get(`/v1/submissions/${page.url().split('/').pop()}/case`)).json()
  check('what was typed before it expired was filed', ['李四', '在过期之前填写'], [filed.parties[0].name, filed.evidence[0].purpose])
  // Signing in in another tab serves as well, when the person comes back to this one.
  await context.clearCookies()
  await page.getByRole('navigation').getByRole('link', { name: '我的案件' }).click()
  await page.getByRole('dialog').waitFor()
  check('somebody signs in elsewhere', 200, (await context.request.post('/v1/session', { data: litigant, headers: { Origin: address } })).status())
  await page.evaluate(() => window.dispatchEvent(new Event('focus')))
  await page.getByRole('dialog').waitFor({ state: 'detached' })
  await page.locator('.case-line').first().waitFor()
  checkNothingRefused(who, 'an expired session')
  await context.close()
}

// The session of this page is no longer that of the browser: the same person has signed in again.
async function signedInAgain() {
  const who = await enter(desktop, 'en')
  const { page, context, words } = who
  const large = path.join(work, 'two_tabs.bin')
  fs.writeFileSync(large, Buffer.alloc(9 << 20, 'two tabs '))
  await courtAndParties(who)
  await item(who, 1, { file: large })
  await page.locator('.fingerprints').first().waitFor({ state: 'attached' })
  await button(who, words.next).click()
  let letThrough
  const held = new Promise((resolve) => {
    letThrough = resolve
  })
  await context.route('**/v1/uploads/*', async (route) => {
    if (route.request().method() === 'PATCH') await held
    return route.continue().catch(() => undefined)
  })
  // No page says so: the next change finds it out.
  const again = await context.request.post('/v1/session', { data: litigant, headers: { Origin: address } })
  check('another session takes the place of the one of the page', 200, again.status())
  await Promise.all([page.waitForRequest((request) => request.method() === 'PATCH'), button(who, words.file).click()])
  await button(who, words.pause).click()
  letThrough()
  await page.getByText('Paused').waitFor()
  check('the case is filed all the same, and nobody is asked to sign in', 0, await page.getByRole('dialog').count())
  check('and once more', 200, (await context.request.post('/v1/session', { data: litigant, headers: { Origin: address } })).status())
  await button(who, words.resume).click()
  await untilReceived(who)
  check('an upload goes on after it, too', [true, 0], [isCase(new URL(page.url())), await page.getByRole('dialog').count()])
  checkNothingRefused(who, 'signed in again')
  await context.close()
}

// The session may still stand: that is said, and what this browser kept is gone all the same.
async function signOutFails() {
  const who = await enter(phone, 'zh')
  const { page, context, words } = who
  await courtAndParties(who, { plaintiff: '不留在本机' })
  await page.waitForTimeout(600)  // a draft is written down a moment after it was changed
  await page.route('**/v1/session', (route) => (route.request().method() === 'DELETE' ? route.abort('internetdisconnected') : route.continue()))
  await button(who, words.signOut).click()
  await page.getByText('没有完成退出').waitFor()
  await look(who, 'sign-out-failed')
  check('the session stands', 200, (await context.request.get('/v1/session')).status())
  await page.goto('/app/litigant/file')
  await button(who, words.next).waitFor()
  check('the draft is gone', '', await page.getByLabel(/案号/).inputValue())
  await button(who, words.signOut).click()
  await page.getByText('没有完成退出').waitFor()
  await page.unroute('**/v1/session')
  await button(who, '再试一次').click()
  await page.waitForURL('**/app/sign-in**')
  check('tried again, it ends', 401, (await context.request.get('/v1/session')).status())
  checkNothingRefused(who, 'signing out')
  await context.close()
}

async function wrongRole() {
  const who = await enter(desktop, 'zh')
  for (const other of ['/app/clerk/worklist', '/app/judge/cases', '/app/operator/state']) {
    await who.page.goto(other)
    await who.page.getByText(who.words.wrongRole).waitFor()
  }
  check('the one way to sign out there is the one that says whether it worked', 1, await button(who, who.words.signOut).count())
  await look(who, 'wrong-role')
  const refused = (await who.context.request.get('/v1/operator/state')).status()
  check("an operator's page is not for a litigant at the interface either", true, refused === 403 || refused === 404)
  await who.page.goto('/app/no/such/page')
  await who.page.locator('h1').waitFor()
  await look(who, 'not-found')
  await who.page.goto('/app/sign-in?back=//evil.example/')
  await who.page.waitForURL('**/app/litigant/cases')
  checkNothingRefused(who, 'wrong role')
  await who.context.close()
}

// Names with markup, with signs that turn the direction of writing, and evidence that is a program: nothing of it runs.
async function hostileContent() {
  const who = await enter(desktop, 'en')
  const { page, words } = who
  const dialogs = []
  page.on('dialog', (dialog) => {
    dialogs.push(dialog.message())
    void dialog.dismiss()
  })
  const markup = '<img src=x onerror="alert(1)"><script>alert(2)</script>'
  const svg = path.join(work, '<b>picture<b>\u202egnp.svg')
  fs.writeFileSync(svg, '<svg xmlns="http://www.w3.org/2000/svg" onload="alert(3)"><script>alert(4)</script></svg>')
  const html = path.join(work, 'page.html')
  fs.writeFileSync(html, '<script>alert(5)</script><img src=x onerror=alert(6)>')
  await courtAndParties(who, { caseNumber: `(2026) ${markup}`, plaintiff: markup })
  await item(who, 1, { file: svg, purpose: markup })
  check('a name that turns around is shown as it is', true, (await page.locator('.file-name').first().innerText()).includes('[U+202E]gnp.svg'))
  await button(who, words.add).click()
  await item(who, 2, { file: html, proof: html, purpose: 'javascript:alert(7)' })
  await button(who, words.next).click()
  await page.locator('.review').waitFor()
  await look(who, 'hostile-review')
  await button(who, words.file).click()
  await untilDone(who)
  await look(who, 'hostile-case')
  await page.goto('/app/litigant/cases')
  await page.locator('.case-line').first().waitFor()
  check('nothing of a case runs in the pages', [[], 0, 0], [dialogs, await page.locator('main img').count(), await page.locator('main script').count()])
  checkNothingRefused(who, 'hostile content')
  // The policy itself: what would run without it does not, and is reported.
  const before = who.refused.length
  await page.evaluate(() => {
    const script = document.createElement('script')
    script.textContent = 'window.ran = true'
    document.body.append(script)
    const image = document.createElement('img')
    image.src = 'https://other.example/x.png'
    document.body.append(image)
    document.body.insertAdjacentHTML('beforeend', '<p onclick="window.ran = true">x</p>')
  })
  await until(page, () => who.refused.length >= before + 2)
  check('what is put into a page does not run, and is reported', [undefined, true], [await page.evaluate(() => window.ran), who.refused.length >= before + 2])
  await untilReported(page, ['img-src', 'script-src-attr', 'script-src-elem'])
  await who.context.close()
}

// Without a pointer: Tab, Enter, space and letters. Files alone are given, since their dialog is the machine's own.
async function keyboardAlone() {
  const who = await person(browser, { address, at: desktop, language: 'zh' })
  const { page } = who
  const words = say.zh
  const focusOn = async (locator) => {
    for (let presses = 0; presses < 120; ++presses) {
      if (await locator.evaluate((one) => one === document.activeElement)) return
      await page.keyboard.press('Tab')
    }
    throw new Error(`Tab never reaches ${locator}`)
  }
  await page.goto('/app/no/such/page')
  await page.locator('h1').waitFor()
  await page.keyboard.press('Tab')
  check('the first thing that Tab reaches leads past the navigation', 'skip', await page.evaluate(() => document.activeElement?.className))
  await page.keyboard.press('Enter')
  check('and does', 'content', await page.evaluate(() => document.activeElement?.id))
  await page.goto('/app/sign-in')
  await focusOn(page.getByLabel('账号', { exact: true }))
  await page.keyboard.type(litigant.account)
  await focusOn(page.getByLabel('密码', { exact: true }))
  await page.keyboard.type(litigant.password)
  await page.keyboard.press('Enter')
  await page.waitForURL('**/litigant/cases')
  await page.locator('h1').waitFor()
  check('a new page takes the focus', 'H1', await page.evaluate(() => document.activeElement?.tagName))
  await focusOn(page.getByRole('navigation').getByRole('link', { name: '提交证据' }))
  await page.keyboard.press('Enter')
  await focusOn(button(who, words.next))
  await page.keyboard.press('Enter')
  await page.locator('#P1-name').waitFor()
  await focusOn(page.locator('#P1-name'))
  await page.keyboard.type('王五')
  await focusOn(page.locator('#P2-name'))
  await page.keyboard.type('赵六')
  await focusOn(button(who, words.next))
  await page.keyboard.press('Enter')
  await focusOn(page.locator('#E1-file'))
  check('a file field that has the focus shows it', true, await page.locator('.drop-zone').first().evaluate((one) => getComputedStyle(one).outlineStyle !== 'none'))
  await page.locator('#E1-file').setInputFiles(picture)
  await focusOn(page.locator('#E1-purpose'))
  await page.keyboard.type('证明现场情况')
  await page.locator('.fingerprints').first().waitFor({ state: 'attached' })
  await focusOn(button(who, words.next))
  await page.keyboard.press('Enter')
  await page.locator('.review').waitFor()
  await focusOn(button(who, words.file))
  await page.keyboard.press('Enter')
  await page.waitForURL(isCase)
  check('a case is filed by keyboard alone', true, isCase(new URL(page.url())))
  checkNothingRefused(who, 'by keyboard')
  await who.context.close()
}

const browser = await startBrowser()
await step('signing in', signingIn)
await step('filing at a desk, in Chinese', () => filing(desktop, 'zh'))
await step('filing on a phone, in English', () => filing(phone, 'en'))
await step('a file that another takes the place of', replacedFile)
await step('interrupted upload', interruptedUpload)
await step('continued elsewhere', continuedElsewhere)
await step('expired session', expiredSession)
await step('signed in again in another tab', signedInAgain)
await step('signing out fails', signOutFails)
await step('wrong role', wrongRole)
await step('hostile content', hostileContent)
await step('by keyboard alone', keyboardAlone)
await browser.close()
fs.rmSync(work, { recursive: true })
finish()
