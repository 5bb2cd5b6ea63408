// lint_words.mjs [FOLDER]: no text for people stands outside of src/words. In pages: no letters between tags, no letters in an
// attribute that is read or seen, no Chinese in any string. (Missing keys do not compile: see src/words/words.ts.)
import fs from 'node:fs'
import path from 'node:path'
import ts from 'typescript'

const root = path.resolve(process.argv[2] ?? path.join(import.meta.dirname, 'src'))
const kSpoken = new Set(['title', 'label', 'placeholder', 'alt', 'message', 'description', 'help', 'extra', 'okText', 'cancelText', 'subTitle', 'invitation',
  'aria-label', 'aria-description', 'aria-roledescription', 'aria-valuetext'])
const kLetters = /\p{L}/u
const kChinese = /[\p{Script=Han}\u3000-\u303f\uff00-\uffef]/u
// Names that are the same in every language.
const kNames = new Set(['SHA-256', 'SM3', 'ES256', 'SM2', 'PDF', 'XML', 'JSON'])

function* files(folder) {
  for (const entry of fs.readdirSync(folder, { withFileTypes: true })) {
    const name = path.join(folder, entry.name)
    if (entry.isDirectory()) {
      if (path.relative(root, name) !== 'words') yield* files(name)
    } else if (/\.tsx?$/.test(entry.name)) yield name
  }
}

const found = []
let looked = 0
for (const name of files(root)) {
  looked += 1
  const source = ts.createSourceFile(name, fs.readFileSync(name, 'utf8'), ts.ScriptTarget.Latest, true, name.endsWith('x') ? ts.ScriptKind.TSX : ts.ScriptKind.TS)
  const report = (node, text) => {
    const { line } = source.getLineAndCharacterOfPosition(node.getStart(source))
    found.push(`${path.relative(process.cwd(), name)}:${line + 1}: ${text.trim().slice(0, 80)}`)
  }
  const visit = (node) => {
    if (ts.isJsxText(node)) {
      const text = node.text.trim()
      if ((kLetters.test(text) || kChinese.test(text)) && !kNames.has(text)) report(node, text)
    } else if (ts.isJsxAttribute(node) && kSpoken.has(node.name.getText(source)) && node.initializer && ts.isStringLiteral(node.initializer)) {
      if (kLetters.test(node.initializer.text)) report(node, node.initializer.text)
    } else if ((ts.isStringLiteralLike(node) || ts.isTemplateHead(node) || ts.isTemplateMiddleOrTemplateTail(node)) && kChinese.test(node.text)) {
      report(node, node.text)
    }
    ts.forEachChild(node, visit)
  }
  visit(source)
}
if (looked === 0) found.push('no file was found: this looks at nothing')
if (found.length > 0) {
  console.error(`A text for people belongs into src/words, in both languages:\n${found.join('\n')}`)
  process.exit(1)
}
console.log(`${looked} files: no text outside of src/words`)
