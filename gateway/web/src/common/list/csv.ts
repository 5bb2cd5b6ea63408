// A table as a file for spreadsheets (RFC 4180, UTF-8 with a byte order mark, which they need to read Chinese).
//
// Threat: names in it come from parties. A cell that a spreadsheet would compute is made text.

const kComputed = /^[=+\-@\t\r\uff1d\uff0b\uff0d\uff20]/

function cell(value: string): string {
  const text = kComputed.test(value) ? `'${value}` : value
  return /[",\r\n]/.test(text) ? `"${text.replace(/"/g, '""')}"` : text
}

export function csvOf(rows: readonly (readonly string[])[]): string {
  return `\ufeff${rows.map((row) => `${row.map(cell).join(',')}\r\n`).join('')}`
}
