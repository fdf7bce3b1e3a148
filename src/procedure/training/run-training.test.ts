import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { finished, type OpenPlayer, playersOn } from '../../alignment/index.ts'
import { keepAgentClip } from '../../alignment/labels/index.ts'
import { outcomeTable } from '../../evaluation/index.ts'
import { HOME_MAP, type IslandMap, type World, worldOf } from '../../island/index.ts'
import type { Device } from '../../runtime/index.ts'
import { createNativeDevice } from '../../runtime-node/index.ts'
import { memoryStore } from '../store.ts'
import { clipCost } from './cost.ts'
import { islandsOf, type TrainingData, type TrainingJob } from './job.ts'
import { clipsOf } from './parts/clips.ts'
import { pathsReport } from './parts/own-play.ts'
import type { TrainingPlan } from './plan.ts'
import { referenceSeconds } from './registry.ts'
import type { CurvePoint, TrainingReport, TrainingResult } from './reports.ts'
import { runTraining } from './run-training.ts'
import {
  ALIGN,
  BEST_OF_PLAY,
  COMMON,
  CONTRASTIVE,
  DATA,
  REWARD,
  START,
  shortRecipe,
} from './testing/made-up-training.ts'

let device: Device
beforeAll(async () => {
  device = await createNativeDevice({ threads: 1 })
})
afterAll(() => device.close())

/** Request for a checkpoint after every update, besides those of the recipe. */
const ALWAYS = { checkpoint: () => true }

function jobOf(plan: TrainingPlan, more: Partial<TrainingJob> = {}): TrainingJob {
  return { plan, start: START, data: DATA, device, store: memoryStore(), control: ALWAYS, ...more }
}

interface Ran {
  readonly result: TrainingResult
  readonly reports: readonly TrainingReport[]
}

async function run(job: TrainingJob): Promise<Ran> {
  const reports: TrainingReport[] = []
  const result = await finished(runTraining(job), (report) => {
    reports.push(report)
  })
  return { result, reports }
}

let straight: Promise<Ran> | undefined
/** Returns the result of an uninterrupted `ALIGN`, run only once. */
function uninterrupted(): Promise<Ran> {
  straight ??= run(jobOf(ALIGN))
  return straight
}

/** Runs to the next unseen checkpoint or part, then abandons the training as a killed tab would. */
async function runAndKill(
  plan: TrainingPlan,
  { store, data }: Pick<TrainingJob, 'store' | 'data'>,
  seen: Set<string>,
): Promise<TrainingResult | undefined> {
  const training = runTraining(jobOf(plan, { store, data }))
  for (;;) {
    const next = await training.next()
    if (next.done === true) return next.value
    const { kind } = next.value
    if (kind !== 'checkpoint' && kind !== 'part') continue
    const { part } = next.value
    const name = `${kind} ${part} ${'step' in next.value ? next.value.step : ''}`
    if (seen.has(name)) continue
    seen.add(name)
    await training.return(undefined as never)
    return undefined
  }
}

/** Kills a training at every part and checkpoint until it ends, in one store. */
async function runInPieces(plan: TrainingPlan, data: TrainingData = DATA) {
  const store = memoryStore()
  const seen = new Set<string>()
  let result: TrainingResult | undefined
  while (result === undefined) result = await runAndKill(plan, { store, data }, seen)
  const checkpoints = [...seen].filter((name) => name.startsWith('checkpoint'))
  return { store, result, checkpoints }
}

/** Returns the points of a curve that were reported. */
function pointsOf(reports: readonly TrainingReport[], curve: string): CurvePoint[] {
  return reports.flatMap((report) =>
    report.kind === 'point' && report.curve === curve ? [report.point] : [],
  )
}

function stepsOf(reports: readonly TrainingReport[], curve: string): number[] {
  return pointsOf(reports, curve).map(({ step }) => step)
}

