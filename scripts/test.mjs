// `npm test`: every check, one after another. `npm test -- unit types` runs only those named.
// Ends with a line `N passed, N failed`: tests are counted one by one, other steps as one each.

import { spawn } from 'node:child_process'
import { mkdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { checkNode, ensureChromium, ensurePackages, root, runScript, SetupError } from './setup.mjs'

const reports = join(root, '.cache', 'reports')
const tool = (...path) => join(root, 'node_modules', ...path)
const report = (name) => join(reports, `${name}.json`)

const STEPS = [
  { name: 'lint', commands: [[tool('@biomejs/biome/bin/biome'), 'check', '.']] },
  {
    name: 'layers',
    commands: [
      [
        tool('dependency-cruiser/bin/dependency-cruise.mjs'),
        'src',
        '--config',
        '.dependency-cruiser.cjs',
      ],
    ],
  },
  {
    name: 'types',
    commands: ['tsconfig.engine.json', 'tsconfig.worker.json', 'tsconfig.json'].map((project) => [
      tool('typescript/bin/tsc'),
      '-p',
      project,
    ]),
  },
  {
    name: 'unit',
    commands: [
      [
        tool('vitest/vitest.mjs'),
        'run',
        '--reporter=default',
        '--reporter=json',
        `--outputFile.json=${report('unit')}`,
      ],
    ],
    count: ({ numPassedTests, numFailedTests }) => [numPassedTests, numFailedTests],
  },
  { name: 'build', commands: [[tool('vite/bin/vite.js'), 'build', '--logLevel=warn']] },
  {
    name: 'e2e',
    needs: 'build',
    commands: [[tool('@playwright/test/cli.js'), 'test', '--reporter=list,json']],
    env: { PLAYWRIGHT_JSON_OUTPUT_FILE: report('e2e') },
    count: ({ stats }) => [stats.expected, stats.unexpected + stats.flaky],
  },
]

/** Runs one command, its output going to ours; gives back its exit code. */
function run([script, ...options], env) {
  return new Promise((done) => {
    const child = spawn(process.execPath, [script, ...options], {
      cwd: root,
      stdio: 'inherit',
      env: { ...process.env, ...env },
    })
    child.on('exit', (code) => done(code ?? 1))
    child.on('error', () => done(1))
  })
}

/** How many passed and failed; a step that ends badly without a failed test counts as one failure. */
async function runStep(step) {
  console.log(`\n━━ ${step.name}`)
  rmSync(report(step.name), { force: true })
  const codes = []
  for (const command of step.commands) codes.push(await run(command, step.env))
  const good = codes.every((code) => code === 0)
  const [passed, failed] = step.count ? countTests(step) : [good ? 1 : 0, good ? 0 : 1]
  return { passed, failed: good ? failed : Math.max(1, failed) }
}

function countTests(step) {
  try {
    return step.count(JSON.parse(readFileSync(report(step.name), 'utf8')))
  } catch {
    console.error(`${step.name} left no report of its tests; see above.`)
    return [0, 1]
  }
}

function chosenSteps(names) {
  const known = STEPS.map(({ name }) => name)
  const unknown = names.find((name) => !known.includes(name))
  if (unknown)
    throw new SetupError(`There is no step "${unknown}": choose from ${known.join(', ')}.`)
  return names.length === 0 ? STEPS : STEPS.filter(({ name }) => names.includes(name))
}

await runScript(async () => {
  const steps = chosenSteps(process.argv.slice(2))
  checkNode()
  ensurePackages()
  if (steps.some(({ name }) => name === 'e2e')) process.env.CHROMIUM_PATH = ensureChromium()
  mkdirSync(reports, { recursive: true })

  const results = new Map()
  for (const step of steps) {
    const start = performance.now()
    const blocked = step.needs && results.get(step.needs)?.failed > 0
    if (blocked) console.log(`\n━━ ${step.name}: not run, as ${step.needs} failed`)
    const counts = blocked ? { passed: 0, failed: 1 } : await runStep(step)
    results.set(step.name, { ...counts, seconds: (performance.now() - start) / 1000 })
  }

  console.log('\n━━ summary')
  let [passed, failed] = [0, 0]
  for (const [name, result] of results) {
    const { seconds } = result
    passed += result.passed
    failed += result.failed
    const mark = result.failed === 0 ? '✓' : '✗'
    console.log(
      `${mark} ${name.padEnd(7)}${String(result.passed).padStart(5)} passed${String(result.failed).padStart(5)} failed${seconds.toFixed(1).padStart(8)} s`,
    )
  }
  console.log(`\n${passed} passed, ${failed} failed`)
  process.exitCode = failed === 0 ? 0 : 1
})
