// What the tests of this folder share: Debian's Chromium against a running gateway, checks that are counted, what the browser
// refused to run, axe, and screenshots. The journeys are *_journey.mjs ADDRESS STATE SAMPLE;
// tests/functional/gateway/web_test starts them.
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { createRequire } from 'node:module'
import { chromium } from 'playwright-core'

const axeSource = fs.readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

const kFlags = ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
  '--disable-component-update', '--disable-sync']

export const desktop = { width: 1366, height: 768 }
export const phone = { width: 390, height: 844 }

let passed = 0
let failed = 0

export function check(name, expected, got) {
  if (JSON.stringify(expected) === JSON.stringify(got)) {
    passed += 1
    console.log(`ok    ${name}`)
  } else {
    failed += 1
    console.log(`FAIL  ${name}\n      expected: ${JSON.stringify(expected)}\n      got:      ${JSON.stringify(got)}`)
  }
}

/** Also where the step throws: the others still run. */
export async function step(name, work) {
  try {
    await work()
  } catch (error) {
    check(name, 'done', String(error?.stack ?? error).slice(0, 1500))
  }
}

export function finish() {
  console.log(`${passed} passed, ${failed} failed`)
  process.exitCode = failed === 0 && passed > 0 ? 0 : 1
}

export async function startBrowser() {
  return chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: kFlags })
}

/** A person at a browser of their own. `at`: desktop or phone. */
export async function person(browser, { address, at = desktop, language = 'zh' }) {
  const context = await browser.newContext({
    baseURL: address, ignoreHTTPSErrors: true, viewport: at, acceptDownloads: true, locale: language === 'zh' ? 'zh-CN' : 'en-GB',
    ...(at === phone ? { isMobile: true, hasTouch: true } : {}),
  })
  context.setDefaultTimeout(90_000)  // a machine may be busy; nothing here is about speed
  await context.addInitScript((wanted) => {
    // A frame without an origin has no storage.
    if (window === window.top) localStorage.setItem('heyan.language', localStorage.getItem('heyan.language') ?? wanted)
  }, language)
  const refused = []
  const errors = []
  await context.exposeBinding('heyanRefused', (_source, what) => refused.push(what))
  await context.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', (event) =>
      window.heyanRefused(`${event.effectiveDirective} ${event.blockedURI} ${event.sample} at ${event.sourceFile}:${event.lineNumber}`))
  })
  const page = await context.newPage()
  page.on('pageerror', (error) => errors.push(String(error)))
  page.on('console', (message) => {
    // What a party's file tries in its own window, on the origin of previews, is refused there; nothing of it is ours.
    const previewed = /\/p\/[0-9a-f]{64}/.test(`${message.location().url} ${message.text()}`)
    if (message.type() === 'error' && !previewed && !/Failed to load resource/.test(message.text())) errors.push(message.text())
  })
  return { context, page, refused, errors, language, at }
}

