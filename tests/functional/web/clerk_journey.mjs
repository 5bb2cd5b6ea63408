// clerk_journey.mjs ADDRESS STATE SAMPLE: a clerk takes in many cases, finds them, asks for what is missing, verifies again.
import fs from 'node:fs'
import path from 'node:path'
import { archive, button, importFolder, linesOf, makeCase, say, tabTo, untilReported } from './court.mjs'
import { accountsOf, check, checkFirstLoad, checkNothingRefused, desktop, finish, kRoleBytes, look, overflow, person, phone, signIn, startBrowser, step, temporaryFolder } from './browser.mjs'

const [address, state, sample] = process.argv.slice(2)
const { clerk } = accountsOf(state)
const work = temporaryFolder()
const first = '(2026)浙0192民初1001号'
const second = '(2026)浙0192民初1002号'
const hostile = '=1+1<img src=x onerror="window.ran=1">'

const browser = await startBrowser()
const who = { ...(await person(browser, { address })), words: say.zh }
const { page, words } = who
const shows = (text) => page.getByText(text).first().isVisible()

async function searched(text) {
  await page.goto('/app/clerk/worklist')
  await page.getByLabel(words.search, { exact: true }).fill(text)
  await button(who, words.searchButton).click()
  await page.waitForURL((url) => url.searchParams.get('q') === text)
  await page.waitForLoadState('networkidle')
  return page.locator('table.rows tbody tr a').allTextContents()
}

await step('cases are imported', async () => {
  await page.goto('/app/clerk/worklist')
  await signIn(who, clerk)
  check('after signing in the page that was wanted is there', '/app/clerk/worklist', new URL(page.url()).pathname)
  await checkFirstLoad(who, 'clerk', kRoleBytes)
  const cases = path.join(work, 'cases')
  fs.mkdirSync(cases)
  makeCase(path.join(cases, 'one'), sample, first, (filed) => {
    filed.cause = '网络购物合同纠纷'
    filed.reliefSought = ['退还货款 199 元', '案件受理费由被告承担']
    filed.evidence[1].pages = 12
  })
  makeCase(path.join(cases, 'hostile'), sample, hostile, (filed) => {
    filed.parties[0].name = '<script>window.ran=1</script>'
    filed.evidence[0].name = '\u202egpj.exe<svg onload="window.ran=1">'
    filed.cause = '<img src=x onerror="window.ran=1">'
    filed.reliefSought = ['<b>claim</b><script>window.ran=1</script>']
  })
  makeCase(path.join(cases, 'broken'), sample, '(2026)浙0192民初1003号', (filed) => {
    delete filed.schema
    filed.evidence[0].category = 'NONE'
  })
  fs.writeFileSync(path.join(cases, 'readme.txt'), 'belongs to no case')
  await page.goto('/app/clerk/import')
  await page.getByTestId('folder').setInputFiles(cases)
  check('each folder with a case is one', true, await shows(words.chosen(3)))
  check('what belongs to none is said', true, await shows(words.leftOver(1)))
  await look(who, 'clerk-import')
  await importFolder(who, cases)
  await page.getByRole('status').filter({ hasText: words.summary(3, 2, 1) }).waitFor()
  check('what is wrong with a case is said, all of it', true, (await page.locator('.batch code').count()) >= 2)
  check('in the language of the page', [true, true], await Promise.all(['缺少必填的内容', '取值不在允许的范围内'].map((text) => shows(new RegExp(text)))))
  await look(who, 'clerk-imported')
  makeCase(path.join(work, 'two'), sample, second)
  archive(path.join(work, 'two'), path.join(work, 'two.zip'))
  await page.goto('/app/clerk/import')
  await page.locator('input[type=file][accept*=zip]').setInputFiles(path.join(work, 'two.zip'))
  await button(who, words.importStart).click()
  await page.getByRole('status').filter({ hasText: words.summary(1, 1, 0) }).waitFor({ timeout: 60_000 })
})

