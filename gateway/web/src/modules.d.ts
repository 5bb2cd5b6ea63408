/// <reference types="vite/client" />
declare module '*.tsv' {
  const rows: readonly Readonly<Record<string, string>>[]
  export default rows
}
