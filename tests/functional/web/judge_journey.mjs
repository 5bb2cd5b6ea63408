// judge_journey.mjs ADDRESS STATE SAMPLE: a judge reads a report, compares files, makes notes; and whoever is none does not.
import fs from 'node:fs'
import path from 'node:path'
import { button, importFolder, linesOf, makeCase, makePdf, say, tabTo, untilReported } from './court.mjs'
import { accountsOf, check, checkFirstLoad, checkNothingRefused, finish, kRoleBytes, look, person, phone, signIn, startBrowser, step, temporaryFolder, until } from './browser.mjs'

const [address, state, sample] = process.argv.slice(2)
const accounts = accountsOf(state)
const work = temporaryFolder()
const caseNumber = '(2026)浙0192民初2001号'

const browser = await startBrowser()
const clerk = { ...(await person(browser, { address })), words: say.zh }
const who = { ...(await person(browser, { address })), words: say.zh }
const { page, words } = who
const shows = (text) => page.getByText(text).first().isVisible()
const frameOf = (one) => one.page.frames().find((frame) => frame.url().includes('/v1/reports/'))

let line = {}
await step('a case is there', async () => {
  await clerk.page.goto('/app/clerk/import')
  await signIn(clerk, accounts.clerk)
  makeCase(path.join(work, 'cases/one'), sample, caseNumber, (filed, folder) => {
    filed.cause = '侵害作品信息网络传播权纠纷'
    filed.reliefSought = ['停止侵害', '赔偿经济损失 10000 元']
    filed.evidence[1].pages = 1
    fs.writeFileSync(path.join(folder, 'files/picture.svg'), '<svg xmlns="http://www.w3.org/2000/svg"><script>parent.ran=1</script><text y="20">svg</text></svg>')
    filed.evidence.push({ id: 'E19', name: 'SVG', file: { path: 'files/picture.svg' } })
    makePdf(path.join(folder, 'files/contract.pdf'), ['合同第一页', '合同第二页', '合同第三页'])
    makePdf(path.join(folder, 'files/copy.pdf'), ['合同第一页', '改过的第二页'])
    fs.writeFileSync(path.join(folder, 'files/broken.pdf'), '%PDF-1.7\n<script>parent.ran=1</script>')
    filed.evidence.push({ id: 'E10', name: '合同', file: { path: 'files/contract.pdf' } })
    filed.evidence.push({ id: 'E11', name: '合同副本', file: { path: 'files/copy.pdf' } })
    filed.evidence.push({ id: 'E12', name: '损坏的合同', file: { path: 'files/broken.pdf' } })
  })
  await importFolder(clerk, path.join(work, 'cases'))
  line = (await untilReported(clerk, [caseNumber]))[caseNumber]
})

await step('the judge reads it', async () => {
  await page.goto('/app/judge/cases')
  await signIn(who, accounts.judge)
  await checkFirstLoad(who, 'judge', kRoleBytes)
  await page.getByLabel(words.search, { exact: true }).fill('2001号')
  await button(who, words.searchButton).click()
  await look(who, 'judge-cases')
  await page.getByRole('link', { name: caseNumber }).click()
  await page.getByText(words.checked).waitFor()
  check('the browser says what it did not check', true, await shows(words.sm2))
  check('and the verdict is there', true, await shows(words.verdict))
  await page.locator('.report-frame iframe').waitFor()
  check('cause, relief and pages are there', [true, ['停止侵害', '赔偿经济损失 10000 元'], true],
    [await shows('侵害作品信息网络传播权纠纷'), await page.locator('.claims li').allInnerTexts(), (await page.locator('.rows tbody tr').filter({ hasText: 'E2' }).first().innerText()).includes('1 页')])
  await look(who, 'judge-case')
  check('the report is framed without any right', '', await page.locator('.report-frame iframe').getAttribute('sandbox'))
  await page.getByLabel(words.goTo).selectOption('timeline')
  await until(page, () => frameOf(who).url().endsWith('#timeline'))
  check('the place is gone to', '#timeline', new URL(frameOf(who).url()).hash)
  await page.getByText(words.expert).click()
  await until(page, async () => frameOf(who)?.url().includes('level=expert') && (await frameOf(who).locator('body').innerText()).includes('第十六条'))
  check('at the level asked for', 'expert', new URL(frameOf(who).url()).searchParams.get('level'))
  check('the expert reads the articles', true, (await frameOf(who).locator('body').innerText()).includes('第十六条'))
})

