import { expectConverged, finished, readRecipe } from '../../alignment/index.ts'
import { type Outcome, rootKey, splitKey } from '../../island/index.ts'
import { importModel } from '../../network/index.ts'
import { type ManifestEntry, PREFERENCE_FIELDS, runPreference } from '../../procedure/index.ts'
import type { Device } from '../../runtime/index.ts'
import { readModelFile } from '../evaluate.ts'
import { startProgress } from '../progress.ts'
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
  const agent = importModel(await readModelFile(agentPath))
  const reward = importModel(await readModelFile(rewardPath))
  await tryOutput(output, agent.layout)
  const recipe = readRecipe(PREFERENCE_FIELDS, settings.recipe)
  const key = splitKey(rootKey(seed), 'training', 'preference', wanted)
  const progress = startProgress(`Preference fine-tuning, ${wanted}`, recipe.steps)
  const tuned = await finished(
    runPreference({ device, agent, reward, recipe, key, start: 'spawn' }),
    ({ step, loss }) => progress.update(step, `loss ${loss.toFixed(3)}`),
  )
  progress.stop()
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
