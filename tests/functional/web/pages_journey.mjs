// pages_journey.mjs ADDRESS STATE SAMPLE: every page of every role, in both languages, at a desk and on a phone.
import fs from 'node:fs'
import path from 'node:path'
import { importFolder, makeCase, say, untilReported } from './court.mjs'
import { accountsOf, check, checkNothingRefused, desktop, finish, look, person, phone, signIn, startBrowser, step, temporaryFolder } from './browser.mjs'

const [address, state, sample] = process.argv.slice(2)
const accounts = accountsOf(state)
const work = temporaryFolder()
const caseNumber = '(2026)浙0192民初5001号'
const browser = await startBrowser()

/** By the interface, as the litigant's page does it; gives the submission's id. */
async function fileAsLitigant({ context }) {
  const { token } = await (await context.request.get('/v1/session')).json()
  const multipart = {}
  for (const name of ['case.json', ...['files', 'proofs'].flatMap((folder) => fs.readdirSync(path.join(sample, folder)).map((one) => `${folder}/${one}`))]) {
    multipart[name] = { name: path.basename(name), mimeType: name === 'case.json' ? 'application/json' : 'application/octet-stream', buffer: fs.readFileSync(path.join(sample, name)) }
  }
  const answer = await context.request.post('/v1/submissions', { multipart, headers: { Origin: address, 'X-Heyan-Token': token, 'Idempotency-Key': 'pages' } })
  return (await answer.json()).id
}

let own = ''
let line = {}
let report = ''
await step('there are cases', async () => {
  const clerk = { ...(await person(browser, { address })), words: say.zh }
  await clerk.page.goto('/app/clerk/import')
  await signIn(clerk, accounts.clerk)
  makeCase(path.join(work, 'one'), sample, caseNumber)
  await importFolder(clerk, work)
  const litigant = await person(browser, { address })
  await litigant.page.goto('/app/litigant/cases')
  await signIn(litigant, accounts.litigant)
  own = await fileAsLitigant(litigant)
  const filed = await (await litigant.context.request.get(`/v1/submissions/${own}`, { headers: { Prefer: 'wait=1' } })).json()
  line = (await untilReported(clerk, [caseNumber]))[caseNumber]
  await untilReported(clerk, [filed.case.caseNumber])
  report = (await (await litigant.context.request.get(`/v1/submissions/${own}`)).json()).report.number
  const { token } = await (await clerk.context.request.get('/v1/session')).json()
  const asked = await clerk.context.request.post(`/v1/submissions/${own}/supplements`, {
    data: { items: [{ item: 'E2', code: 'CONTENT_HASH_DIFFERS' }], text: '', until: '2099-01-01T00:00:00Z' }, headers: { Origin: address, 'X-Heyan-Token': token },
  })
  check('something is asked for', 201, asked.status())
  await Promise.all([clerk, litigant].map(({ context }) => context.close()))
})

// Where each page is, and what is there when all of it is.
const kPages = {
  nobody: () => [['sign-in', 'form'], ['public/verify', '.drop-zone'], ['no/such/page', 'h1']],
  litigant: () => [
    ['litigant/cases', '.case-line'], [`litigant/cases/${own}`, '.results .rows'], [`litigant/cases/${own}/receipt`, '.files li'], ['litigant/file', '.step-title'],
    [`litigant/file?answers=${own}`, '.ant-card'], [`litigant/check?report=${report}`, '.ant-alert'], ['account', 'form'],
  ],
  clerk: () => [['clerk/worklist', 'table.rows'], ['clerk/import', '.drop-zone'], [`clerk/cases/${line.id}`, '.browser-check'], [`clerk/cases/${line.id}/request`, '.letter'], ['account', 'form']],
  judge: () => [['judge/cases', 'table.rows'], [`judge/cases/${line.id}`, '.browser-check'], [`judge/cases/${line.id}/items/E2`, '.browser-check'], [`judge/cases/${line.id}/compare?left=E4`, '.side']],
  operator: () => [['operator/state', 'h2'], ['operator/trust', 'h2'], ['operator/keys', 'table']],
}

for (const [at, language] of [[desktop, 'zh'], [desktop, 'en'], [phone, 'zh'], [phone, 'en']]) {
  for (const [role, pages] of Object.entries(kPages)) {
    await step(`${role}, ${language}, at ${at.width}`, async () => {
      const who = await person(browser, { address, at, language })
      if (role !== 'nobody') {
        await who.page.goto('/app/sign-in')
        await signIn(who, accounts[role])
      }
      for (const [where, there] of pages()) {
        await who.page.goto(`/app/${where}`)
        await who.page.locator(there).first().waitFor()
        await who.page.waitForLoadState('networkidle')
        await look(who, `${role}-${where.replace(/\?.*/, '').replace(/[0-9a-f]{32}/, 'id').replaceAll('/', '-')}${where.includes('answers') ? '-answer' : ''}`)
      }
      checkNothingRefused(who, `${role}, ${language}, at ${at.width}`)
      await who.context.close()
    })
  }
}

await browser.close()
fs.rmSync(work, { recursive: true })
finish()