await step('one item, with a note of the judge’s own', async () => {
  await page.goto(`/app/judge/cases/${line.id}`)
  await page.locator('table.rows a').first().click()
  await page.waitForURL(/\/items\/E2$/)
  await page.getByText(words.checked).waitFor()
  await until(page, () => frameOf(who)?.url().endsWith('#item-2'))
  check('the frame begins with it', '#item-2', new URL(frameOf(who).url()).hash)
  await until(page, () => frameOf(who).evaluate(() => Math.abs(document.getElementById('item-2')?.getBoundingClientRect().top ?? 1000) < 40))
  const top = await frameOf(who).evaluate(() => document.getElementById('item-2').getBoundingClientRect().top)
  check('at the top of the frame', true, Math.abs(top) < 40)
  await page.getByLabel(words.note).fill('庭前核对 <b>原件</b>')
  await button(who, words.saveNote).click()
  await page.getByText(words.savedNote).waitFor()
  await look(who, 'judge-item')
  await page.reload()
  await page.waitForFunction(() => (document.querySelector('textarea')?.value ?? '') !== '')
  check('the note is kept', '庭前核对 <b>原件</b>', await page.getByLabel(words.note).inputValue())
  const notes = await clerk.context.request.get(`/v1/submissions/${line.id}/annotations`)
  check('nobody else gets it', 403, notes.status())
})

await step('two files side by side', async () => {
  await page.goto(`/app/judge/cases/${line.id}/compare?left=E4`)
  const sides = page.locator('.side')
  await sides.nth(0).getByRole('button', { name: words.show }).click()
  const frame = sides.nth(0).locator('iframe')
  await frame.waitFor()
  check('a picture comes from another origin', true, new URL(await frame.getAttribute('src')).origin !== new URL(address).origin)
  check('without any right', '', await frame.getAttribute('sandbox'))
  await sides.nth(1).locator('select').last().selectOption('E2')
  await sides.nth(1).getByRole('button', { name: words.show }).click()
  await sides.nth(1).locator('iframe').waitFor()
  await page.getByText(words.different).waitFor()
  await look(who, 'judge-compare')
  // Another choice: what the frame shows and what is said of it would be of the one before.
  const choose = (item) => sides.nth(1).locator('select').last().selectOption(item)
  await choose('E4')
  check('another choice is not shown yet, and nothing is said of the two', [0, 0, 0],
    [await sides.nth(1).locator('iframe').count(), await page.getByText(words.different).count(), await page.getByText(words.same).count()])
  await sides.nth(1).getByRole('button', { name: words.show }).click()
  await page.getByText(words.same).waitFor()
  // An answer that comes after another choice shows nothing.
  let letThrough
  const held = new Promise((resolve) => {
    letThrough = resolve
  })
  await page.route('**/previews', async (route) => {
    await held
    await route.continue()
  })
  await choose('E2')
  const late = page.waitForResponse('**/previews')
  await sides.nth(1).getByRole('button', { name: words.show }).click()
  await choose('E3')
  letThrough()
  await late
  await page.waitForTimeout(500)
  check('nor by an answer that comes too late', [0, 0], [await sides.nth(1).locator('iframe').count(), await page.getByText(words.different).count()])
  await page.unroute('**/previews')
  const show = async (item) => {
    await sides.nth(1).locator('select').last().selectOption(item)
    await sides.nth(1).getByRole('button', { name: words.show }).click()
    await sides.nth(1).locator('iframe').or(sides.nth(1).getByText(words.noPreview)).first().waitFor()
    await page.waitForTimeout(500)
  }
  await show('E3')
  await show('E19')
  check('neither HTML nor SVG of a party ran', undefined, await page.evaluate(() => window.ran))
})

