/** Who can be evaluated and who can judge: the models of this site, and those of this browser. */
import { useMemo } from 'react'
import { messageOf } from '../../lab/errors.ts'
import type { ManifestEntry } from '../../lab/manifest.ts'
import { loadManifest } from '../site.ts'
import { stageName } from '../stages.ts'
import { useEvaluate } from '../stores/evaluate.ts'
import {
  changeEvaluateSettings,
  currentEvaluateSettings,
  MOST_POLICIES,
  MOST_REWARDS,
  policyNames,
  printRewards,
  rewardNames,
} from '../stores/evaluate-settings.ts'
import { useWatch } from '../stores/watch.ts'
import { type Candidate, candidatesOf, shelfName } from '../watch/roster.ts'
import { loadShelf, shelve } from '../watch/shelf.ts'

/** Reads both lists, that of the site last: once it is there, a link may begin. */
export async function loadCandidates(): Promise<void> {
  await loadShelf()
  await loadModels()
}

async function loadModels(): Promise<void> {
  if (useEvaluate.getState().models) return
  try {
    useEvaluate.setState({ models: await loadManifest(), modelsProblem: undefined })
  } catch (error) {
    useEvaluate.setState({ modelsProblem: messageOf(error) })
  }
}

export function allCandidates(models: readonly ManifestEntry[] | undefined): Candidate[] {
  return candidatesOf(models ?? [], useWatch.getState().shelf)
}

export function useCandidates(kind: Candidate['kind']): readonly Candidate[] {
  const models = useEvaluate((state) => state.models)
  const shelf = useWatch((state) => state.shelf)
  return useMemo(
    () => candidatesOf(models ?? [], shelf).filter((each) => each.kind === kind),
    [models, shelf, kind],
  )
}

/** A model file that a visitor gives: kept in this browser, and among those that are compared. */
export async function addFile(file: File): Promise<void> {
  useEvaluate.setState({ fileProblem: undefined, notice: undefined })
  try {
    const { kind, card, sha256, name } = await shelve(file)
    const { model, reward } = currentEvaluateSettings()
    const added = shelfName(sha256)
    if (kind === 'policy') {
      const names = withLast(policyNames(model), added, MOST_POLICIES)
      changeEvaluateSettings({ model: names.join(',') })
    } else {
      const names = withLast(rewardNames(reward), added, MOST_REWARDS)
      changeEvaluateSettings({ reward: printRewards(names) })
    }
    const what = kind === 'policy' ? 'policy' : 'reward model'
    const notice = `“${name}” (${what}, ${stageName(card.stage)}) is in this evaluation.`
    useEvaluate.setState({ notice, announcement: notice })
  } catch (error) {
    useEvaluate.setState({ fileProblem: `“${file.name}” cannot be used. ${messageOf(error)}` })
  }
}

/** Puts a name at the end of a list that may have so many; there it takes the place of the last. */
function withLast(names: readonly string[], added: string, most: number): string[] {
  return [...names.filter((name) => name !== added).slice(0, most - 1), added]
}
