import { execFile } from 'node:child_process'
import { cp, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'

// A rule that cannot fail protects nothing. These tests create a project that breaks every rule once,
// run the tools on it with our settings, and expect each violation to be reported.

const root = resolve(import.meta.dirname, '..')
const SETTINGS = [
  'biome.json',
  'lint',
  '.dependency-cruiser.cjs',
  'tsconfig.json',
  'tsconfig.base.json',
]

/** Runs a lint tool on a temporary project whose src/ contains `files`; resolves with its output. */
async function lintOutput(tool: string[], files: Record<string, string>): Promise<string> {
  const project = await mkdtemp(join(tmpdir(), 'jumppad-rules-'))
  try {
    for (const name of SETTINGS)
      await cp(join(root, name), join(project, name), { recursive: true })
    await symlink(join(root, 'node_modules'), join(project, 'node_modules'))
    for (const [name, text] of Object.entries(files)) {
      const path = join(project, 'src', name)
      await mkdir(dirname(path), { recursive: true })
      await writeFile(path, text)
    }
    const [script = '', ...options] = tool
    const command = [join(root, 'node_modules', script), ...options, 'src']
    return await new Promise((done) => {
      execFile(process.execPath, command, { cwd: project }, (_failure, out, err) => done(out + err))
    })
  } finally {
    await rm(project, { recursive: true, force: true })
  }
}

describe('biome', () => {
  const forbidden = {
    'island/sin.ts': 'export const x = Math.sin(1)\n',
    'island/hypot.ts': 'export const x = Math.hypot(3, 4)\n',
    'island/index.ts': "export const x = Math['exp'](1)\n",
    'players/alias.ts': 'const { cbrt } = Math\nexport const x = cbrt(8)\n',
    'players/power.ts': 'export const x = 3 ** 2\n',
    'players/assign.ts': 'let x = 3\nx **= 2\nexport const y = x\n',
    'island/random.ts': 'export const x = Math.random()\n',
    'alignment/random.ts': 'export const x = Math.random()\n',
    'lab/random.ts': 'export const x = Math.random()\n',
    'alignment/date.ts': 'export const x = Date.now()\n',
    'procedure/performance.ts': 'export const x = performance.now()\n',
    'network/crypto.ts': 'export const x = crypto.randomUUID()\n',
  }
  const allowed = {
    'island/exact.ts': 'export const x = Math.floor(Math.sqrt(Math.PI) / 2)\n',
    'island/exact.test.ts': 'export const x = Math.sin(1)\n',
    'network/sin.ts': 'export const x = Math.sin(1)\n',
    'cli/clock.ts': 'export const x = Date.now()\n',
  }
  let printed = ''
  beforeAll(async () => {
    const biome = ['@biomejs/biome/bin/biome', 'lint', '--vcs-enabled=false']
    printed = await lintOutput([...biome, '--max-diagnostics=none'], { ...forbidden, ...allowed })
  })

  it.each(Object.keys(forbidden))('rejects %s', (name) => {
    expect(printed).toContain(`src/${name}:`)
  })
  it.each(Object.keys(allowed))('accepts %s', (name) => {
    expect(printed).not.toContain(`src/${name}:`)
  })
})

describe('dependency-cruiser', () => {
  const forbidden: [from: string, target: string, rule: string][] = [
    ['island/a.ts', '../network/target.ts', 'layer-island'],
    ['graph/a.ts', '../island/target.ts', 'graph-knows-no-island'],
    ['network/a.ts', '../runtime/target.ts', 'layer-network'],
    ['evaluation/a.ts', '../storage/target.ts', 'layer-evaluation'],
    ['runtime-web/a.ts', '../alignment/target.ts', 'layer-runtime-web-from-runtime'],
    ['runtime-node/a.ts', '../runtime-web/target.ts', 'layer-runtime-node-from-runtime'],
    ['lab/a.ts', '../app/target.ts', 'layer-lab'],
    ['app/a.ts', '../runtime-node/target.ts', 'browser-without-node'],
    ['alignment/b.ts', 'node:fs', 'engine-without-host'],
    ['alignment/c.ts', 'zustand', 'engine-packages'],
    ['lab/c.ts', 'idb', 'door-idb'],
    ['app/watch/a.ts', '../label/target.ts', 'page-watch'],
    ['app/data/a.ts', '../train/target.ts', 'shared-without-pages'],
    ['procedure/a.ts', './nowhere.ts', 'unresolved'],
    ['procedure/b.ts', './b.test.ts', 'no-tests-in-production'],
    ['players/a.ts', './a.ts', 'no-cycles'],
  ]
  const files: Record<string, string> = {
    'procedure/b.test.ts': 'export {}\n',
    'procedure/fine.ts': "import '../island/target.ts'\nimport 'zod'\nexport {}\n",
  }
  for (const [from, target] of forbidden) {
    files[from] = `import '${target}'\nexport {}\n`
    if (target.endsWith('target.ts')) files[join(dirname(from), target)] = 'export {}\n'
  }
  let printed = ''
  beforeAll(async () => {
    const cruise = ['dependency-cruiser/bin/dependency-cruise.mjs', '--output-type', 'err']
    printed = await lintOutput([...cruise, '--config', '.dependency-cruiser.cjs'], files)
  }, 30_000)

  it.each(forbidden)('rejects %s → %s (%s)', (from, _target, rule) => {
    expect(printed).toContain(`error ${rule}: src/${from}`)
  })
  it('accepts an import from a parent folder', () => {
    expect(printed).not.toContain('src/procedure/fine.ts')
  })
})
