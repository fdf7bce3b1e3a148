/** Model files that visitors give to the Evaluate page. */

import { shelve } from '../data/shelf.ts'
import { isPlaying, useEvaluate } from '../stores/evaluate.ts'
import {
  changeEvaluateSettings,
  currentEvaluateSettings,
  MOST_POLICIES,
  MOST_REWARDS,
  policyNames,
  printRewards,
  rewardNames,
} from '../stores/evaluate-settings.ts'
import { useRoute } from '../stores/route.ts'
import { takeEach } from '../take-files.ts'

/** Keeps model files in this browser, and adds the models to the evaluation that is being set up. */
export async function addFiles(files: readonly File[]): Promise<void> {
  useEvaluate.setState({ fileProblem: undefined, notice: undefined })
  const { said: notice, problem } = await takeEach(files, addFile)
  useEvaluate.setState({
    ...{ notice, fileProblem: problem },
    ...(notice !== undefined && { announcement: notice }),
  })
}

/** Keeps a model file and adds the model to the evaluation. Resolves to what there is to say about it. */
async function addFile(file: File): Promise<string | undefined> {
  const { kind, name, title, notKept } = await shelve(file)
  // The address belongs to another page once the visitor has left this one.
  if (useRoute.getState().page !== 'evaluate') return notKept
  const { model, reward } = currentEvaluateSettings()
  if (kind === 'policy') {
    const names = withLast(policyNames(model), name, MOST_POLICIES)
    changeEvaluateSettings({ model: names.join(',') })
  } else {
    const names = withLast(rewardNames(reward), name, MOST_REWARDS)
    changeEvaluateSettings({ reward: printRewards(names) })
  }
  const which = isPlaying(useEvaluate.getState().evaluation) ? 'the next' : 'this'
  return [`${title} is in ${which} evaluation.`, notKept].filter(Boolean).join(' ')
}

/** Appends a name to a list of at most `most` names; in a full list it replaces the last. */
function withLast(names: readonly string[], added: string, most: number): string[] {
  return [...names.filter((name) => name !== added).slice(0, most - 1), added]
}
