import { spawnSync } from 'node:child_process'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { expect, test } from 'vitest'

const bad = ['<p>Text</p>', '<p>文字</p>', '<p title="Text" />', "const a = '文字'", 'const a = `文字${b}`', 'const a = `${b}。`', '<p aria-label="Text" />', '<p>{a}：</p>']
const good = ['<p className="text" id="a">{words.text} <b>SHA-256</b> - 1</p>', "const a = 'PLAINTIFF' // 文字", '<p title={words.title} />']

function lint(files: Readonly<Record<string, string>>): { status: number | null; said: string } {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'lint-words-'))
  fs.mkdirSync(path.join(folder, 'words'))
  for (const [name, text] of Object.entries(files)) fs.writeFileSync(path.join(folder, name), text)
  const { status, stderr } = spawnSync(process.execPath, [path.resolve(import.meta.dirname, '../lint_words.mjs'), folder], { encoding: 'utf8' })
  fs.rmSync(folder, { recursive: true })
  return { status, said: stderr }
}

const named = (texts: readonly string[]) => Object.fromEntries(texts.map((text, at) => [`page${at}.tsx`, text]))

test('every text outside of the tables is found', { timeout: 60_000 }, () => {
  const { status, said } = lint(named(bad))
  expect(status).toBe(1)
  bad.forEach((text, at) => expect([text, said.includes(`page${at}.tsx:1:`)]).toEqual([text, true]))
})

test('what is no text for people may stand', { timeout: 60_000 }, () => {
  expect(lint(named(good))).toEqual({ status: 0, said: '' })
})

test('the tables themselves are not looked at, and an empty folder is no success', { timeout: 60_000 }, () => {
  expect(lint({ 'words/zh.ts': "export const zh = { a: '文字' }" }).status).toBe(1)
})
