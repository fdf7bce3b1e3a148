/** A model file that a visitor gives: kept in this browser, and what the next training begins with. */
import { messageOf } from '../../lab/errors.ts'
import { stageName } from '../stages.ts'
import { shelfName } from '../watch/roster.ts'
import { shelve } from '../watch/shelf.ts'
import { changeDraft } from './draft.ts'
import { useWorkshop } from './workshop.ts'

/** A policy becomes the start, a reward model the one that is learnt from. */
export async function takeModel(file: File): Promise<void> {
  useWorkshop.setState({ problem: undefined, said: undefined })
  try {
    const { kind, card, sha256, name } = await shelve(file)
    const model = shelfName(sha256)
    changeDraft(kind === 'policy' ? { model } : { reward: model })
    const what = kind === 'policy' ? 'policy' : 'reward model'
    useWorkshop.setState({
      said: `“${name}” (${what}, ${stageName(card.stage)}) is kept in this browser and chosen.`,
    })
  } catch (error) {
    useWorkshop.setState({ problem: `“${file.name}” cannot be used. ${messageOf(error)}` })
  }
}
