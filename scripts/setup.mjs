// Prerequisites of all scripts: a recent enough Node, the packages of package-lock.json, and
// Chromium and nats-server for tests. Uses only Node's standard library, because the packages may
// not be installed yet.

import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync, statSync } from 'node:fs'
import { delimiter, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = dirname(dirname(fileURLToPath(import.meta.url)))

const SYSTEM_CHROMIUM = '/usr/bin/chromium'

/** Error that is reported as a sentence, without a stack trace. */
export class SetupError extends Error {}

/** Runs `main`; on a SetupError, prints its message and sets exit code 1. */
export async function runScript(main) {
  try {
    await main()
  } catch (error) {
    if (!(error instanceof SetupError)) throw error
    console.error(`\n${error.message}`)
    process.exitCode = 1
  }
}

/** Throws a SetupError unless this Node satisfies `engines.node` of package.json. */
export function checkNode(version = process.versions.node) {
  const { engines } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
  if (!satisfies(version, engines.node)) {
    throw new SetupError(
      `Jumppad needs Node ${engines.node}; this is ${version}. Install the current long-term support version from https://nodejs.org and try again.`,
    )
  }
}

/**
 * Returns whether a version satisfies a range such as "^20.19.0 || >=22.12.0". Supports only these
 * two operators.
 */
export function satisfies(version, range) {
  return range.split('||').some((part) => {
    const [, operator, least] = /^(\^|>=)([\d.]+)$/.exec(part.trim()) ?? []
    if (least === undefined) throw new Error(`Cannot read the range "${part.trim()}".`)
    const isSameMajor = version.split('.')[0] === least.split('.')[0]
    return compareVersions(version, least) >= 0 && (operator === '>=' || isSameMajor)
  })
}

/** Compares versions such as "20.19.0"; returns a negative number, zero or a positive number, for sorting. */
export function compareVersions(a, b) {
  const [left, right] = [a, b].map((version) => version.split('.').map(Number))
  const different = left.findIndex((part, index) => part !== right[index])
  return different < 0 ? 0 : left[different] - right[different]
}

/** Installs the packages of package-lock.json if they are missing or older than that file. */
export function ensurePackages() {
  const lock = join(root, 'package-lock.json')
  // npm writes this file last, so an interrupted installation is repeated.
  const installed = join(root, 'node_modules', '.package-lock.json')
  if (existsSync(installed) && modified(installed) >= modified(lock)) return
  console.log('Installing Jumppad’s packages (once; about a minute) …')
  const { status } = spawnSync('npm', ['ci', '--no-fund', '--no-audit', '--loglevel=error'], {
    cwd: root,
    stdio: 'inherit',
    shell: process.platform === 'win32',
  })
  if (status !== 0) {
    throw new SetupError(
      'npm ci did not finish: see its message above. It needs the npm registry (or a mirror in .npmrc) once.',
    )
  }
}

/** Returns the path of Chromium: $CHROMIUM_PATH, the system's, or one that it installs through apt. */
export function ensureChromium() {
  const chosen = process.env.CHROMIUM_PATH
  if (chosen) {
    if (existsSync(chosen)) return chosen
    throw new SetupError(`CHROMIUM_PATH is ${chosen}, but that file does not exist.`)
  }
  if (!existsSync(SYSTEM_CHROMIUM)) {
    installWithApt('Chromium for the browser tests', ['chromium', 'fonts-liberation'])
  }
  if (existsSync(SYSTEM_CHROMIUM)) return SYSTEM_CHROMIUM
  throw new SetupError(
    `The browser tests need Chromium, but ${SYSTEM_CHROMIUM} does not exist. Install it, or set CHROMIUM_PATH to a Chromium or Chrome.`,
  )
}

/**
 * Installs nats-server through apt if it is missing. If that is impossible, the tests that need it
 * fail with a sentence on how to install it.
 */
export function ensureNatsServer() {
  if (process.env.NATS_SERVER_PATH || has('nats-server')) return
  installWithApt('nats-server for the tests of sweeps and studies', ['nats-server'])
}

function installWithApt(purpose, packages) {
  if (!has('apt-get')) return
  const asRoot = process.getuid?.() === 0 ? [] : ['sudo', '-n']
  if (asRoot.length > 0 && !has('sudo')) return
  console.log(`Installing ${purpose} (once; apt-get) …`)
  const apt = (...options) => {
    const [command, ...rest] = [...asRoot, 'apt-get', ...options]
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
    return spawnSync(command, rest, { stdio: ['ignore', 'ignore', 'inherit'], env }).status === 0
  }
  apt('update') && apt('install', '-y', '--no-install-recommends', ...packages)
}

function has(command) {
  // Debian installs servers in folders that are not on every user's path.
  const PATH = [process.env.PATH, '/usr/local/sbin', '/usr/sbin'].join(delimiter)
  const env = { ...process.env, PATH }
  return spawnSync(command, ['--version'], { stdio: 'ignore', env }).status === 0
}

function modified(path) {
  return statSync(path).mtimeMs
}
