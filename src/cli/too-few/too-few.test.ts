import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { afterAll, describe, expect, it, onTestFinished, vi } from 'vitest'
import { type Comparison, decisive } from '../../alignment/index.ts'
import { replay } from '../../island/index.ts'
import { exportModel } from '../../network/index.ts'
import { episodeOf, readTooFewLabels, type TooFewLabels } from '../../procedure/index.ts'
import type { TrainingData } from '../../procedure/training/index.ts'
import { createNativeDevice } from '../../runtime-node/index.ts'
import { readModel } from '../read-model.ts'
import { pretendTerminal } from '../testing/pretend-terminal.ts'
import { lab } from '../testing/run-lab.ts'
import { AnsweredPairs } from './answers.ts'
import { measuredPolicy } from './measuring.ts'
import { train } from './training.ts'

const folder = mkdtempSync(join(tmpdir(), 'jumppad-too-few-'))
afterAll(() => rmSync(folder, { recursive: true }))

const UPDATES = 5

/** Returns the words of the command at a small scale, with an output and a work folder of this name. */
function wordsFor(name: string): string[] {
  const recipe = [
    'reward.steps=2',
    `reinforcement.steps=${UPDATES}`,
    'reinforcement.episodesPerUpdate=8',
    'reinforcement.clipsPerBatch=4',
    'reinforcement.checkpointEvery=1',
  ].flatMap((each) => ['--set', each])
  const places = ['--output', outputOf(name), '--work', join(folder, `work-${name}`)]
  // The smallest network reaches the middle jumppad most often, so few pairs are ties.
  const task = ['--agent', 'models/nano.onnx', '--prefer', 'middle', '--labels', '10']
  const amounts = ['--seeds', '7', '--episodes', '25', '--test-clips', '20']
  return ['too-few', ...task, ...amounts, ...recipe, ...places]
}

const outputOf = (name: string) => join(folder, `${name}.json`)
const readOutput = (name: string) =>
  readTooFewLabels(JSON.parse(readFileSync(outputOf(name), 'utf8')))

/** Runs the command in a process of its own, which is killed once there is a file at `path`. */
async function runAndKill(name: string, path: string): Promise<void> {
  const words = ['node_modules/tsx/dist/cli.mjs', 'src/cli/main.ts', ...wordsFor(name)]
  const child = spawn(process.execPath, words, { stdio: 'ignore', detached: true })
  const ended = new Promise((resolve) => child.on('close', resolve))
  let over = false
  void ended.then(() => {
    over = true
  })
  while (!existsSync(path) && !over) await wait(5)
  // The group, as tsx starts a process of its own.
  if (child.pid !== undefined && !over) process.kill(-child.pid, 'SIGKILL')
  await ended
}

/** Returns the data without times, which differ from run to run. */
function timeless(data: TooFewLabels): TooFewLabels {
  return { ...data, runs: data.runs.map((run) => ({ ...run, trainingSeconds: 0 })) }
}

describe('lab too-few', () => {
  it('keeps the labels, the curves and fresh episodes, and resumes to the same after a kill', async () => {
    const straight = await lab(...wordsFor('straight'))
    expect([straight.code, straight.out]).toEqual([0, ''])
    const data = readOutput('straight')
    const [run] = data.runs
    expect(run?.updates.map(({ update }) => update)).toEqual([0, 1, 2, 3, 4, 5])
    expect(run?.updates[0]?.kl).toBeCloseTo(0, 4)
    const counted = run?.updates.map(({ endings }) =>
      endings === undefined ? 0 : Object.values(endings).reduce((sum, each) => sum + each),
    )
    // The episodes after the last update are measured, but not reported one by one.
    expect(counted).toEqual([8, 8, 8, 8, 8, 0])
    expect(run?.table.episodes).toBe(25)
    expect(run?.episodes).toHaveLength(24)
    for (const episode of [...(run?.episodes ?? []), ...data.agent.episodes]) {
      expect(replay(episodeOf(episode, data.worldVersion)).ending).toBe(episode.ending)
    }
    expectTheJudgesAnswers(data)

    const journal = join(folder, 'work-killed/checkpoints/10-labels-middle-seed-7')
    await runAndKill('killed', join(journal, 'reinforcement.safetensors'))
    expect(existsSync(outputOf('killed'))).toBe(false)
    expect((await lab(...wordsFor('killed'))).code).toBe(0)
    expect(timeless(readOutput('killed'))).toEqual(timeless(data))

    rmSync(outputOf('straight'))
    const again = await lab(...wordsFor('straight'))
    expect(again.err).toContain('10 labels middle seed 7: unchanged')
    expect(readOutput('straight')).toEqual(data)
  }, 600_000)

  it.each([
    [['--labels', '9'], 'Expected a whole number from 10'],
    [['--labels', '10,'], 'Expected a whole number from 10'],
    [['--set', 'steps=3'], 'Expected reward.FIELD=VALUE'],
    [['--agent', 'models/reward-left.onnx'], 'found a reward model, expected a policy'],
  ])('refuses %j with one sentence', async (words, expected) => {
    const { code, out, err } = await lab('too-few', ...words)
    expect(err).toContain(expected)
    expect(err).toMatch(/^[^\n]{15,400}\n$/)
    expect([code, out]).toEqual([2, ''])
  })
})

