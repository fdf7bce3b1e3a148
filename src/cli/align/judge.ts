import { RewardModel, rewardAccuracy } from '../../alignment/index.ts'
import { type Outcome, rootKey, splitKey } from '../../island/index.ts'
import { createNativeDevice } from '../../runtime-node/index.ts'
import { readModel } from '../read-model.ts'
import { decisiveLabels, Pools } from './pools.ts'

export interface JudgeOptions {
  readonly prefer: Outcome
  readonly comparisons: number
  readonly seed: number
  /** Path of the policy whose episodes are compared. */
  readonly agent: string
  readonly json: boolean
}

/** Maximum number of clips from which fresh comparisons are drawn. */
const MOST_CLIPS = 400

/** JSON object printed by `judge --json`. */
interface JudgeResult {
  readonly reward: string
  readonly agent: string
  readonly prefer: Outcome
  readonly seed: number
  /** Share of decisive comparisons in which the preferred clip has the higher reward, 0 to 1. */
  readonly accuracy: number
  /** Number of decisive comparisons. */
  readonly comparisons: number
  readonly ties: number
}

/**
 * Measures the accuracy of a reward model on fresh comparisons of an agent's episodes. Throws a
 * `UsageError` if none of them prefers a clip.
 */
export async function judge(path: string, options: JudgeOptions): Promise<void> {
  const { prefer, seed, comparisons: asked } = options
  const reward = await readModel(path, 'reward')
  const agent = await readModel(options.agent, 'policy')
  const device = await createNativeDevice()
  try {
    const count = Math.min(MOST_CLIPS, Math.max(2 * asked, 2))
    const clips = await new Pools(device, agent).clips('test', seed, count)
    const key = splitKey(rootKey(seed), 'reporting', 'judge', prefer)
    const labels = decisiveLabels(clips, prefer, asked, key)
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
