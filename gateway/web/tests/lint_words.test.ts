import { spawnSync } from 'node:child_process'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { expect, test } from 'vitest'

function lint(name: string, text: string): number | null {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'lint-words-'))
  fs.mkdirSync(path.join(folder, 'words'))
  fs.writeFileSync(path.join(folder, name), text)
  const { status } = spawnSync(process.execPath, [path.resolve(import.meta.dirname, '../lint_words.mjs'), folder])
  fs.rmSync(folder, { recursive: true })
  return status
}

test('texts outside of the tables are found', () => {
  for (const text of ['<p>Text</p>', '<p>文字</p>', '<p title="Text" />', "const a = '文字'", 'const a = `文字${b}`', 'const a = `${b}。`', '<p aria-label="Text" />', '<p>{a}：</p>']) {
    expect([text, lint('a.tsx', text)]).toEqual([text, 1])
  }
})

test('what is no text for people may stand', () => {
  for (const text of ['<p className="text" id="a">{words.text} <b>SHA-256</b> - 1</p>', "const a = 'PLAINTIFF' // 文字", '<p title={words.title} />']) {
    expect([text, lint('a.tsx', text)]).toEqual([text, 0])
  }
})

test('the tables themselves are not looked at, and an empty folder is no success', () => {
  expect(lint('words/zh.ts', "export const zh = { a: '文字' }")).toBe(1)
})
