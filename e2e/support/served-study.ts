/** Study that is served by the command line, as a researcher would. */
import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))
const LAB = ['--import', 'tsx', 'src/cli/main.ts', 'study']

export interface ServedStudy {
  /** Folder of the study's keys, invitations and collector. */
  readonly dir: string
  readonly researcherLink: string
  /** Link of each invitation, the first for labeller 1. */
  readonly invitations: readonly string[]
  /** Runs `lab study …` and returns what it printed. Rejects unless it exits with 0. */
  study(...words: string[]): Promise<string>
  /** Ends the server and deletes the study. */
  end(): Promise<void>
}

/** Writes a study with `words` of `study new` and `settings` in the file, and serves it. */
export async function serveStudy(
  words: readonly string[],
  settings: Readonly<Record<string, unknown>>,
): Promise<ServedStudy> {
  const folder = await mkdtemp(join(tmpdir(), 'jumppad-study-'))
  const file = join(folder, 'study.json')
  const dir = join(folder, 'served')
  await run('new', file, ...words)
  const written: unknown = JSON.parse(await readFile(file, 'utf8'))
  await writeFile(file, JSON.stringify({ ...(written as object), ...settings }))
  const port = String(await freePort())
  const serving = start('serve', file, '--dir', dir, '--port', port)
  const printed = await until(serving, /Who has answered/)
  const researcherLink = /^\s*(http\S+#\/study\?access=\S+)/m.exec(printed)?.[1]
  if (researcherLink === undefined) throw new Error(`No researcher's link in: ${printed}`)
  const table = await readFile(join(dir, 'invitations.csv'), 'utf8')
  const invitations = [...table.matchAll(/^\d+,"?(http[^\s",]+)/gm)].flatMap(
    ([, link]) => link ?? [],
  )
  return {
    dir,
    researcherLink,
    invitations,
    study: run,
    async end() {
      await ended(serving)
      await rm(folder, { recursive: true, force: true, maxRetries: 5 })
    },
  }
}

function start(...words: string[]): ChildProcess {
  return spawn(process.execPath, [...LAB, ...words], {
    cwd: ROOT,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
}

async function run(...words: string[]): Promise<string> {
  const child = start(...words)
  const [printed, code] = await Promise.all([
    allOf(child),
    new Promise((resolve) => child.once('close', resolve)),
  ])
  if (code !== 0) throw new Error(`lab study ${words.join(' ')} exited with ${code}: ${printed}`)
  return printed
}

/** Resolves with what a process has printed once that matches; rejects if it ends before. */
function until(child: ChildProcess, pattern: RegExp): Promise<string> {
  return new Promise((resolve, reject) => {
    let printed = ''
    const add = (data: Buffer) => {
      printed += data
      if (pattern.test(printed)) resolve(printed)
    }
    child.stdout?.on('data', add)
    child.stderr?.on('data', add)
    child.once('close', () => reject(new Error(`The server ended: ${printed}`)))
  })
}

/** Resolves with what a process prints to standard output, or to standard error if it fails. */
async function allOf({ stdout, stderr }: ChildProcess): Promise<string> {
  const [out, error] = [stdout, stderr].map(async (stream) => {
    let printed = ''
    for await (const data of stream ?? []) printed += data
    return printed
  })
  return (await out) || ((await error) ?? '')
}

async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return
  const closed = new Promise((resolve) => child.once('close', resolve))
  child.kill('SIGINT')
  await closed
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer()
    probe.once('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : 0))
    })
  })
}
