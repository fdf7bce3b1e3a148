import { RewardModel, rewardAccuracy } from '../../alignment/index.ts'
import { type Outcome, rootKey, splitKey } from '../../island/index.ts'
import { importModel } from '../../network/index.ts'
import { createNativeDevice } from '../../runtime-node/index.ts'
import { oneSentence, UsageError } from '../errors.ts'
import { readModelFile } from '../evaluate.ts'
import { label, Pools } from './pools.ts'

export interface JudgeOptions {
  readonly prefer: Outcome
  readonly comparisons: number
  readonly seed: number
  /** The policy whose play is compared. */
  readonly agent: string
  readonly json: boolean
}

/** Clips that fresh comparisons are drawn from, at most. */
const MOST_CLIPS = 400

/** What `judge --json` prints. */
interface JudgeResult {
  readonly reward: string
  readonly agent: string
  readonly prefer: Outcome
  readonly seed: number
  /** Share of the decisive comparisons whose preferred clip has the higher reward. */
  readonly accuracy: number
  /** Decisive comparisons. */
  readonly comparisons: number
  readonly ties: number
}

async function readModel(path: string, head: 'policy' | 'reward') {
  const bytes = await readModelFile(path)
  try {
    const model = importModel(bytes)
    if (model.layout.head === head) return model
    throw new Error(`found a ${model.layout.head} model, expected a ${head} model`)
  } catch (error) {
    throw new UsageError(`${path}: ${oneSentence(error)}`)
  }
}

/** Measures a reward model's file on fresh comparisons of an agent's play. */
export async function judge(path: string, options: JudgeOptions): Promise<void> {
  const { prefer, seed, comparisons: asked } = options
  const reward = await readModel(path, 'reward')
  const agent = await readModel(options.agent, 'policy')
  const device = await createNativeDevice()
  try {
    const count = Math.min(MOST_CLIPS, Math.max(2 * asked, 2))
    const clips = await new Pools(device, agent).clips('test', seed, count)
    const key = splitKey(rootKey(seed), 'reporting', 'judge', prefer)
    const labels = label(clips, prefer, asked, key)
    const model = await RewardModel.create(device, reward.layout, reward.parameters)
    const { accuracy, comparisons } = rewardAccuracy(await model.rewards(clips), labels.comparisons)
    await model.release()
    const { ties } = labels
    print(
      { reward: path, agent: options.agent, prefer, seed, accuracy, comparisons, ties },
      options,
    )
  } finally {
    await device.close()
  }
}

function print(result: JudgeResult, { json }: JudgeOptions): void {
  const { reward, prefer, accuracy, comparisons, ties } = result
  const text = `${reward}: right in ${(100 * accuracy).toFixed(1)} % of ${comparisons} decisive comparisons for ${prefer}; ${ties} ties\n`
  process.stdout.write(json ? `${JSON.stringify(result)}\n` : text)
}
