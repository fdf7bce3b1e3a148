/** Files that a page downloads, intercepted before the browser saves them. */
import { expect } from 'vitest'

/** Runs `act` and resolves to the one file that it makes the page download. */
export async function downloaded(act: () => Promise<void>): Promise<File> {
  const { click } = HTMLAnchorElement.prototype
  const taken: File[] = []
  const failed: unknown[] = []
  HTMLAnchorElement.prototype.click = function () {
    if (!this.download) return click.call(this)
    // Fetched at once, before the page can revoke the URL.
    fileAt(this.href, this.download).then(
      (file) => taken.push(file),
      (error) => failed.push(error),
    )
  }
  try {
    await act()
    await expect.poll(() => [...taken, ...failed], { message: 'files handed out' }).toHaveLength(1)
  } finally {
    HTMLAnchorElement.prototype.click = click
  }
  const [file] = taken
  if (!file) throw failed[0]
  return file
}

async function fileAt(address: string, name: string): Promise<File> {
  const content = await (await fetch(address)).blob()
  return new File([content], name, { type: content.type })
}

export async function bytesOf(file: File): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(await file.arrayBuffer())
}
