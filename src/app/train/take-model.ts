/** Model files that visitors add on the Train page. */

import { shelve } from '../data/shelf.ts'
import { takeEach } from '../take-files.ts'
import { changeDraft } from './draft.ts'
import { useMaterials } from './materials.ts'

/**
 * Stores model files in this browser and selects them: a policy as the starting policy, a reward model as
 * the reward model, the last of several.
 */
export async function takeModels(files: readonly File[]): Promise<void> {
  useMaterials.setState({ problem: undefined, said: undefined })
  useMaterials.setState(await takeEach(files, takeModel))
}

/** Stores a model file and selects it. Resolves to what was done, as a sentence. */
async function takeModel(file: File): Promise<string> {
  const { kind, name, title, notKept } = await shelve(file)
  const isSelected = changeDraft(kind === 'policy' ? { model: name } : { reward: name })
  if (notKept) return isSelected ? `${title} is selected. ${notKept}` : notKept
  return `${title} is saved in this browser${isSelected ? ' and selected' : ''}.`
}
