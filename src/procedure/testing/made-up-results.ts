/** Synthetic results with the size and spread of real ones, for tests and previews. */
import { type OutcomeTable, outcomeTable, type StyleWish } from '../../evaluation/index.ts'
import {
  type Ending,
  type JumppadName,
  type Key,
  RandomStream,
  rootKey,
  type StartKind,
  splitKey,
  TRAINED_ON,
  WORLD_VERSION,
} from '../../island/index.ts'
import { playEpisode } from '../../players/index.ts'
import type {
  AblationResult,
  AgentResult,
  EpisodeRecord,
  IslandsResult,
  MethodResult,
  ReinforcementResult,
  Results,
  RewardModelResult,
  RewardRun,
  UpdateResult,
  VarietyResult,
  WishResult,
} from '../index.ts'
import { MAIN_LINE, recordOf } from '../index.ts'

const KEY = rootKey(7)
const JUMPPADS: readonly JumppadName[] = ['left', 'right', 'middle']

type Counts = Readonly<Record<Ending, number>>

/** Returns the outcome table of episodes that ended this often in each way. */
export function tableOf(counts: Counts) {
  const ends = Object.entries(counts).flatMap(([ending, count]) =>
    Array.from({ length: count }, () => ({
      ending: ending as Ending, // the keys of Counts
      actions: { length: ending === 'none' ? 100 : 64 },
    })),
  )
  return outcomeTable(ends)
}

function agent(stage: string, seed: number, counts: Counts, start: StartKind = 'spawn') {
  const made: AgentResult = {
    stage,
    seed,
    start,
    table: tableOf(counts),
    recipe: { peakRate: 3e-4 },
    trainingSeconds: stage === 'base' ? 2040 : 95,
  }
  return seed === 1 && start === 'spawn' ? { ...made, file: `${stage}.onnx` } : made
}

/**
 * Returns outcome counts of 1,000 episodes: `wanted` reached `jumppad`, a third of the rest another
 * one, and the others none.
 */
function aligned(jumppad: JumppadName, wanted: number): Counts {
  const rest = 1000 - wanted
  const counts = { none: 0, left: 0, middle: 0, right: 0, [jumppad]: wanted }
  const other = jumppad === 'middle' ? 'right' : 'middle'
  counts[other] = Math.round(rest / 3)
  counts.none = rest - counts[other]
  return counts
}

function agents(): AgentResult[] {
  const recovery = (stage: string, seed: number, reached: readonly number[]): AgentResult[] =>
    (['facing-backwards', 'side-platform', 'past-jumppads'] as const).map((start, index) => {
      const none = 300 - (reached[index] ?? 0)
      return agent(stage, seed, { none, left: 40, middle: 260 - none, right: 0 }, start)
    })
  return [
    agent('base', 1, { none: 475, left: 95, middle: 345, right: 85 }),
    agent('fine-tuned', 1, { none: 120, left: 285, middle: 330, right: 265 }),
    agent('fine-tuned', 2, { none: 151, left: 240, middle: 361, right: 248 }),
    agent('scratch', 1, { none: 402, left: 160, middle: 230, right: 208 }),
    ...recovery('fine-tuned', 1, [140, 96, 181]),
    ...recovery('fine-tuned', 2, [131, 88, 190]),
    ...recovery('scratch', 1, [61, 52, 70]),
    ...JUMPPADS.flatMap((jumppad) =>
      [1, 2, 3].flatMap((seed) => [
        agent(`preference-${jumppad}`, seed, aligned(jumppad, 720 - 40 * seed)),
        agent(`aligned-${jumppad}`, seed, aligned(jumppad, 987 - 9 * seed)),
      ]),
    ),
  ]
}

