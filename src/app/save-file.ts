/** Saves `content` as a file, through the browser's downloads. */
export function saveFile(content: Blob, name: string): void {
  const address = URL.createObjectURL(content)
  const link = document.createElement('a')
  link.href = address
  link.download = name
  link.click()
  // The browser reads the blob only after this task.
  setTimeout(() => URL.revokeObjectURL(address), 60_000)
}
