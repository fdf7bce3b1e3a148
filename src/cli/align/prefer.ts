import { expectConverged, finished, readRecipe } from '../../alignment/index.ts'
import { type Outcome, rootKey, splitKey } from '../../island/index.ts'
import { type ManifestEntry, PREFERENCE_FIELDS, runPreference } from '../../procedure/index.ts'
import type { Device } from '../../runtime/index.ts'
import { withProgress } from '../progress.ts'
import { readModel } from '../read-model.ts'
import { tryOutput, writeModel } from '../write-model.ts'
import { policyScores } from './scores.ts'

/** Settings for fine-tuning an agent on the highest-reward share of its own episodes. */
export interface PreferenceSettings {
  readonly wanted: Outcome
  readonly seed: number
  readonly recipe: Readonly<Record<string, unknown>>
  readonly evaluationEpisodes: number
}

/** Fine-tunes an agent on its highest-reward episodes, writes the new policy and evaluates it. */
export async function makePreference(
  device: Device,
  agentPath: string,
  rewardPath: string,
  output: string,
  settings: PreferenceSettings,
): Promise<ManifestEntry> {
  const { wanted, seed, evaluationEpisodes } = settings
  const begun = performance.now()
  const agent = await readModel(agentPath, 'policy')
  const reward = await readModel(rewardPath, 'reward')
  await tryOutput(output, agent.layout)
  const recipe = readRecipe(PREFERENCE_FIELDS, settings.recipe)
  const key = splitKey(rootKey(seed), 'training', 'preference', wanted)
  const job = runPreference({ device, agent, reward, recipe, key, start: 'spawn' })
  const tuned = await withProgress(`Preference fine-tuning, ${wanted}`, recipe.steps, (progress) =>
    finished(job, ({ step, loss }) => progress.update(step, `loss ${loss.toFixed(3)}`)),
  )
  expectConverged(tuned)
  const trainingSeconds = Math.round((performance.now() - begun) / 1000)
  const card = {
    stage: `preference-${wanted}`,
    recipe: { ...recipe, kept: tuned.kept, threshold: tuned.threshold },
    key: `${seed}/training/preference/${wanted}`,
  }
  return writeModel(output, agent.layout, tuned.parameters, card, () =>
    policyScores(device, output, tuned.step, trainingSeconds, evaluationEpisodes),
  )
}
