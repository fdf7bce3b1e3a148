import {
  type Comparison,
  type ContrastiveRecipe,
  contrastiveLoss,
  contrastiveScores,
  divergence,
  type Ended,
  type LoopControl,
  logitsOf,
  type PairReport,
  type RewardScores,
  relay,
  rewardAccuracy,
  type SeenClip,
  trainContrastive,
  withStreams,
} from '../alignment/index.ts'
import type { Key } from '../island/index.ts'
import { partOf, upperLayout, withPart } from '../network/index.ts'
import type { Device } from '../runtime/index.ts'
import { readCheckpoint, writeCheckpoint } from './checkpoint.ts'
import type { NetworkParameters } from './play.ts'
import type { Store } from './store.ts'

export interface ContrastiveJob {
  readonly device: Device
  /** Policy that the training starts from, and to which scores are relative. */
  readonly agent: NetworkParameters
  readonly recipe: ContrastiveRecipe
  readonly key: Key
  readonly clips: readonly SeenClip[]
  readonly comparisons: readonly Comparison[]
  /** Comparisons of those clips that training does not use. */
  readonly heldOut?: readonly Comparison[]
  /** Stage, recipe, key and data in one text; only a checkpoint with the same text is resumed. */
  readonly identity: string
  readonly store: Store
  readonly control?: LoopControl | undefined
}

/** Measurement of a policy on the labelled clips. */
interface ContrastiveMeasurement {
  /** Share of decisive comparisons learnt from whose preferred clip has the higher score. */
  readonly training: RewardScores
  /** The same for held-out comparisons, with their mean loss; undefined if there are none. */
  readonly heldOut: (RewardScores & { readonly loss: number }) | undefined
  /**
   * KL divergence KL(π ‖ π_start) over the decisions of the clips, nats per clip. It underestimates that
   * of the policy's own play, which leads to other situations.
   */
  readonly kl: number
}

export type ContrastiveReport =
  | PairReport
  | {
      readonly kind: 'measurement'
      readonly step: number
      readonly measured: ContrastiveMeasurement
    }

export interface ContrastiveResult extends Ended {
  readonly parameters: Float32Array
  readonly step: number
}

export const CONTRASTIVE_CHECKPOINT = 'contrastive.safetensors'

/**
 * Runs contrastive preference learning, resuming from the last checkpoint where there is one; measures
 * the policy at every checkpoint and at the end. The checkpoint stays in the store; the caller removes it
 * once the result is safely stored. After a divergence the result is the policy at the last checkpoint
 * or, with step 0, the one before training.
 */
export async function* runContrastive(
  job: ContrastiveJob,
): AsyncGenerator<ContrastiveReport, ContrastiveResult> {
  const { device, agent, recipe, store, identity } = job
  const from = (await readCheckpoint(store, CONTRASTIVE_CHECKPOINT, identity))?.snapshot
  const layout = upperLayout(agent.layout, recipe.layers)
  const initial = partOf(layout, agent.layout, agent.parameters)
  const clips = await withStreams(device, agent, layout.firstLayer, job.clips)
  const reference = await logitsOf(device, { layout, parameters: initial }, clips)
  const measure = async (theta: Float32Array): Promise<ContrastiveMeasurement> => {
    const logits = await logitsOf(device, { layout, parameters: theta }, clips)
    return measurement(job, clips, logits, reference)
  }
  const training = trainContrastive({ ...job, ...{ layout, initial, clips, reference, from } })
  const { snapshot, ...how } = yield* relay(
    training,
    async function* (report): AsyncGenerator<ContrastiveReport> {
      if (report.kind === 'update') return yield report
      const { step, snapshot } = report
      await writeCheckpoint(store, CONTRASTIVE_CHECKPOINT, { identity, notes: '', snapshot })
      yield report
      yield { kind: 'measurement', step, measured: await measure(snapshot.theta) }
    },
  )
  const { step, theta } = snapshot
  if (step > 0) yield { kind: 'measurement', step, measured: await measure(theta) }
  return { parameters: withPart(layout, agent.layout, agent.parameters, theta), step, ...how }
}

function measurement(
  { recipe, comparisons, heldOut = [] }: ContrastiveJob,
  clips: readonly SeenClip[],
  logits: readonly Float32Array[],
  reference: readonly Float32Array[],
): ContrastiveMeasurement {
  const scores = contrastiveScores(recipe, clips, logits, reference)
  const total = logits.reduce(
    (sum, own, index) => sum + divergence(own, reference[index] ?? own).kl,
    0,
  )
  return {
    training: rewardAccuracy(scores, comparisons),
    heldOut:
      heldOut.length === 0
        ? undefined
        : {
            ...rewardAccuracy(scores, heldOut),
            loss: contrastiveLoss(scores, heldOut, recipe.conservative),
          },
    kl: total / clips.length,
  }
}
