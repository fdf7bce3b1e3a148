/** Model files that visitors add on the Train page. */
import { messageOf } from '../../lab/worker/errors.ts'
import { shelve } from '../data/shelf.ts'
import { changeDraft } from './draft.ts'
import { useWorkshop } from './workshop.ts'

/** Stores a model file in this browser and selects it: as the starting policy, or as the reward model. */
export async function takeModel(file: File): Promise<void> {
  useWorkshop.setState({ problem: undefined, said: undefined })
  try {
    const { kind, name, title, notKept } = await shelve(file)
    changeDraft(kind === 'policy' ? { model: name } : { reward: name })
    const said = notKept
      ? `${title} is selected. ${notKept}`
      : `${title} is saved in this browser and selected.`
    useWorkshop.setState({ said })
  } catch (error) {
    useWorkshop.setState({ problem: messageOf(error) })
  }
}