/** Returns episodes of scripted players from a spawn that ended in one of the given ways. */
export function madeUpEpisodes(
  stage: string,
  endings: readonly Ending[],
  count: number,
): EpisodeRecord[] {
  const found: EpisodeRecord[] = []
  for (let index = 0; found.length < count; index++) {
    const episode = playEpisode(splitKey(KEY, stage, index))
    if (episode.start === 'spawn' && endings.includes(episode.ending)) {
      found.push(recordOf(episode, episode.ending))
    }
  }
  return found
}

function rewardModel(wanted: JumppadName, seed: number): RewardModelResult {
  const random = new RandomStream(splitKey(KEY, 'reward', wanted, seed))
  const bins = (mean: number, clips: number): number[] => {
    const counts = new Array<number>(20).fill(0)
    for (let clip = 0; clip < clips; clip++) {
      const bin = Math.max(0, Math.min(19, Math.floor(10 + 4 * (mean + 0.5 * random.normal()))))
      counts[bin] = (counts[bin] ?? 0) + 1
    }
    return counts
  }
  const level = (ending: Ending): number => (ending === wanted ? 1.5 : -0.8)
  return {
    wanted,
    seed,
    trainingComparisons: 900,
    recipe: { peakRate: 1e-3 },
    trainingSeconds: 140,
    test: { accuracy: 0.951 - 0.004 * seed, comparisons: 1840 },
    equalLength: { accuracy: 0.903 - 0.006 * seed, comparisons: 412 },
    calibration: Array.from({ length: 10 }, (_, bin) => ({
      predicted: (bin + 0.5) / 10,
      observed: Math.max(0, Math.min(1, (bin + 0.5) / 10 + 0.05 * random.normal())),
      comparisons: bin === 0 || bin === 9 ? 600 : 60,
    })),
    histogram: {
      edges: Array.from({ length: 21 }, (_, index) => -2.5 + index / 4),
      none: bins(-1.2, 120),
      left: bins(level('left'), 280),
      middle: bins(level('middle'), 330),
      right: bins(level('right'), 270),
    },
  }
}

function reinforcement(wanted: JumppadName, seed: number, variant: string): ReinforcementResult {
  const quick = variant === MAIN_LINE
  const random = new RandomStream(splitKey(KEY, variant, wanted, seed))
  const updates = Array.from({ length: quick ? 24 : 60 }, (_, update): UpdateResult => {
    const way = 1 - Math.exp(-update / (quick ? 6 : 25))
    const start = quick ? 0.68 : 0.3
    const preference = start + (0.98 - start) * way + 0.02 * random.normal()
    return {
      update,
      reward: 2.2 * way + 0.08 * random.normal(),
      preference: Math.max(0, Math.min(1, preference - (way > 0.88 ? 2 * (way - 0.88) : 0))),
      kl: (quick ? 16 : 30) * way * way,
      entropy: 1.9 - 0.5 * way,
      length: 78 - 14 * way,
    }
  })
  const stopped = quick ? 'converged' : seed === 2 ? 'diverged' : 'last update'
  return { wanted, seed, variant, episodesPerUpdate: 128, stopped, updates, trainingSeconds: 840 }
}

const VARIANTS = [
  { variant: MAIN_LINE, varied: 'nothing' },
  { variant: 'without preference fine-tuning', varied: 'preference fine-tuning' },
  { variant: 'without fine-tuning', varied: 'start' },
] as const

function ablations(): AblationResult[] {
  return VARIANTS.flatMap((ablated, index) =>
    (['left', 'right'] as const).flatMap((wanted) =>
      [1, 2].map((seed): AblationResult => {
        const made = {
          ...ablated,
          ...{ wanted, seed },
          trials: [1e-3, 3e-3].map((rate) => ({ rate, reward: 100 * rate })),
          rate: 3e-3,
          updateCap: 60,
          updates: 24 + 18 * index,
          rewardComparisons: 900,
          decisive: 400,
          rewardAccuracy: 0.94,
          table: tableOf(aligned(wanted, 982 - 4 * seed - 190 * index)),
          trainingSeconds: 600 + 300 * index,
        }
        return index === 2
          ? { ...made, pretrainingUpdates: 2500 }
          : { ...made, updatesToNinety: 8 + seed + 20 * index }
      }),
    ),
  )
}

