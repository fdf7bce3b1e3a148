/** A model file that a visitor gives: kept in this browser, and put to use at once. */
import { messageOf } from '../../lab/errors.ts'
import { stageName } from '../stages.ts'
import { useWatch } from '../stores/watch.ts'
import { changeWatchSettings, currentWatchSettings, namesOf } from '../stores/watch-settings.ts'
import { shelfName } from './roster.ts'
import { shelve } from './shelf.ts'

/**
 * A policy takes the place of the agent in focus, a reward model looks on. What plays goes on. `reopen`
 * opens whom the address names once more, for a file that it names already.
 */
export async function openFile(file: File, reopen: () => void): Promise<void> {
  useWatch.setState({ fileProblem: undefined, notice: undefined })
  try {
    const { kind, card, sha256, name } = await shelve(file)
    const what = `${kind === 'policy' ? 'policy' : 'reward model'}, ${stageName(card.stage)}`
    const said = useWatch.getState().notice ?? `“${name}” (${what}) is kept in this browser.`
    if (kind === 'policy') {
      const { model } = currentWatchSettings()
      const { focus } = useWatch.getState()
      const wanted = namesOf(model).with(focus, shelfName(sha256)).join(',')
      if (wanted === model) reopen()
      else changeWatchSettings({ model: wanted })
    }
    useWatch.setState({ notice: said, announcement: said })
  } catch (error) {
    useWatch.setState({ fileProblem: `“${file.name}” cannot be used. ${messageOf(error)}` })
  }
}
