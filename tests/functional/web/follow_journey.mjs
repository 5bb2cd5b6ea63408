// follow_journey.mjs ADDRESS STATE: a submission that goes on while its page is open is shown as it is, with a stream of events
// and without one, and who listens hears each change once.
import { say } from './court.mjs'
import { accountsOf, check, checkNothingRefused, desktop, finish, look, person, phone, signIn, startBrowser, step } from './browser.mjs'

const [address, state] = process.argv.slice(2)
const accounts = accountsOf(state)
const browser = await startBrowser()
const done = { zh: '已出报告', en: 'Report issued' }
const content = '<p>evidence</p>'

const isStream = (request) => request.headers().accept === 'text/event-stream'

async function enter(at, language) {
  const who = { ...(await person(browser, { address, at, language })), words: say[language] }
  await who.page.goto('/app/litigant/cases')
  await signIn(who, accounts.litigant)
  const { token } = await (await who.context.request.get('/v1/session')).json()
  return { ...who, change: { Origin: address, 'X-Heyan-Token': token } }
}

/** A case whose one file is still to come. */
async function begin({ context, change }, name) {
  const filed = await context.request.post('/v1/submissions', {
    headers: { ...change, 'Idempotency-Key': name },
    data: { schema: 'heyan.submission.v1', court: { code: '0192' }, evidence: [{ id: 'E1', name: '网页', file: { path: 'files/a.html' } }] },
  })
  return (await filed.json()).id
}

/** The file comes: from then on the gateway does the rest. */
async function send({ context, change }, id) {
  const metadata = Object.entries({ submission: id, path: 'files/a.html' }).map(([key, value]) => `${key} ${Buffer.from(value).toString('base64')}`).join()
  const tus = { ...change, 'Tus-Resumable': '1.0.0' }
  const begun = await context.request.post('/v1/uploads', { headers: { ...tus, 'Upload-Length': String(content.length), 'Upload-Metadata': metadata } })
  const sent = await context.request.patch(begun.headers().location, {
    headers: { ...tus, 'Upload-Offset': '0', 'Content-Type': 'application/offset+octet-stream' }, data: Buffer.from(content),
  })
  check('the file is sent', 204, sent.status())
}

/** Whatever the regions that are read aloud say from now on. */
async function listen(page) {
  await page.evaluate(() => {
    window.heard = []
    const last = new Map()
    const hear = () => {
      for (const region of document.querySelectorAll('[role=status], [role=alert], [aria-live]')) {
        const text = region.textContent.trim()
        if (text !== '' && text !== last.get(region)) window.heard.push(text)
        last.set(region, text)
      }
    }
    hear()
    new MutationObserver(hear).observe(document.body, { subtree: true, childList: true, characterData: true })
  })
}
const heard = (page, text) => page.evaluate((wanted) => window.heard.filter((one) => one.includes(wanted)).length, text)

/** What the open page asks about that submission itself. */
function counted(page, id) {
  const asked = { streams: 0, plain: 0 }
  page.on('request', (request) => {
    if (new URL(request.url()).pathname === `/v1/submissions/${id}`) asked[isStream(request) ? 'streams' : 'plain'] += 1
  })
  return asked
}

for (const [at, language] of [[desktop, 'zh'], [phone, 'en']]) {
  await step(`a stream (${language})`, async () => {
    const who = await enter(at, language)
    const id = await begin(who, `stream-${language}`)
    const asked = counted(who.page, id)
    await who.page.goto(`/app/litigant/cases/${id}`)
    await who.page.locator('.steps').waitFor()
    await listen(who.page)
    await who.page.waitForTimeout(8000)
    check('while nothing changes nothing is asked', { streams: 1, plain: 1 }, { ...asked })
    await send(who, id)
    await who.page.locator('#results').waitFor()
    check('the change is heard once', 1, await heard(who.page, done[language]))
    check('nothing was asked but what changed', true, asked.plain <= 5 && asked.streams === 1)
    await who.page.waitForTimeout(4000)
    const after = { ...asked }
    await who.page.waitForTimeout(5000)
    check('and after the end nothing more', after, { ...asked })
    checkNothingRefused(who, 'a stream')
    await who.context.close()
  })
}

await step('without a stream', async () => {
  const who = await enter(desktop, 'zh')
  await who.context.route('**/v1/submissions/*', (route) => (isStream(route.request()) ? route.abort('connectionreset') : route.continue()))
  const id = await begin(who, 'polled')
  const asked = counted(who.page, id)
  await who.page.goto(`/app/litigant/cases/${id}`)
  await who.page.locator('.steps').waitFor()
  await listen(who.page)
  await who.page.waitForTimeout(8000)
  check('it is asked again every few seconds', true, asked.plain >= 2 && asked.plain <= 5)
  await send(who, id)
  await who.page.locator('#results').waitFor()
  check('and the change is heard once', 1, await heard(who.page, done.zh))
  await who.context.close()
})

await step('a network that goes and comes back', async () => {
  const who = await enter(desktop, 'zh')
  const id = await begin(who, 'offline')
  await who.page.goto(`/app/litigant/cases/${id}`)
  await who.page.locator('.steps').waitFor()
  await listen(who.page)
  await who.context.route('**/v1/submissions/*', (route) => route.abort('internetdisconnected'))
  await send(who, id)
  await who.page.getByText('网络').first().waitFor()
  await who.page.waitForTimeout(8000)
  check('that it is away is heard once', 1, await who.page.evaluate(() => window.heard.filter((one) => one.includes('网络')).length))
  await who.context.unroute('**/v1/submissions/*')
  await who.page.locator('#results').waitFor()
  check('and then it goes on by itself', 0, await who.page.getByText('网络').count())
  await who.context.close()
})

// What the gateway says of a case that was deleted while a verification of it waited.
for (const [language, gone, refused] of [['zh', '已经删除', '受理'], ['en', 'were deleted', 'taken in']]) {
  await step(`a case that was deleted (${language})`, async () => {
    const who = await enter(desktop, language)
    const id = await begin(who, `deleted-${language}`)
    await send(who, id)
    await who.context.route(`**/v1/submissions/${id}`, async (route) => {
      if (isStream(route.request())) return route.abort('connectionreset')
      const answer = await route.fetch()
      return route.fulfill({ response: answer, json: { ...(await answer.json()), state: 'REJECTED', refusal: 'deleted' } })
    })
    await who.page.goto(`/app/litigant/cases/${id}`)
    await who.page.getByText(gone).first().waitFor()
    await look(who, 'case-deleted')
    check('is not called refused', 0, await who.page.locator('main').getByText(refused).count())
    check('and its receipt stays', 1, await who.page.locator(`main a[href$="/cases/${id}/receipt"]`).count())
    await who.context.close()
  })
}

await browser.close()
finish()