/** Returns an outcome table as on an island without a left jumppad. */
function without({ outcomes: { left = 0, none = 0, ...outcomes }, ...table }: OutcomeTable) {
  return { ...table, outcomes: { ...outcomes, none: none + left } }
}

/** Returns the fine-tuned and an aligned agent on two islands; the second one has no left jumppad. */
function islands(): IslandsResult {
  const tuned = tableOf({ none: 120, left: 285, middle: 330, right: 265 })
  const left = tableOf(aligned('left', 960))
  const test = { accuracy: 0.9, comparisons: 500 }
  const byEnding = { none: { clips: 100, mean: -0.5 }, middle: { clips: 300, mean: 0.25 } }
  return {
    policies: [
      { island: 'home', stage: 'fine-tuned', table: tuned },
      { island: 'home', stage: 'aligned-left', table: left },
      { island: 'no-left', stage: 'fine-tuned', table: without(tuned) },
      { island: 'no-left', stage: 'aligned-left', table: without(left) },
    ],
    rewards: [
      { island: 'home', wanted: 'left', test, byEnding },
      { island: 'no-left', wanted: 'left', byEnding },
    ],
  }
}

/** Returns agents of two wishes; with the second, one of two seeds no longer arrives. */
function wishes(): WishResult[] {
  const mean = (value: number) => ({
    mean: value,
    interval: { low: value - 0.5, high: value + 0.5 },
    count: 300,
  })
  const [before, after] = madeUpEpisodes('fine-tuned', ['left', 'middle'], 2)
  const run = (wish: StyleWish, seed: number, arrived: number): WishResult => ({
    ...{ wish, start: 'fine-tuned', seed, comparisons: 200, stopped: 'last update' },
    test: { accuracy: 0.8, comparisons: 700 },
    kl: 40 + seed,
    table: {
      before: tableOf({ none: 100, left: 100, middle: 120, right: 80 }),
      after: tableOf({ none: 400 - arrived, left: arrived, middle: 0, right: 0 }),
    },
    style: {
      before: mean(5),
      ...(arrived > 0 && { after: mean(4 + seed), difference: mean(seed - 1) }),
    },
    ...(seed === 1 && before && after && { example: { before, after } }),
    changes: { 'reinforcement.klWeight': 0.01 },
    trainingSeconds: 100,
  })
  const [slow, turning] = [
    { measure: 'pace', direction: 'less' },
    { measure: 'turning', direction: 'more' },
  ] as const
  return [run(slow, 1, 300), run(slow, 2, 340), run(turning, 1, 380), run(turning, 2, 0)]
}

/**
 * Returns agents that played on one island or on several, the shipped one and some that were pre-trained
 * on several; the last island has no left jumppad.
 */
function variety(): VarietyResult[] {
  return [undefined, ...TRAINED_ON].flatMap((pretrained) =>
    TRAINED_ON.flatMap((played, index) =>
      [1, 2, 3].map((seed) => ({
        ...{ played, wanted: 'left', seed, comparisons: 200, stopped: 'last update' },
        ...(pretrained && {
          agent: {
            ...{ size: 'nano', islands: pretrained, pretrainingUpdates: 5000 },
            tables: playedThere(pretrained === 'several' ? 60 : 5, seed),
          },
        }),
        tables: playedThere(20 + 100 * index, seed),
        changes: {},
        trainingSeconds: 100,
      })),
    ),
  )
}

function playedThere(left: number, seed: number): VarietyResult['tables'] {
  return {
    home: tableOf({ none: 10 * seed, left: 200 - 10 * seed, middle: 0, right: 0 }),
    'bent-east': tableOf({ none: 200 - left, left, middle: 0 }),
    'no-left': without(tableOf({ none: 100, left: 0, middle: 100, right: 0 })),
  }
}

