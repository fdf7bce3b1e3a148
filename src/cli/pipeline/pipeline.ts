import type { Outcome } from '../../island/index.ts'
import type { SizeName } from '../../network/index.ts'
import { MAIN_LINE, type ManifestEntry } from '../../procedure/index.ts'
import type { Device } from '../../runtime/index.ts'
import { createNativeDevice } from '../../runtime-node/index.ts'
import { Aligner } from '../align/chain.ts'
import { StageCache } from '../stage-cache.ts'
import { type Alignment, type Alignments, medianOf } from './alignments.ts'
import { type Imitators, makeImitators } from './imitators.ts'
import { measureAll } from './measure.ts'
import { type Profile, profileOf } from './profile.ts'
import { publish, type Shipped } from './publish.ts'
import { summary } from './summary.ts'

export interface PipelineOptions {
  readonly size: SizeName
  /** Folder for the models and results. */
  readonly output: string
  /** Folder that caches finished stages, so that none is run twice. */
  readonly work: string
}

/** Runs the main line: trains, evaluates and publishes every stage from pre-training to aligned agents. */
export async function pipeline(options: PipelineOptions): Promise<void> {
  const profile = profileOf(options.size)
  const cache = StageCache.in(options.work)
  const imitators = await makeImitators(cache, profile)
  const device = await createNativeDevice()
  try {
    const alignments = await alignAll(device, cache, profile, imitators)
    const results = await measureAll(device, cache, profile, imitators, alignments)
    await publish(options.output, shipped(imitators, alignments), results)
    process.stderr.write(summary(results))
  } finally {
    await device.close()
  }
}

async function alignAll(
  device: Device,
  cache: StageCache,
  profile: Profile,
  imitators: Imitators,
): Promise<Alignments> {
  const aligner = new Aligner(device, cache)
  const all = new Map<Outcome, Alignment[]>()
  // Seeds form the outer loop because alignments with the same seed share the agent's rollouts.
  for (const seed of profile.alignmentSeeds) {
    for (const wanted of profile.wanted) {
      const aligned = await aligner.align({
        variant: MAIN_LINE,
        wanted,
        seed,
        agent: imitators['fine-tuned'].path,
        preferenceFineTuning: true,
        settings: profile.alignment,
      })
      all.set(wanted, [...(all.get(wanted) ?? []), { seed, aligned }])
    }
  }
  return all
}

function shipped(imitators: Imitators, alignments: Alignments): Shipped[] {
  const models: Shipped[] = [imitators.base, imitators['fine-tuned'], imitators.scratch].map(
    ({ path, entry }) => ({ from: path, entry, file: entry.file }),
  )
  for (const [wanted, of] of alignments) {
    const { aligned } = medianOf(wanted, of)
    const add = (from: string, entry: ManifestEntry) =>
      models.push({ from, entry, file: `${entry.stage}.onnx` })
    add(aligned.files.reward, aligned.reward.entry)
    if (aligned.preference !== undefined) add(aligned.files.preference, aligned.preference)
    add(aligned.files.aligned, aligned.aligned)
  }
  return models
}
