// A table of schemas/catalogue as a module: an array of its rows, each an object by column name. So the words about
// verdicts, reasons and checks are written once, for reports and pages alike.
import fs from 'node:fs'
import type { Plugin } from 'vite'

export function rowsOf(text: string, name: string): Record<string, string>[] {
  const [head, ...lines] = text.split('\n').filter((line) => line !== '' && !line.startsWith('#'))
  const columns = head?.split('\t') ?? []
  return lines.map((line, index) => {
    const cells = line.split('\t')
    if (cells.length > columns.length) throw new Error(`${name}: row ${index + 2} has more cells than the table has columns`)
    return Object.fromEntries(columns.map((column, at) => [column, cells[at] ?? '']))
  })
}

export function tsv(): Plugin {
  return {
    name: 'tsv',
    load(id) {
      if (!id.endsWith('.tsv')) return null
      this.addWatchFile(id)
      return `export default ${JSON.stringify(rowsOf(fs.readFileSync(id, 'utf8'), id))}`
    },
  }
}
