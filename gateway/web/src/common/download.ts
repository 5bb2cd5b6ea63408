// Hands a file that was made or fetched here to the browser's downloads.
export function saveAs(name: string, content: Blob): void {
  const address = URL.createObjectURL(content)
  const link = document.createElement('a')
  link.href = address
  link.download = name
  link.click()
  // The download has been started; the bytes are no longer needed after that.
  setTimeout(() => URL.revokeObjectURL(address), 60_000)
}