describe('an alignment', () => {
  it('runs all its parts and reports on each', async () => {
    const { result, reports } = await uninterrupted()
    const parts = reports.flatMap((report) => (report.kind === 'part' ? [report.part] : []))
    expect(parts).toEqual(['clips', 'reward', 'preference', 'reinforcement'])
    expect(stepsOf(reports, 'reward')).toEqual([1, 2, 3, 4])
    expect(stepsOf(reports, 'preference')).toEqual([1, 2])
    expect(stepsOf(reports, 'reinforcement')).toEqual([0, 1, 2])
    const checkpoints = reports.flatMap((report) =>
      report.kind === 'checkpoint' && report.part === 'reinforcement' ? [report.step] : [],
    )
    expect(checkpoints).toEqual([1])
    const [seen] = reports.filter((report) => report.kind === 'paths')
    expect(seen?.paths).toHaveLength(4)
    // Each of the four episodes of an update is shown and counted.
    const counted = outcomeTable(
      (seen?.paths ?? []).map(({ ending }) => ({ ending, actions: { length: 1 } })),
    )
    expect(seen?.endings).toEqual(counted.outcomes)
    expect(result.stopped).toBe('last update')
    expect(result.policy?.parameters).toHaveLength(START.parameters.length)
    expect(result.heldOut?.comparisons).toBeGreaterThan(0)
    expect(pointsOf(reports, 'rewardHeldOut').at(-1)).toMatchObject({ step: 4, ...result.heldOut })
  })

  it('produces the same result when it is killed at every part and checkpoint', async () => {
    const { result } = await uninterrupted()
    const { store, result: found, checkpoints } = await runInPieces(ALIGN)
    expect(checkpoints).toHaveLength(4)
    expect(found).toEqual(result)
    // Finished parts are not rerun, even if the tab is killed before the result was saved.
    const { reports } = await run(jobOf(ALIGN, { store }))
    expect(reports.some(({ kind }) => kind === 'point')).toBe(false)
  })
})

describe('labels of clips on other islands', () => {
  const { obstacles, jumppads } = HOME_MAP
  /** Three islands; on the last one, no jumppad is called as on the first island. */
  const islands: readonly IslandMap[] = [
    { ...HOME_MAP, obstacles: [] },
    { ...HOME_MAP, obstacles: obstacles.slice(1) },
    { ...HOME_MAP, jumppads: jumppads.map((pad) => ({ ...pad, name: `far ${pad.name}` })) },
  ]
  /** The same pairs, the first of them on one island, the second on the next, and so on. */
  const data = {
    ...DATA,
    clips: DATA.clips.map((clip, index) =>
      keepAgentClip({ ...clip, island: islands[Math.floor(index / 2) % 3] }, 'ab'.repeat(32)),
    ),
  }

  const LABELLED: TrainingPlan = {
    ...ALIGN,
    recipes: {
      ...ALIGN.recipes,
      reinforcement: { ...ALIGN.recipes.reinforcement, islands: 'labelled' },
    },
  }

  /** Returns what opens players that add the world of each of their episodes to `played`. */
  function recordedIn(played: World[]): OpenPlayer {
    const open = playersOn(device)
    return async (...policy) => {
      const player = await open(...policy)
      return {
        play: (theta, order) => {
          played.push(...order.beginnings.map(worldOf))
          return player.play(theta, order)
        },
        release: () => player.release(),
      }
    }
  }

  /** Returns the worlds of all episodes that a training with these labels plays, in order. */
  async function playedBy(plan: TrainingPlan): Promise<World[]> {
    const played: World[] = []
    const { reports } = await run(jobOf(plan, { data, openPlayer: recordedIn(played) }))
    const shown = reports.flatMap((report) => (report.kind === 'paths' ? report.paths : []))
    // The map is that of one island, whichever the episodes of an update begin with.
    expect(new Set(shown.map(({ island }) => island))).toEqual(new Set([islands[0]]))
    return played
  }

  it.each([
    ['reinforcement learning', LABELLED],
    ['best-of-play imitation', BEST_OF_PLAY],
  ])('are played on these islands in turn: %s', async (_, plan) => {
    const played = await playedBy(plan)
    const counts = islands.map(
      (island) => played.filter((world) => world === worldOf({ island })).length,
    )
    expect(counts.reduce((sum, count) => sum + count)).toBe(played.length)
    expect(Math.min(...counts)).toBeGreaterThan(0)
  })

  it('are played on the island whose clips a judge compares', async () => {
    const [map = HOME_MAP] = islands
    const labels = {
      kind: 'judge',
      wanted: 'middle',
      island: { title: 'No obstacles', map },
      ...{ comparisons: 4, noise: 0, cantTell: 0 },
    } as const
    const played: World[] = []
    // The untrained agent arrives nowhere, so the judge has nothing to prefer.
    const training = run(jobOf({ ...ALIGN, labels }, { openPlayer: recordedIn(played) }))
    await expect(training).rejects.toThrow('ties')
    expect(played).toEqual(Array.from({ length: 8 }, () => worldOf({ island: map })))
    const reinforced = { ...LABELLED, labels }
    expect(islandsOf({ plan: reinforced })).toEqual([map])
  })

  it('count an ending that the first island does not have', () => {
    const clip = data.clips.find(({ ending }) => ending.startsWith('far '))
    if (!clip) throw new Error('expected a clip that reaches a jumppad of the third island')
    const logProbabilities = new Float32Array(clip.actions.length)
    const report = pathsReport([{ ...clip, logProbabilities }], islands[2])
    expect(report).toMatchObject({ endings: { [clip.ending]: 1, left: 0 } })
  })

  it('give the same result when best-of-play imitation is killed at every checkpoint', async () => {
    const { result } = await run(jobOf(BEST_OF_PLAY, { data }))
    const { result: found } = await runInPieces(BEST_OF_PLAY, data)
    expect(found).toEqual(result)
  })

  it('are not played there where reinforcement learning is set to the first island', async () => {
    const { recipes } = ALIGN
    const plan = { ...ALIGN, preferenceFineTuning: false, recipes }
    expect(recipes.reinforcement?.islands).toBe('first')
    const { reports } = await run(jobOf(plan, { data }))
    const shown = reports.flatMap((report) => (report.kind === 'paths' ? report.paths : []))
    expect(shown.length).toBeGreaterThan(0)
    expect(shown.every(({ island }) => island === undefined)).toBe(true)
  })
})

