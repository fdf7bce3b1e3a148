import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'

const FOLDER = 'runs/gate'
const FILE = `${FOLDER}/cells.json`

/** Cache of results by name on disk: an interrupted experiment resumes at the cell it had reached. */
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

  /** Returns the cached result of `name`, or else runs `measure` and caches its result. */
  async cell<T>(name: string, measure: () => Promise<T>): Promise<T> {
    const kept = this.#kept[name]
    // A result with this name was written by the same call, so it has the same type.
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

/** Returns the path of a model of the experiment. */
export function modelPath(name: string): string {
  return `${FOLDER}/${name}.onnx`
}
