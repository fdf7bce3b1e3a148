/** Files that a page hands to the visitor, taken before the browser would save them. */
import { expect } from 'vitest'

/** Does what has the page hand out a file, and takes that. */
export async function downloaded(act: () => Promise<void>): Promise<File> {
  const { click } = HTMLAnchorElement.prototype
  const taken: File[] = []
  const failed: unknown[] = []
  HTMLAnchorElement.prototype.click = function () {
    if (!this.download) return click.call(this)
    // Before the page can revoke the address.
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