let lines = {}
await step('they are listed and found', async () => {
  lines = await untilReported(who, [first, second, hostile])
  await page.goto('/app/clerk/worklist')
  await page.locator('table.rows').waitFor()
  await look(who, 'clerk-worklist')
  check('by a part of the case number', [first], await searched('1001号'))
  check('by a part of a name', [hostile], await searched('window.ran'))
  check('by a record', true, (await searched('EV-2026-0001')).includes(first))
  const digest = JSON.parse(fs.readFileSync(path.join(sample, 'case.json'), 'utf8')).evidence[0].file.digests['sha-256']
  check('by a fingerprint', true, (await searched(digest)).includes(second))
  check('by the number of a report', [second], await searched(lines[second].report))
  check('by the id of a submission', [first], await searched(lines[first].id))
  check('and nothing by half a fingerprint', [], await searched(digest.slice(0, 40)))
  check('which is said', true, await shows(words.none))
  await page.goto('/app/clerk/worklist')
  await page.getByLabel(words.attention).click()
  await page.waitForURL(/attention=true/)
  await page.locator('table.rows').waitFor()
  check('what needs attention is listed alone', (await page.locator('.rows-marked').count()), await page.locator('table.rows tbody tr').count())
})

await step('the list is a file', async () => {
  await page.goto('/app/clerk/worklist')
  await page.locator('table.rows').waitFor()
  const [download] = await Promise.all([page.waitForEvent('download'), button(who, words.exportCsv).click()])
  const csv = fs.readFileSync(await download.path(), 'utf8')
  check('with each case', [true, true], [csv.includes(first), csv.includes(second)])
  await page.emulateMedia({ media: 'print' })
  await page.setViewportSize({ width: 794, height: 1123 })  // A4
  check('on paper it is a table, and nothing else', ['table-cell', [], false, false], [
    await page.locator('table.rows td').last().evaluate((cell) => getComputedStyle(cell).display), await overflow(page), await page.locator('nav').isVisible(), await page.getByLabel(words.search, { exact: true }).isVisible(),
  ])
  await page.emulateMedia({ media: null })
  await page.setViewportSize(desktop)
  check('that a spreadsheet reads as text', true, csv.includes(`"'=1+1<img`) || csv.includes(`'=1+1<img`))
})

await step('all are verified again, at once', async () => {
  await page.goto(`/app/clerk/worklist?q=${encodeURIComponent('民初100')}`)
  await page.getByLabel(words.selectAll).check()
  const before = Object.fromEntries(Object.entries(lines).map(([number, line]) => [number, line.report]))
  await button(who, words.verifySelected).click()
  await page.getByRole('status').filter({ hasText: words.summary(2, 2, 0) }).waitFor({ timeout: 60_000 })
  await look(who, 'clerk-batch')
  const after = await untilReported(who, [first, second], before)
  check('each has a new report', true, after[first].report !== before[first] && after[second].report !== before[second])
  lines = { ...lines, ...after }
})

await step('what is missing is asked for, all at once', async () => {
  await page.goto(`/app/clerk/cases/${lines[first].id}`)
  await page.getByText(words.checked).waitFor()
  check('the verdict is said', true, await shows(words.verdict))
  check('the same content elsewhere is said', true, await shows(words.elsewhere))
  check('cause, relief and pages are there', [true, ['退还货款 199 元', '案件受理费由被告承担'], true],
    [await shows('网络购物合同纠纷'), await page.locator('.claims li').allInnerTexts(), (await page.locator('.rows tbody tr').filter({ hasText: 'E2' }).innerText()).includes('12 页')])
  await look(who, 'clerk-case')
  await page.getByRole('link', { name: words.request }).click()
  await page.locator('.letter').waitFor()
  const letter = await page.locator('.letter').innerText()
  check('the letter lists each item that lacks something', [true, true, true, true], ['E2', 'E3', 'E5', 'E6'].map((item) => letter.includes(item)))
  check('with what is wrong and what to do', [true, true], [letter.includes(words.fingerprint), letter.includes(words.originalFile)])
  await look(who, 'clerk-request')
  await page.getByLabel(words.until).fill('2026-01-01')
  check('no day that is over', true, await button(who, words.send).isDisabled())
  await page.getByLabel(words.until).fill('2036-01-31')
  await button(who, words.send).click()
  await page.getByText(words.sent).waitFor()
  await page.goto(`/app/clerk/worklist?q=${encodeURIComponent('1001号')}`)
  await page.getByText(words.asked).waitFor()
})

