// Which of the files that were chosen make a case: an archive by itself, and everything beneath a folder with a case.json.

export interface Chosen {
  /** Relative, with "/", as the browser gives it; the bare name of a single file. */
  readonly path: string
  readonly file: Blob
}

export type CaseToImport = { readonly name: string; readonly files: number; readonly body: () => BodyInit; readonly type: string | null }

export interface Found {
  readonly cases: readonly CaseToImport[]
  /** Paths of files that belong to no case. */
  readonly leftOver: readonly string[]
}

const kCase = 'case.json'

function folderOf(path: string): string {
  return path.slice(0, path.lastIndexOf('/') + 1)
}

/** The nearest folder above with a case.json: "" or ending in "/". */
function caseOf(path: string, folders: ReadonlySet<string>): string | undefined {
  for (let folder = folderOf(path); ; folder = folderOf(folder.slice(0, -1))) {
    if (folders.has(folder)) return folder
    if (folder === '') return undefined
  }
}

export function casesOf(chosen: readonly Chosen[]): Found {
  const archives = chosen.filter(({ path }) => path.toLowerCase().endsWith('.zip'))
  const rest = chosen.filter((one) => !archives.includes(one))
  const folders = new Set(rest.filter(({ path }) => path.slice(folderOf(path).length) === kCase).map(({ path }) => folderOf(path)))
  const inside = new Map<string, Chosen[]>([...folders].map((folder) => [folder, []]))
  const leftOver: string[] = []
  const cases: CaseToImport[] = []
  // An archive within a case folder may be a piece of evidence.
  for (const one of chosen) {
    const folder = caseOf(one.path, folders)
    if (folder !== undefined) inside.get(folder)?.push(one)
    else if (archives.includes(one)) cases.push({ name: one.path, files: 1, type: 'application/zip', body: () => one.file })
    else leftOver.push(one.path)
  }
  for (const [folder, files] of inside) {
    cases.push({ name: folder === '' ? kCase : folder.slice(0, -1), files: files.length, type: null, body: () => formOf(folder, files) })
  }
  return { cases, leftOver }
}

/** One part for each file, named by its path in the case folder; case.json first, as `case`. */
function formOf(folder: string, files: readonly Chosen[]): FormData {
  const form = new FormData()
  for (const { path, file } of files) if (path === folder + kCase) form.append('case', file)
  for (const { path, file } of files) if (path !== folder + kCase) form.append(path.slice(folder.length), file)
  return form
}
