import type { ManifestEntry } from '../../procedure/index.ts'
import type { Workshop } from '../made.ts'
import { finetune, pretrain, scratch } from '../stages.ts'
import type { Profile } from './profile.ts'

/** A policy that was made: its entry, its file, and what it took. */
export interface Agent {
  readonly entry: ManifestEntry
  readonly path: string
}

export interface Imitators {
  readonly base: Agent
  readonly 'fine-tuned': Agent
  readonly scratch: Agent
}

/** The three stages that imitate people: pre-trained, fine-tuned, and trained on curated clips only. */
export async function makeImitators(workshop: Workshop, profile: Profile): Promise<Imitators> {
  const { seed, size, curatedClips: clips, pretrainingEpisodes: episodes } = profile
  const { evaluationEpisodes } = profile
  const recipe = (stage: keyof Imitators) =>
    Object.fromEntries(
      Object.entries(profile.imitation[stage]).map(([name, value]) => [name, String(value)]),
    )
  const make = async (
    stage: keyof Imitators,
    reads: readonly string[],
    run: (output: string) => Promise<ManifestEntry>,
  ): Promise<Agent> => {
    const path = workshop.path(`${stage}.onnx`)
    const { value: entry } = await workshop.made({
      name: stage,
      settings: { seed, size, clips, episodes, evaluationEpisodes, recipe: recipe(stage) },
      reads,
      writes: [path],
      make: () => run(path),
    })
    return { entry, path }
  }
  const common = (stage: keyof Imitators, output: string) => ({
    ...{ seed, output, evaluationEpisodes, runs: workshop.path('checkpoints') },
    recipe: recipe(stage),
  })
  const base = await make('base', [], (output) =>
    pretrain({ ...common('base', output), size, episodes }),
  )
  return {
    base,
    'fine-tuned': await make('fine-tuned', [base.path], (output) =>
      finetune(base.path, { ...common('fine-tuned', output), clips }),
    ),
    scratch: await make('scratch', [], (output) =>
      scratch({ ...common('scratch', output), size, clips }),
    ),
  }
}