describe('contrastive learning', () => {
  it('trains a policy alone, and gives the same result when killed at every checkpoint', async () => {
    const { result, reports } = await run(jobOf(CONTRASTIVE))
    expect(result).toMatchObject({ stopped: 'last update', reward: undefined })
    expect(result.policy?.parameters).not.toEqual(START.parameters)
    expect(stepsOf(reports, 'contrastive')).toEqual([1, 2, 3, 4])
    expect(pointsOf(reports, 'contrastive')[0]?.loss).toBeCloseTo(Math.LN2, 4)
    const measured = pointsOf(reports, 'contrastiveMeasured')
    expect(measured.map(({ step }) => step)).toEqual([1, 2, 3, 4])
    expect(measured.every(({ kl = 0 }) => kl > 0)).toBe(true)
    const [heldOut] = pointsOf(reports, 'contrastiveHeldOut')
    expect((measured[0]?.comparisons ?? 0) + (heldOut?.comparisons ?? 0)).toBe(60)
    // Its own play is measured before and after, as that of the methods that play.
    const played = pointsOf(reports, 'contrastivePlay')
    expect(played.map(({ step }) => step)).toEqual([0, 4])
    expect(Math.abs(played[0]?.kl ?? 9)).toBeLessThan(1e-4)
    expect(played[1]?.kl).toBeGreaterThan(1e-4)
    const { result: found, checkpoints } = await runInPieces(CONTRASTIVE)
    expect(checkpoints).toHaveLength(3)
    expect(found).toEqual(result)
  })
})

describe('best-of-play imitation', () => {
  it('plays in rounds, and gives the same result when killed at every checkpoint', async () => {
    const { result, reports } = await run(jobOf(BEST_OF_PLAY))
    expect(result.stopped).toBe('last update')
    expect(result.reward?.step).toBe(4)
    expect(result.policy?.parameters).not.toEqual(START.parameters)
    expect(stepsOf(reports, 'bestOfPlay')).toEqual([1, 2, 3, 4])
    // Pools are played before the first round, after it, and at the end.
    const pools = pointsOf(reports, 'bestOfPlayRounds')
    expect(pools.map(({ step, round }) => [step, round])).toEqual([
      [0, 0],
      [2, 1],
      [4, 2],
    ])
    expect(Math.abs(pools[0]?.kl ?? 9)).toBeLessThan(1e-4)
    expect(pools[2]?.kl).toBeGreaterThan(1e-4)
    const { result: found, checkpoints } = await runInPieces(BEST_OF_PLAY)
    expect(checkpoints.filter((name) => name.includes('best-of-play'))).toHaveLength(2)
    expect(found).toEqual(result)
  })
})

