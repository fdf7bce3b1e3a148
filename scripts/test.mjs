// `npm test`: runs all checks. `npm test -- unit types` runs only those named, `npm test -- unit
// heatmap` one file. Ends with a line `N passed, N failed`: tests are counted individually, other
// steps as one.

import { spawn } from 'node:child_process'
import { mkdirSync, readFileSync, rmSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { dirname } from 'node:path'
import {
  checkNode,
  ensureChromium,
  ensureNatsServer,
  ensurePackages,
  root,
  runScript,
} from './setup.mjs'
import { chooseSteps, reportFile } from './steps.mjs'

/** Runs one command. Its output is streamed, or returned if it would interleave with that of others. */
function run({ words, env }, filters, captures) {
  const [script, ...options] = words
  return new Promise((done) => {
    let output = ''
    const child = spawn(process.execPath, [script, ...options, ...filters], {
      cwd: root,
      stdio: captures ? ['ignore', 'pipe', 'pipe'] : 'inherit',
      env: { ...process.env, ...env },
    })
    const keep = (data) => {
      output += data
    }
    child.stdout?.on('data', keep)
    child.stderr?.on('data', keep)
    child.on('close', (code) => done({ code: code ?? 1, output }))
    child.on('error', (error) => done({ code: 1, output: String(error) }))
  })
}

/** Runs a step and returns its counts; a step that fails without a failed test counts as one failure. */
async function runStep(step, filters, captures) {
  const begun = performance.now()
  if (!captures) console.log(`\n━━ ${step.name}: ${step.title}`)
  const reports = step.count ? step.commands.map(({ name }) => reportFile(name)) : []
  for (const report of reports) rmSync(report, { force: true })
  const results = []
  for (const command of step.commands) {
    results.push(await run(command, step.takesFilters ? filters : [], captures))
  }
  if (captures) {
    const output = results.map((result) => result.output).join('')
    console.log(`\n━━ ${step.name}: ${step.title}\n${output.trim()}`)
  }
  const good = results.every(({ code }) => code === 0)
  const counts = step.count
    ? reports.map((report) => countTests(step, report))
    : [[good ? 1 : 0, good ? 0 : 1]]
  const [passed, failed] = [0, 1].map((side) => counts.reduce((sum, count) => sum + count[side], 0))
  return {
    passed,
    failed: good ? failed : Math.max(1, failed),
    seconds: (performance.now() - begun) / 1000,
  }
}

function countTests(step, report) {
  try {
    return step.count(JSON.parse(readFileSync(report, 'utf8')))
  } catch {
    console.error(`${step.name} wrote no test report: see its output above.`)
    return [0, 1]
  }
}

/** Runs steps that use one core each, with as many in parallel as there are cores. */
async function runSideBySide(steps, onResult) {
  const waiting = [...steps]
  const work = async () => {
    for (let step = waiting.shift(); step; step = waiting.shift()) {
      onResult(step, await runStep(step, [], true))
    }
  }
  await Promise.all(Array.from({ length: availableParallelism() }, work))
}

async function runAll(steps, filters) {
  const results = new Map()
  const keep = (step, result) => results.set(step.name, result)
  const together = steps.filter(({ sideBySide }) => sideBySide)
  if (together.length > 0) {
    console.log(`Running ${together.map(({ name }) => name).join(', ')} in parallel …`)
    await runSideBySide(together, keep)
  }
  const runOne = async (step, captures) => {
    if (step.needs && results.get(step.needs)?.failed > 0) {
      console.log(`\n━━ ${step.name}: not run, because ${step.needs} failed`)
      keep(step, { passed: 0, failed: 1, seconds: 0 })
    } else keep(step, await runStep(step, filters, captures))
  }
  const waiting = steps.filter(({ sideBySide }) => !sideBySide)
  for (let step = waiting.shift(); step; step = waiting.shift()) {
    const next = waiting[0]?.name === step.alongside ? waiting.shift() : undefined
    if (next === undefined) await runOne(step, false)
    else {
      console.log(`\nRunning ${step.name} and ${next.name} at once …`)
      await Promise.all([step, next].map((each) => runOne(each, true)))
    }
  }
  return steps.map(({ name }) => ({ name, ...results.get(name) }))
}

await runScript(async () => {
  const { steps, filters } = chooseSteps(process.argv.slice(2))
  const begun = performance.now()
  checkNode()
  ensurePackages()
  if (steps.some(({ needsChromium }) => needsChromium)) {
    process.env.CHROMIUM_PATH = ensureChromium()
  }
  if (steps.some(({ needsNats }) => needsNats)) ensureNatsServer()
  mkdirSync(dirname(reportFile('any')), { recursive: true })
  const setUp = (performance.now() - begun) / 1000

  const results = await runAll(steps, filters)
  console.log(`\n━━ summary, after ${setUp.toFixed(1)} s of set-up`)
  for (const { name, passed, failed, seconds } of results) {
    const mark = failed === 0 ? '✓' : '✗'
    console.log(
      `${mark} ${name.padEnd(7)}${String(passed).padStart(5)} passed${String(failed).padStart(5)} failed${seconds.toFixed(1).padStart(8)} s`,
    )
  }
  const [passed, failed] = ['passed', 'failed'].map((side) =>
    results.reduce((sum, result) => sum + result[side], 0),
  )
  console.log(`\n${passed} passed, ${failed} failed`)
  process.exitCode = failed === 0 ? 0 : 1
})