await step('two PDFs side by side, page by page, by keyboard alone', async () => {
  await page.goto(`/app/judge/cases/${line.id}/compare?left=E10`)
  const sides = page.locator('.side')
  const show = async (side, item) => {
    await sides.nth(side).locator('select').last().selectOption(item)
    await sides.nth(side).getByRole('button', { name: words.show }).focus()
    await page.keyboard.press('Enter')
  }
  // Of the picture in the frame of a side.
  const shown = async (side, number) => {
    let found = null
    await until(page, async () => {
      const frame = await (await sides.nth(side).locator('iframe').elementHandle()).contentFrame()
      if (!frame.url().includes(`?page=${number}&`)) return false
      found = await frame.evaluate(() => ({ type: document.contentType, width: document.images[0].naturalWidth, place: innerWidth }))
      return found.width > 0
    })
    return { type: found?.type, widths: Math.round(2 * found?.width / found?.place) / 2 }
  }
  const picture = { type: 'image/png', widths: 1 }
  await show(0, 'E10')
  await page.getByText(words.pageOf(1, 3)).waitFor()
  await show(1, 'E11')
  check('the first page of the left one is a picture', picture, await shown(0, 1))
  check('and that of the right one', picture, await shown(1, 1))
  check('without any right', ['', ''], [await sides.nth(0).locator('iframe').getAttribute('sandbox'), await sides.nth(1).locator('iframe').getAttribute('sandbox')])
  await page.goto(page.url())
  await show(0, 'E10')
  await show(1, 'E11')
  await page.getByText(words.pageOf(1, 3)).waitFor()
  await page.locator('h1').click()
  await tabTo(page, button(who, words.nextPage))
  await page.keyboard.press('Enter')
  await page.getByText(words.pageOf(2, 3)).waitFor()
  check('both go on to the second page', [picture, picture], [await shown(0, 2), await shown(1, 2)])
  await look(who, 'judge-compare-pdf')
  await page.getByLabel(words.pageSize).selectOption('2')
  await until(page, async () => (await shown(0, 2)).widths === 2 && (await shown(1, 2)).widths === 2)
  check('twice as large', [2, 2], [(await shown(0, 2)).widths, (await shown(1, 2)).widths])
  await page.getByLabel(words.pageSize).selectOption('1')
  await page.getByLabel(words.pageSize).focus()
  await page.keyboard.press('Shift+Tab')
  await page.keyboard.press('Enter')
  await page.getByText(words.noSuchPage).waitFor()
  check('the longer one has a third', picture, await shown(0, 3))
  check('where the shorter one says that it has none', 0, await sides.nth(1).locator('iframe').count())
  await page.getByLabel(words.pageNumber, { exact: true }).focus()
  await page.keyboard.press('Control+A')
  await page.keyboard.type('1')
  await page.getByText(words.pageOf(1, 3)).waitFor()
  check('a number that is typed', [picture, picture], [await shown(0, 1), await shown(1, 1)])
  check('there is none before', true, await button(who, words.previousPage).isDisabled())
  await show(1, 'E12')
  await sides.nth(1).getByText(words.undrawn).waitFor()
  check('one that cannot be drawn says so', 0, await sides.nth(1).locator('iframe').count())
  check('and nothing of it ran', undefined, await page.evaluate(() => window.ran))
})

await step('every form is downloaded', async () => {
  await page.goto(`/app/judge/cases/${line.id}`)
  await page.getByText(words.checked).waitFor()
  for (const [name, begins] of [[words.jws, '{'], [words.pdf, '%PDF-']]) {
    const [download] = await Promise.all([page.waitForEvent('download', { timeout: 60_000 }), button(who, name).click()])
    check(name, begins, fs.readFileSync(await download.path(), 'latin1').slice(0, begins.length))
    await page.getByText(words.downloaded).waitFor()
  }
})