describe('stopping', () => {
  /** Runs `ALIGN` and requests a stop at the first report that suits. */
  async function stoppedAt(suits: (report: TrainingReport) => boolean): Promise<TrainingResult> {
    let stop = false
    const training = runTraining(jobOf(ALIGN, { control: { stop: () => stop } }))
    return finished(training, (report) => {
      if (suits(report)) stop = true
    })
  }
  const on = (curve: string) => (report: TrainingReport) =>
    report.kind === 'point' && report.curve === curve

  it('keeps the results so far, and starts no other part', async () => {
    const inClips = await stoppedAt((report) => report.kind === 'part' && report.part === 'clips')
    expect(inClips).toMatchObject({ policy: undefined, reward: undefined, stopped: 'by hand' })
    const inReward = await stoppedAt(on('reward'))
    expect(inReward).toMatchObject({ policy: undefined, stopped: 'by hand' })
    expect(inReward.reward?.step).toBe(1)
    const inPolicy = await stoppedAt(on('reinforcement'))
    expect(inPolicy.stopped).toBe('by hand')
    expect(inPolicy.policy?.parameters).not.toEqual(START.parameters)
  })
})

describe('divergence', () => {
  it('of contrastive learning ends it with the last good checkpoint', async () => {
    const { result } = await run(jobOf(CONTRASTIVE, { device: breakingAt(device, 3) }))
    expect(result).toMatchObject({ stopped: 'diverged', policy: { notes: { step: 2 } } })
    expect(result.problem).toContain('At update 3 the loss was')
  })

  it('of a reward model ends it with the last good checkpoint', async () => {
    const { result } = await run(jobOf(REWARD, { device: breakingAt(device, 3) }))
    expect(result).toMatchObject({ stopped: 'diverged', policy: undefined })
    expect(result.problem).toContain('At update 3 the loss was')
    expect(result.reward?.step).toBe(2)
    expect(result.reward?.parameters.every(Number.isFinite)).toBe(true)
  })

  it('before the first checkpoint leaves no model, and gives the reason', async () => {
    const { result } = await run(jobOf(REWARD, { device: breakingAt(device, 1) }))
    expect(result).toMatchObject({ stopped: 'diverged', policy: undefined, reward: undefined })
    expect(result.problem).toContain('At update 1 the loss was')
  })

  it('of imitation ends it with the last good checkpoint', async () => {
    const plan: TrainingPlan = {
      ...COMMON,
      kind: 'fine-tune',
      clips: { count: 10, sha256: 'cd'.repeat(32) },
      recipe: shortRecipe('imitation'),
    }
    const { result, reports } = await run(jobOf(plan, { device: breakingAt(device, 4) }))
    expect(result).toMatchObject({ stopped: 'diverged', policy: { notes: { step: 2 } } })
    expect(stepsOf(reports, 'imitation')).toEqual([1, 2, 3])
  })

  it('of a policy returns the policy from before it diverged', async () => {
    const recipes = {
      ...ALIGN.recipes,
      reinforcement: shortRecipe('reinforcement', { klLimit: 0.01, peakRate: 0.1, warmup: 0 }),
    }
    const { result } = await run(jobOf({ ...ALIGN, recipes, preferenceFineTuning: false }))
    expect(result.stopped).toBe('diverged')
    expect(result.problem).toMatch(/After update \d+, the divergence from the starting policy was/)
  })
})

