const kUnits = ['B', 'kB', 'MB', 'GB', 'TB']

export function sizeText(bytes: number): string {
  let value = bytes
  let unit = 0
  while (value >= 1000 && unit < kUnits.length - 1) {
    value /= 1000
    unit += 1
  }
  return `${unit === 0 ? value : value.toFixed(value < 10 ? 1 : 0)} ${kUnits[unit]}`
}

// What turns the direction of writing, or cannot be seen.
const kInvisible = /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202f\u2060-\u206f\ufeff\ufff9-\ufffb]/g

/** A text that somebody declared: what cannot be seen is shown, so that "gpj.exe" turned around poses as nothing else. */
export function declared(text: string): string {
  return text.replace(kInvisible, (one) => `[U+${one.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}]`)
}

/** The same of a text of several lines. */
export function declaredLines(text: string): string {
  return text.split(/\r?\n/).map(declared).join('\n')
}

/** As one line that the gateway takes: what cannot be seen is gone, also what was pasted with it. */
export function line(text: string): string {
  return text.replace(/[\t\r\n\u2028\u2029]+/g, ' ').replace(/[\p{Cc}\p{Cf}\u034f]/gu, '')
}
