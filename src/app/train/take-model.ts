/** Model files that visitors add on the Train page. */

import { shelve } from '../data/shelf.ts'
import { problemOf } from '../sentences.ts'
import { changeDraft } from './draft.ts'
import { useMaterials } from './materials.ts'

/** Stores model files in this browser, one after the other, and selects the last policy and reward model. */
export async function takeModels(files: readonly File[]): Promise<void> {
  for (const file of files) await takeModel(file)
}

/** Stores a model file in this browser and selects it: as the starting policy, or as the reward model. */
export async function takeModel(file: File): Promise<void> {
  useMaterials.setState({ problem: undefined, said: undefined })
  try {
    const { kind, name, title, notKept } = await shelve(file)
    changeDraft(kind === 'policy' ? { model: name } : { reward: name })
    const said = notKept
      ? `${title} is selected. ${notKept}`
      : `${title} is saved in this browser and selected.`
    useMaterials.setState({ said })
  } catch (error) {
    useMaterials.setState({ problem: problemOf(error) })
  }
}