/** Returns a device whose gradient norm is NaN from the n-th update of a training on. */
function breakingAt(good: Device, update: number): Device {
  let updates = 0
  return {
    ...good,
    kind: good.kind,
    name: good.name,
    lost: good.lost,
    upload: (tensor) => good.upload(tensor),
    close: () => Promise.resolve(),
    async load(model, options) {
      const program = await good.load(model, options)
      if (options?.keep?.includes('nextTheta') !== true) return program
      return {
        inputs: program.inputs,
        outputs: program.outputs,
        kept: program.kept,
        release: () => program.release(),
        async run(feeds) {
          const outputs = await program.run(feeds)
          updates++
          if (updates < update) return outputs
          const norm = { type: 'float32', shape: [], data: Float32Array.of(Number.NaN) } as const
          return { ...outputs, gradientNorm: norm }
        },
      }
    },
  }
}

describe('labels', () => {
  it('that contain too little information are refused before training', async () => {
    const data = { ...DATA, comparisons: DATA.comparisons.slice(0, 5) }
    await expect(run(jobOf(REWARD, { data }))).rejects.toThrow(/expected at least 10|are ties/)
  })

  it('of a judge are about play from the start model, which is not played again', async () => {
    const judged = { kind: 'judge', wanted: 'left', comparisons: 3, noise: 0, cantTell: 0 } as const
    const plan = {
      ...COMMON,
      kind: 'reward',
      labels: judged,
      recipe: shortRecipe('reward'),
    } as const
    const store = memoryStore()
    const reports: TrainingReport[] = []
    const training = finished(runTraining(jobOf(plan, { store })), (report) => {
      reports.push(report)
    })
    await expect(training).rejects.toThrow(/expected at least 10|are ties/)
    // Playing a clip and rendering it are parts of one unit, so that the progress never goes back.
    expect(reports[0]).toEqual({ kind: 'part', part: 'clips', unit: 'clips', of: clipsOf(judged) })
    const done = reports.flatMap((each) => (each.kind === 'progress' ? [each.done] : []))
    expect(done).toEqual(done.toSorted((a, b) => a - b))
    expect(done[0]).toBeLessThan(clipsOf(judged))
    expect(done.at(-1)).toBe(clipsOf(judged))
    const idle = { ...device, load: () => Promise.reject(new Error('nothing is to be played')) }
    await expect(run(jobOf(plan, { store, device: idle }))).rejects.toThrow(/at least 10|are ties/)
  })
})

it.each([
  [2, 1],
  [600, 300],
  [600, 20_000],
])('%i clips are counted in the estimate of %i comparisons of a judge', (count, comparisons) => {
  const labels = { kind: 'judge', wanted: 'left', comparisons, noise: 0, cantTell: 0 } as const
  const plan = { ...COMMON, kind: 'reward', labels, recipe: shortRecipe('reward') } as const
  expect(clipsOf(labels)).toBe(count)
  const { play, watch } = clipCost()
  expect(referenceSeconds(plan).clips).toBeCloseTo(count * (play + watch), 6)
})

describe('fine-tuning', () => {
  it('leaves out clips that replay differently, continues where it was stopped, and learns', async () => {
    const clips = DATA.clips
      .slice(0, 10)
      .map((clip, index) => (index === 3 ? { ...clip, stateDigest: 'f'.repeat(16) } : clip))
    const plan: TrainingPlan = {
      ...COMMON,
      kind: 'fine-tune',
      clips: { count: 10, sha256: 'cd'.repeat(32) },
      recipe: shortRecipe('imitation'),
    }
    const job = jobOf(plan, { data: { clips, comparisons: [] } })
    const { result, reports } = await run(job)
    expect(reports.find(({ kind }) => kind === 'notice')).toMatchObject({
      message: expect.stringContaining('1 of 10 clips'),
    })
    expect(stepsOf(reports, 'imitation')).toEqual([1, 2, 3, 4])
    expect(result.policy?.parameters).not.toEqual(START.parameters)
    const store = memoryStore()
    const cut = runTraining({ ...job, store })
    for (;;) {
      const next = await cut.next()
      if (next.done === true) throw new Error('it ended before its checkpoint')
      if (next.value.kind === 'checkpoint' && next.value.step === 2) break
    }
    await cut.return(undefined as never)
    expect((await run({ ...job, store })).result).toEqual(result)
  })
})
