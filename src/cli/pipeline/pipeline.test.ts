import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { replay } from '../../island/index.ts'
import { importModel } from '../../network/index.ts'
import { episodeOf, readManifest, readResults } from '../../procedure/index.ts'

const folder = mkdtempSync(join(tmpdir(), 'jumppad-pipeline-'))
afterAll(() => rmSync(folder, { recursive: true }))

const output = join(folder, 'models')

/** Runs the `nano` pipeline; resolves to its exit code and standard error. */
function runPipeline(): Promise<{ code: number | null; told: string }> {
  const words = ['pipeline', '--size', 'nano', '--output', output, '--work', join(folder, 'work')]
  const child = spawn(process.execPath, [
    'node_modules/tsx/dist/cli.mjs',
    'src/cli/main.ts',
    ...words,
  ])
  let told = ''
  child.stderr.on('data', (data: Buffer) => {
    told += data.toString()
  })
  return new Promise((resolve) => child.on('close', (code) => resolve({ code, told })))
}

const json = (file: string): unknown => JSON.parse(readFileSync(join(output, file), 'utf8'))

it('runs every stage at a small size, publishes the results, and makes nothing twice', async () => {
  const first = await runPipeline()
  expect(first.told).not.toContain('unchanged')
  expect(first.code).toBe(0)

  const entries = readManifest(json('manifest.json'))
  expect(entries.map(({ file }) => file).sort()).toEqual([
    'aligned-left.onnx',
    'base.onnx',
    'fine-tuned.onnx',
    'preference-left.onnx',
    'reward-left.onnx',
    'scratch.onnx',
  ])
  for (const { file, stage, parameters } of entries) {
    const model = importModel(new Uint8Array(readFileSync(join(output, file))))
    expect(model.card.stage).toBe(stage)
    expect(model.parameters.length).toBe(parameters)
    expect(model.layout.head).toBe(stage.startsWith('reward') ? 'reward' : 'policy')
  }

  const results = readResults(json('results.json'))
  const [labels] = results.labels
  expect(labels?.asked).toBe(80)
  expect((labels?.decisive ?? 0) + (labels?.ties ?? 0)).toBe(80)
  // Four updates, plus the final evaluation rollout.
  expect(results.reinforcement[0]?.updates.length).toBe(5)
  expect(results.reinforcement[0]?.updates[0]?.kl).toBeCloseTo(0, 4)
  for (const { table } of results.agents) {
    const counts = Object.values(table.outcomes)
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(table.episodes)
  }
  for (const { episode } of results.gallery) {
    expect(replay(episodeOf(episode, results.worldVersion)).ending).toBe(episode.ending)
  }

  const second = await runPipeline()
  expect(second.code).toBe(0)
  expect(second.told).not.toMatch(/Training|Reward model|learning,/)
  expect({ ...readResults(json('results.json')), wallClock: {} }).toEqual({
    ...results,
    wallClock: {},
  })
}, 600_000)
