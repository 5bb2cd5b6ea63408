// measure.mjs ADDRESS RUNS: Lighthouse on the pages that need no account, on a phone and at a desk: medians. Fails below 90.
import { execFileSync } from 'node:child_process'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'

const [address, runs] = process.argv.slice(2)
const kCategories = ['performance', 'accessibility', 'best-practices']
const kLeast = 90
const work = fs.mkdtempSync(path.join(os.tmpdir(), 'heyan-pages-'))
const median = (values) => [...values].sort((a, b) => a - b)[values.length >> 1]

function measure(page, form) {
  const output = path.join(work, 'out.json')
  const flags = ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update',
    '--disable-sync', '--ignore-certificate-errors']
  const options = [`--chrome-flags=${flags.join(' ')}`, '--quiet', '--no-enable-error-reporting', '--output=json', `--output-path=${output}`, `--only-categories=${kCategories}`]
  execFileSync(process.execPath, [path.join(import.meta.dirname, 'node_modules/lighthouse/cli/index.js'), `${address}/app/${page}`, ...options, ...(form === 'desk' ? ['--preset=desktop'] : [])],
    { env: { ...process.env, CHROME_PATH: process.env.CHROMIUM ?? '/usr/bin/chromium' }, stdio: ['ignore', 'ignore', 'inherit'] })
  const { categories, audits } = JSON.parse(fs.readFileSync(output, 'utf8'))
  return { scores: kCategories.map((name) => Math.round(100 * (categories[name].score ?? 0))), paint: audits['largest-contentful-paint'].numericValue }
}

let failed = false
for (const page of ['sign-in', 'public/verify']) {
  for (const form of ['phone', 'desk']) {
    const measured = Array.from({ length: Number(runs) }, () => measure(page, form))
    const scores = kCategories.map((_, at) => median(measured.map((one) => one.scores[at])))
    console.log(`${page}, ${form}: ${kCategories.map((name, at) => `${name} ${scores[at]}`).join(', ')}; largest paint after ${Math.round(median(measured.map((one) => one.paint)))} ms (${runs} runs)`)
    failed ||= scores.some((score) => score < kLeast)
  }
}
fs.rmSync(work, { recursive: true })
if (failed) {
  console.log(`a median is below ${kLeast}`)
  process.exitCode = 1
}
