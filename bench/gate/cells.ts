import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'

const FOLDER = 'runs/gate'
const FILE = `${FOLDER}/cells.json`

/** Results by name, kept on disk: a gate that was stopped goes on at the cell it was at. */
export class Cells {
  readonly #kept: Record<string, unknown>

  constructor() {
    mkdirSync(FOLDER, { recursive: true })
    try {
      this.#kept = JSON.parse(readFileSync(FILE, 'utf8')) as Record<string, unknown>
    } catch {
      this.#kept = {}
    }
  }

  /** The kept result of `name`, else that of `measure`, kept from now on. */
  async cell<T>(name: string, measure: () => Promise<T>): Promise<T> {
    const kept = this.#kept[name]
    // What was kept under a name was written by the same call.
    if (kept !== undefined) return kept as T
    const begun = performance.now()
    const result = await measure()
    this.#kept[name] = result
    writeFileSync(FILE, JSON.stringify(this.#kept, undefined, 1))
    const seconds = ((performance.now() - begun) / 1000).toFixed(0)
    process.stderr.write(`${name} (${seconds} s): ${JSON.stringify(result).slice(0, 300)}\n`)
    return result
  }
}

/** Where a model of the gate is kept. */
export function modelPath(name: string): string {
  return `${FOLDER}/${name}.onnx`
}