/** What axe finds to be serious or critical on the page as it stands. */
export async function axe(page) {
  // A second execution context: the page's own policy forbids injected scripts, and is left in force.
  await page.evaluate(axeSource)
  const found = await page.evaluate(() => window.axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'], resultTypes: ['violations'] }))
  return found.violations
    .filter((one) => one.impact === 'serious' || one.impact === 'critical')
    .map((one) => `${one.id}: ${one.nodes.slice(0, 3).map((node) => `${node.target} ${node.html.slice(0, 160)} ${node.failureSummary?.slice(0, 200)}`).join(' | ')}`)
}

/** Whether something is wider than the page: what would be cut off or scroll sideways. */
export function overflow(page) {
  return page.evaluate(() => {
    const width = document.documentElement.clientWidth
    if (document.documentElement.scrollWidth <= width) return []
    return [...document.querySelectorAll('body *')].filter((one) => one.getBoundingClientRect().right > width + 1)
      .slice(0, 5).map((one) => `${one.tagName}.${one.className}`)
  })
}

// At twice the size a desk's page has half the width (WCAG 2.2, 1.4.4 and 1.4.10).
const zoomed = { width: desktop.width / 2, height: desktop.height / 2 }

const reachable = (page) => page.evaluate(() =>
  [...document.querySelectorAll('h1, h2, a, button, input, select, textarea')].filter((one) => one.getClientRects().length > 0).length)

async function zoomIn(page) {
  const before = await reachable(page)
  await page.setViewportSize(zoomed)
  await page.waitForTimeout(100)
  const found = [await overflow(page), Math.max(0, before - (await reachable(page)))]
  await page.setViewportSize(desktop)
  await page.waitForTimeout(100)
  return found
}

/** Bytes at most, compressed: of what is loaded for a person's first page, and where nobody is signed in. */
export const kRoleBytes = 500_000
export const kNobodyBytes = 120_000

/** What the page that stands there needs when it is loaded anew, without what it asks of the interface. */
export async function checkFirstLoad({ page }, name, most) {
  await page.reload()
  await page.locator('h1').waitFor()
  await page.waitForLoadState('networkidle')
  const bytes = await page.evaluate(() =>
    [...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource')]
      .filter((one) => !new URL(one.name).pathname.startsWith('/v1/')).reduce((sum, one) => sum + one.encodedBodySize, 0))
  check(`${name}: a first load of ${bytes} bytes is at most ${most}, and something`, true, bytes > 10_000 && bytes <= most)
}

const pictures = process.env.SCREENSHOTS ?? ''

/** Looks at a page: nothing cut off, at 200 % neither, nothing that axe minds; and a picture where SCREENSHOTS names a folder. */
export async function look(who, name) {
  await who.page.waitForTimeout(300)
  const width = who.at === phone ? 'phone' : 'desktop'
  check(`${name} (${width}, ${who.language}): axe finds nothing serious`, [], await axe(who.page))
  check(`${name} (${width}, ${who.language}): nothing is wider than the page`, [], await overflow(who.page))
  if (who.at === desktop) check(`${name} (${who.language}): nothing is cut off or gone at 200 %`, [[], 0], await zoomIn(who.page))
  if (pictures !== '') {
    fs.mkdirSync(pictures, { recursive: true })
    await who.page.screenshot({ path: path.join(pictures, `${name}-${width}-${who.language}.png`), fullPage: true })
  }
}

export function checkNothingRefused(who, name) {
  check(`${name}: the browser refused nothing of ours, and no script failed`, [[], []], [who.refused, who.errors])
}

/** Of demo/accounts.txt: {litigant: {account, password}, …}. */
export function accountsOf(state) {
  const lines = fs.readFileSync(path.join(state, 'demo/accounts.txt'), 'utf8').split('\n').filter((line) => line !== '' && !line.startsWith('#'))
  return Object.fromEntries(lines.map((line) => line.split(/\s+/)).map(([role, account, password]) => [role, { account, password }]))
}

/** Until it is so, or for a long time; the check that follows says which. */
export async function until(page, isSo) {
  // A frame may be on its way elsewhere just then.
  const now = () => Promise.resolve().then(isSo).catch(() => false)
  for (const end = Date.now() + 90_000; Date.now() < end && !(await now());) await page.waitForTimeout(50)
}

/** Until the browser's reports of what it refused have come to the gateway's numbers: it sends them when it likes. */
export async function untilReported(page, directives) {
  const counted = async () => (await fetch(process.env.METRICS)).text()
  await until(page, async () => {
    const numbers = await counted()
    return directives.every((one) => numbers.includes(`heyan_csp_reports_total{directive="${one}"}`))
  })
}

const signInWords = { zh: ['账号', '密码', '登录'], en: ['Account', 'Password', 'Sign in'] }

export async function signIn(who, { account, password }) {
  const [accountWord, passwordWord, submit] = signInWords[who.language]
  await who.page.getByLabel(accountWord, { exact: true }).fill(account)
  await who.page.getByLabel(passwordWord, { exact: true }).fill(password)
  await who.page.getByRole('button', { name: submit, exact: true }).click()
  await who.page.waitForURL((url) => !url.pathname.endsWith('/sign-in'))
}

export function temporaryFolder() {
  return fs.mkdtempSync(path.join(os.tmpdir(), 'heyan-web-'))
}