await step('while the judge reads, the clerk verifies again', async () => {
  const answer = (await linesOf(clerk)).find(({ caseNumber: one }) => one === caseNumber)
  await clerk.page.goto(`/app/clerk/cases/${line.id}`)
  await clerk.page.getByText(words.checked).waitFor()
  await button(clerk, words.verifyAgain).click()
  const after = await untilReported(clerk, [caseNumber], { [caseNumber]: answer.report })
  await page.reload()
  await page.getByText(after[caseNumber].report).first().waitFor()
  check('the judge then reads the new report', true, await shows(words.checked))
})

await step('another role', async () => {
  for (const [who_, there] of [[clerk, '/app/judge/cases'], [who, '/app/clerk/worklist'], [who, '/app/operator/state']]) {
    await who_.page.goto(there)
    await who_.page.getByRole('heading', { name: words.wrongRole }).waitFor()
  }
  await look(who, 'wrong-role')
  check('the gateway refuses it, too', [403, 403], [
    (await who.context.request.get('/v1/operator/state')).status(),
    (await who.context.request.post(`/v1/submissions/${line.id}/supplements`, { data: {} })).status(),
  ])
})

await step('by keyboard alone', async () => {
  await page.goto(`/app/judge/cases?q=${encodeURIComponent('2001号')}`)
  await page.locator('table.rows a').first().waitFor()
  await tabTo(page, page.locator('table.rows a').first())
  await page.keyboard.press('Enter')
  await page.getByText(words.checked).waitFor()
  await tabTo(page, page.locator('table.rows a').first())
  await page.keyboard.press('Enter')
  await page.waitForURL(/\/items\//)
  await page.getByText(words.checked).waitFor()
  await tabTo(page, page.getByLabel(words.note))
  await page.keyboard.type('!')
  await tabTo(page, button(who, words.saveNote))
  await page.keyboard.press('Enter')
  await page.getByText(words.savedNote).waitFor()
  check('a note is written', true, true)
})

await step('a legal hold', async () => {
  await page.route('**/deletion', (route) => route.fulfill({ status: 503, contentType: 'application/problem+json', body: '{"type":"urn:heyan:problem:unavailable","status":503}' }))
  await page.goto(`/app/judge/cases/${line.id}`)
  const again = page.getByRole('button', { name: '再试一次', exact: true })
  await again.waitFor()
  check('whether a hold stands could not be had: that is said, and no step is offered', 0, await button(who, words.hold).count())
  await page.unroute('**/deletion')
  await again.click()
  await button(who, words.hold).click()
  await page.getByText(words.held).waitFor()
  await page.reload()
  await page.getByText(words.held).waitFor()
  await button(who, words.release).click()
  await page.getByText(words.held).waitFor({ state: 'detached' })
  check('stands until it is released', true, true)
  await button(who, words.hold).click()
  await page.getByText(words.held).waitFor()
  await page.getByLabel(words.holdReason).selectOption('retrial')
  await button(who, words.hold).click()
  await button(who, words.release).nth(1).waitFor()
  await button(who, words.release).first().click()
  await button(who, words.release).nth(1).waitFor({ state: 'detached' })
  check('one of two is left when the other is released', 1, await page.getByText(words.held).count())
  check('  and it is the second', 1, await page.getByText(words.held).filter({ hasText: words.retrial }).count())
  await button(who, words.release).click()
  await page.getByText(words.held).waitFor({ state: 'detached' })
})

await step('on a phone, in English', async () => {
  const small = { ...(await person(browser, { address, at: phone, language: 'en' })), words: say.en }
  await small.page.goto('/app/judge/cases')
  await signIn(small, accounts.judge)
  await small.page.locator('table.rows').waitFor()
  await look(small, 'judge-cases')
  for (const [name, there] of [['case', ''], ['item', '/items/E2'], ['compare', '/compare?left=E4']]) {
    await small.page.goto(`/app/judge/cases/${line.id}${there}`)
    await small.page.locator(name === 'compare' ? '.side' : '.browser-check').first().waitFor()
    await look(small, `judge-${name}`)
  }
  checkNothingRefused(small, 'on a phone')
  await small.context.close()
})

checkNothingRefused(who, 'the judge')
await browser.close()
fs.rmSync(work, { recursive: true })
finish()
