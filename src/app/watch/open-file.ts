/** Model files that a visitor adds: stored in this browser, and used at once. */

import { shelve } from '../data/shelf.ts'
import { problemOf } from '../sentences.ts'
import { useRoute } from '../stores/route.ts'
import { useWatch } from '../stores/watch.ts'
import { changeWatchSettings, currentWatchSettings, namesOf } from '../stores/watch-settings.ts'

/** Stores model files, one after the other, as `openFile` does. */
export async function openFiles(files: readonly File[], reopen: () => void): Promise<void> {
  for (const file of files) await openFile(file, reopen)
}

/**
 * Stores a model file. A policy replaces the agent in focus; a reward model joins those that can score.
 * Other agents play on. `reopen` opens the agents of the address again, if it names this file already.
 */
export async function openFile(file: File, reopen: () => void): Promise<void> {
  useWatch.setState({ fileProblem: undefined, notice: undefined })
  try {
    const { kind, name, title, notKept } = await shelve(file)
    const said = notKept ?? `${title} is saved in this browser.`
    // The address belongs to another page once the visitor has left this one.
    if (kind === 'policy' && useRoute.getState().page === 'watch') {
      const { model } = currentWatchSettings()
      const { focus } = useWatch.getState()
      const wanted = namesOf(model).with(focus, name).join(',')
      if (wanted === model) reopen()
      else changeWatchSettings({ model: wanted })
    }
    useWatch.setState({ notice: said, announcement: said })
  } catch (error) {
    useWatch.setState({ fileProblem: problemOf(error) })
  }
}