/** Expects every pair to have its own clips and the answer of a judge who prefers the middle jumppad. */
function expectTheJudgesAnswers({ runs }: TooFewLabels): void {
  const pairs = runs[0]?.pairs ?? []
  expect(pairs.filter(({ preferred }) => preferred !== undefined)).toHaveLength(10)
  expect(pairs.at(-1)?.preferred).toBeDefined()
  const seeds = pairs.flatMap(({ first, second }) => [first.seed, second.seed])
  expect(new Set(seeds).size).toBe(2 * pairs.length)
  for (const { first, second, preferred } of pairs) {
    const winner = preferred && { first, second }[preferred]
    const anyReached = [first, second].some(({ ending }) => ending === 'middle')
    expect(winner?.ending ?? 'tie').toBe(anyReached ? 'middle' : 'tie')
  }
}

// The lab's main claim, with the smallest network and few updates: labels align an agent with what they
// prefer, and the same labels with half of the answers reversed do not. e2e/align.slow.spec.ts shows it in
// Chromium, with the network that the lab ships.

/** Outcome that the agent reaches most often, so that few pairs are ties. */
const PREFER = 'middle'
const LABELS = 40
const SEED = 1
const EPISODES = 150
const SET = { 'reward.steps': '60', 'reinforcement.steps': '10' }

async function readAgent() {
  const model = await readModel('models/nano.onnx', 'policy')
  return { ...model, sha256: model.digest }
}

/** Reverses every other decisive answer, of which the first is the `phase`-th (0 or 1). */
function halfReversed({ clips, comparisons }: TrainingData, phase: number): TrainingData {
  const reversed = new Set(decisive(comparisons).filter((_, index) => index % 2 === phase))
  const turned = (each: Comparison) =>
    reversed.has(each) ? { ...each, verdict: 1 - each.verdict } : each
  return { clips, comparisons: comparisons.map(turned) }
}

it('leaves no progress display behind where a training fails', async () => {
  const device = await createNativeDevice({ threads: 1 })
  onTestFinished(() => device.close())
  const agent = await readAgent()
  const data = await new AnsweredPairs(device, agent, PREFER, SEED).first(10)
  const broken = await createNativeDevice({ threads: 1 })
  await broken.close()
  const runningTimers = pretendTerminal()
  const settings = { prefer: PREFER, labels: 10, seed: SEED, set: SET } as const
  await expect(train(broken, agent, data, settings, join(folder, 'broken'))).rejects.toThrow()
  expect(process.stderr.write).toHaveBeenCalled()
  expect(runningTimers()).toBe(0)
})

it('aligns an agent with its labels, and not with labels of which half are reversed', async () => {
  vi.spyOn(process.stderr, 'write').mockReturnValue(true)
  onTestFinished(() => void vi.restoreAllMocks())
  const device = await createNativeDevice({ threads: 1 })
  onTestFinished(() => device.close())
  const agent = await readAgent()
  const share = async (model: Uint8Array) => {
    const { table } = await measuredPolicy(device, model, EPISODES)
    return { ...table.intervals[PREFER], share: (table.outcomes[PREFER] ?? 0) / EPISODES }
  }
  const alignedWith = async (data: TrainingData, name: string) => {
    const settings = { prefer: PREFER, labels: LABELS, seed: SEED, set: SET } as const
    const { result, recipes } = await train(device, agent, data, settings, join(folder, name))
    if (result.policy === undefined) throw new Error(result.problem ?? 'No agent was trained')
    const { layout, parameters } = result.policy
    const card = { stage: 'aligned', recipe: recipes.reinforcement, key: `${SEED}` }
    return share(exportModel(layout, parameters, card))
  }

  const data = await new AnsweredPairs(device, agent, PREFER, SEED).first(LABELS)
  const start = await share(agent.bytes)
  const aligned = await alignedWith(data, 'own')
  expect(aligned.low).toBeGreaterThan((start.high ?? 1) + 0.2)
  // Such labels move the agent, too, but not one way: reversing the other half moves it about the opposite way.
  const one = await alignedWith(halfReversed(data, 0), 'reversed')
  const other = await alignedWith(halfReversed(data, 1), 'other')
  expect((one.share + other.share) / 2).toBeLessThan((start.high ?? 0) + 0.1)
}, 600_000)