await step('hostile names are text', async () => {
  await page.goto(`/app/clerk/cases/${lines[hostile].id}`)
  await page.getByText(words.checked).waitFor()
  check('what turns the direction is shown', true, await shows('[U+202E]gpj.exe'))
  check('markup is shown as it is', [true, '<b>claim</b><script>window.ran=1</script>'], [await shows('<script>window.ran=1</script>'), await page.locator('.claims li').innerText()])
  await look(who, 'clerk-hostile')
  await page.goto(`/app/clerk/cases/${lines[hostile].id}/request`)
  await page.locator('.letter').waitFor()
  check('none of it ran', undefined, await page.evaluate(() => window.ran))
})

await step('by keyboard alone', async () => {
  await page.goto('/app/clerk/worklist')
  await page.locator('table.rows').waitFor()
  await tabTo(page, page.getByLabel(words.search, { exact: true }))
  await page.keyboard.type('1002号')
  await page.keyboard.press('Enter')
  await page.waitForURL(/q=/)
  const link = page.locator('table.rows tbody a')
  await page.waitForLoadState('networkidle')
  await tabTo(page, link.first())
  await page.keyboard.press('Enter')
  await page.waitForURL(/\/clerk\/cases\//)
  await page.getByText(words.checked).waitFor()
  await tabTo(page, page.getByRole('link', { name: words.request }))
  await page.keyboard.press('Enter')
  await page.waitForURL(/\/request$/)
  const box = page.locator('fieldset input[type=checkbox]').first()
  await tabTo(page, box)
  await page.keyboard.press('Space')
  check('a line is left out with the space bar', false, await box.isChecked())
})

await step('two people at once', async () => {
  const other = { ...(await person(browser, { address })), words }
  await other.page.goto('/app/clerk/worklist')
  await signIn(other, clerk)
  for (const one of [who, other]) await one.page.goto(`/app/clerk/cases/${lines[second].id}`)
  await Promise.all([who, other].map((one) => one.page.getByText(words.checked).waitFor()))
  const before = { [second]: (await linesOf(who)).find((line) => line.caseNumber === second).report }
  await Promise.all([who, other].map((one) => button(one, words.verifyAgain).click()))
  await Promise.all([who, other].map((one) => one.page.getByText(words.ordered).or(one.page.locator('.refusal')).first().waitFor()))
  const after = await untilReported(who, [second], before)
  await other.page.reload()
  await other.page.getByText(after[second].report).first().waitFor({ timeout: 60_000 })
  check('both see the report that then stands', true, true)
  await other.context.close()
})

await step('a deletion is asked for, found again, and taken back', async () => {
  await page.goto(`/app/clerk/cases/${lines[first].id}`)
  await page.getByText(words.noDeletion).waitFor()
  await button(who, words.askDeletion).click()
  await page.getByText(words.deletionAsked).waitFor()
  await page.goto('/app/clerk/worklist?deletion=ASKED')
  await page.locator('table.rows').waitFor()
  check('the worklist has it alone', 1, await page.locator('table.rows tbody tr').count())
  await page.goto(`/app/clerk/cases/${lines[first].id}`)
  await button(who, words.cancelDeletion).click()
  await page.getByText(words.noDeletion).waitFor()
  check('a clerk confirms nothing', 0, await page.getByRole('button', { name: '确认删除' }).count())
})

await step('on a phone, in English', async () => {
  const small = { ...(await person(browser, { address, at: phone, language: 'en' })), words: say.en }
  await small.page.goto('/app/clerk/worklist')
  await signIn(small, clerk)
  await small.page.locator('table.rows').waitFor()
  await look(small, 'clerk-worklist')
  for (const [name, there] of [['case', ''], ['request', '/request']]) {
    await small.page.goto(`/app/clerk/cases/${lines[first].id}${there}`)
    await small.page.locator(name === 'case' ? '.browser-check' : '.letter').waitFor()
    await look(small, `clerk-${name}`)
  }
  await small.page.goto('/app/clerk/import')
  await look(small, 'clerk-import')
  checkNothingRefused(small, 'on a phone')
  await small.context.close()
})

checkNothingRefused(who, 'the clerk')
await browser.close()
fs.rmSync(work, { recursive: true })
finish()
