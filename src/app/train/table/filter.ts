/** Filter of the list of runs, stored in the address. */
import { METHODS } from '../../../procedure/training/index.ts'
import { RUN_STATES, type Run } from '../../../storage/run-record.ts'
import { addressSettings } from '../../stores/address-settings.ts'
import { choiceProperty, textProperty } from '../../stores/url-properties.ts'
import { STATE_WORDS } from '../../training/words.ts'
import { dataWords } from '../words.ts'

const FILTER_PROPERTIES = {
  /** Words that all have to occur in the texts of a run. */
  find: textProperty(''),
  /** Tag that a run has to have; empty for any. */
  tagged: textProperty(''),
  state: choiceProperty(['any', ...RUN_STATES], 'any'),
}

const settings = addressSettings(FILTER_PROPERTIES)
export const useRunFilter = settings.useSettings
export const changeRunFilter = settings.change

/** Returns the parameters of the present filter alone, for links that stay on the page. */
export function filterParams(): URLSearchParams {
  return settings.paramsWith(settings.current(), new URLSearchParams())
}

export type RunFilter = ReturnType<typeof useRunFilter>

/** Returns whether a run passes the filter: by its state, a tag, and words in any of its texts. */
export function passes(run: Run, { find, tagged, state }: RunFilter): boolean {
  if (state !== 'any' && run.state !== state) return false
  if (tagged !== '' && !run.tags.includes(tagged)) return false
  const texts = textsOf(run).join('\n').toLowerCase()
  return find
    .toLowerCase()
    .split(/\s+/)
    .every((word) => texts.includes(word))
}

function textsOf({ name, note, plan, state, tags }: Run): string[] {
  return [
    ...[name, note, ...tags, METHODS[plan.kind].title, STATE_WORDS[state], plan.start.name],
    dataWords(plan)?.words ?? '',
    'labels' in plan && plan.labels.kind !== 'judge' ? plan.labels.question : '',
  ]
}
