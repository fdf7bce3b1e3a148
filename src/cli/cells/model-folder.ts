import { readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { isMissing, replaceFile } from '../folder-store.ts'
import { sha256 } from '../write-model.ts'

/** Model files in a folder of one machine, each under the SHA-256 digest of its content. */
export class ModelFolder {
  readonly #folder: string

  constructor(folder: string) {
    this.#folder = folder
  }

  path(digest: string): string {
    return join(this.#folder, `${digest}.onnx`)
  }

  async has(digest: string): Promise<boolean> {
    try {
      return (await stat(this.path(digest))).isFile()
    } catch (error) {
      if (isMissing(error)) return false
      throw error
    }
  }

  /** Adds a file's content and returns its digest. */
  async add(bytes: Uint8Array): Promise<string> {
    const digest = sha256(bytes)
    await replaceFile(this.path(digest), bytes)
    return digest
  }

  async read(digest: string): Promise<Uint8Array> {
    return new Uint8Array(await readFile(this.path(digest)))
  }
}
