/** A model file that a visitor gives: kept in this browser, and put to use at once. */
import { messageOf } from '../../lab/worker/errors.ts'
import { shelve } from '../data/shelf.ts'
import { useWatch } from '../stores/watch.ts'
import { changeWatchSettings, currentWatchSettings, namesOf } from '../stores/watch-settings.ts'

/**
 * A policy takes the place of the agent in focus, a reward model looks on. What plays goes on. `reopen`
 * opens whom the address names once more, for a file that it names already.
 */
export async function openFile(file: File, reopen: () => void): Promise<void> {
  useWatch.setState({ fileProblem: undefined, notice: undefined })
  try {
    const { kind, name, title, notKept } = await shelve(file)
    const said = notKept ?? `${title} is kept in this browser.`
    if (kind === 'policy') {
      const { model } = currentWatchSettings()
      const { focus } = useWatch.getState()
      const wanted = namesOf(model).with(focus, name).join(',')
      if (wanted === model) reopen()
      else changeWatchSettings({ model: wanted })
    }
    useWatch.setState({ notice: said, announcement: said })
  } catch (error) {
    useWatch.setState({ fileProblem: messageOf(error) })
  }
}
