/** Model files that a visitor adds: stored in this browser, and used at once. */

import { shelve } from '../data/shelf.ts'
import { useRoute } from '../stores/route.ts'
import { useWatch } from '../stores/watch.ts'
import { changeWatchSettings, currentWatchSettings, namesOf } from '../stores/watch-settings.ts'
import { takeEach } from '../take-files.ts'

/**
 * Stores model files. A policy replaces the agent in focus; a reward model joins those that can score.
 * Other agents play on. `reopen` opens the agents of the address again, if it names such a file already.
 */
export async function openFiles(files: readonly File[], reopen: () => void): Promise<void> {
  useWatch.setState({ fileProblem: undefined, notice: undefined })
  const { said: notice, problem } = await takeEach(files, (file) => openFile(file, reopen))
  useWatch.setState({
    ...{ notice, fileProblem: problem },
    ...(notice !== undefined && { announcement: notice }),
  })
}

/** Stores a model file and shows it. Resolves to whether it is stored, as a sentence. */
async function openFile(file: File, reopen: () => void): Promise<string> {
  const { kind, name, title, notKept } = await shelve(file)
  // The address belongs to another page once the visitor has left this one.
  if (kind === 'policy' && useRoute.getState().page === 'watch') {
    const { model } = currentWatchSettings()
    const { focus } = useWatch.getState()
    const wanted = namesOf(model).with(focus, name).join(',')
    if (wanted === model) reopen()
    else changeWatchSettings({ model: wanted })
  }
  return notKept ?? `${title} is saved in this browser.`
}