/** Returns methods by number of labels: the fewer labels and the later the method, the worse. */
function methods(): MethodResult[] {
  return ['align', 'best-of-play', 'contrastive'].flatMap((method, later) =>
    (['left', 'right'] as const).flatMap((wanted) =>
      [50, 1000].flatMap((decisive) =>
        [1, 2, 3].map(
          (seed): MethodResult => ({
            ...{ method, wanted, seed, decisive },
            asked: 2 * decisive + seed,
            stopped: 'last update',
            table: tableOf(aligned(wanted, 900 + decisive / 50 - 200 * later - 10 * seed)),
            kl: 40 - 10 * later + seed,
            trainingSeconds: 200 - 60 * later + seed,
          }),
        ),
      ),
    ),
  )
}

function rewardRuns(key: Key): RewardRun[] {
  const random = new RandomStream(key)
  const sizes = [20, 50, 100, 200, 500, 1000]
  return (['agent', 'random'] as const).flatMap((encoder) =>
    (['trained', 'frozen'] as const).flatMap((trunk) =>
      sizes.flatMap((comparisons, index) =>
        [1, 2, 3, 4].map((seed): RewardRun => {
          const base = encoder === 'agent' ? 0.74 : 0.56
          const slope = trunk === 'trained' ? 0.045 : 0.025
          const accuracy = Math.min(1, base + slope * index + 0.025 * random.normal())
          return {
            encoder,
            trunk,
            comparisons,
            seed,
            rate: trunk === 'trained' ? 3e-4 : 1e-2,
            test: { accuracy, comparisons: 1840 },
            equalLength: { accuracy: accuracy - 0.06, comparisons: 412 },
          }
        }),
      ),
    ),
  )
}

/** Returns results with all parts and `episodesEach` trajectories per stage. */
export function madeUpResults(episodesEach: number): Results {
  const path = (stage: string, endings: readonly Ending[]) => ({
    stage,
    episodes: madeUpEpisodes(stage, endings, episodesEach),
  })
  const runs = rewardRuns(splitKey(KEY, 'runs'))
  return {
    version: 1,
    worldVersion: WORLD_VERSION,
    size: 'small',
    machine: '2 cores of AMD EPYC, Node 20.20.2',
    agents: agents(),
    trajectories: [
      path('base', ['none', 'left', 'middle', 'right']),
      path('fine-tuned', ['left', 'middle', 'right']),
      ...JUMPPADS.map((jumppad) => path(`preference-${jumppad}`, [jumppad, 'middle'])),
      ...JUMPPADS.map((jumppad) => path(`aligned-${jumppad}`, [jumppad])),
    ],
    labels: JUMPPADS.map((wanted) => ({
      wanted,
      clips: 2000,
      asked: 1600,
      decisive: 900,
      ties: 700,
      cantTell: 0,
    })),
    rewardModels: JUMPPADS.flatMap((wanted) => [1, 2, 3].map((seed) => rewardModel(wanted, seed))),
    reinforcement: JUMPPADS.flatMap((wanted) => [
      ...[1, 2, 3].map((seed) => reinforcement(wanted, seed, VARIANTS[0].variant)),
      ...[1, 2, 3].map((seed) => reinforcement(wanted, seed, VARIANTS[1].variant)),
    ]),
    gallery: [],
    ablations: ablations(),
    methods: methods(),
    islands: islands(),
    wishes: wishes(),
    variety: variety(),
    rewardRuns: {
      runs,
      trials: runs.flatMap(({ encoder, trunk, comparisons, rate, seed }) =>
        seed === 1
          ? [rate / 3, rate, rate * 3].map((tried) => ({
              encoder,
              trunk,
              comparisons,
              rate: tried,
              accuracy: tried === rate ? 0.9 : 0.86,
            }))
          : [],
      ),
    },
    wallClock: { pretrain: 2040, finetune: 31, align: 4620, ablate: 12_400 },
  }
}
