/** Draft of a training, stored entirely in the address, so that a link reproduces an experiment. */
import { TRAINING_KINDS } from '../../procedure/training/plan.ts'
import { addressSettings } from '../stores/address-settings.ts'
import { useRoute } from '../stores/route.ts'
import { STUDY_SOURCE_PROPERTIES } from '../stores/train-link.ts'
import { choiceProperty, integerProperty, textProperty } from '../stores/url-properties.ts'
import { LARGEST_SEED } from '../stores/watch-settings.ts'
import { filterParams } from './table/filter.ts'

/** Settings of a training in the address. */
export const DRAFT_PROPERTIES = {
  job: choiceProperty(TRAINING_KINDS, 'align'),
  /** Name of the starting model, as in the address of the Watch page. */
  model: textProperty('fine-tuned'),
  labels: choiceProperty(['own', 'study', 'judge'], 'own'),
  /** Question whose labels are learnt from; empty for the one with the most decisive labels. */
  question: textProperty(''),
  /** Island whose clips own labels compare, as on the Watch page; empty for all islands. */
  clips: textProperty(''),
  ...STUDY_SOURCE_PROPERTIES,
  /** What a judge prefers: a jumppad of its island, or a wish about style by its name. */
  wanted: textProperty('left'),
  /** Island whose clips a judge compares, or that is played with a reward model; as on the Watch page. */
  island: textProperty('home'),
  comparisons: integerProperty(2, 20_000, 500),
  /** Percentage of decisive verdicts of the judge that are flipped. */
  noise: integerProperty(0, 100, 0),
  /** Percentage of pairs for which the judge cannot tell. */
  cannotTell: integerProperty(0, 100, 0),
  /** Whether preference fine-tuning comes before reinforcement learning in an alignment. */
  preference: choiceProperty(['yes', 'no'], 'no'),
  /** Name of the reward model for preference fine-tuning and reinforcement learning. */
  reward: textProperty('reward-left'),
  /** Jumppads whose curated clips are imitated, separated by commas. */
  curated: textProperty('left,middle,right'),
  seed: integerProperty(0, LARGEST_SEED, 1),
  /** Seeds of a sweep, such as `1-5`, which then replace the single seed; empty for one run, `NO_SEEDS` for none. */
  seeds: textProperty(''),
  /** Further methods of a sweep, which learn from the same data, separated by commas. */
  also: textProperty(''),
  /** Tags of the runs of a sweep, separated by commas; empty for a numbered one. */
  tags: textProperty(''),
  /** Settings changed in the recipes: `reinforcement.steps:20,reward.trunk:frozen`. */
  set: textProperty(''),
}

const settings = addressSettings(DRAFT_PROPERTIES)
export const useDraft = settings.useSettings

/**
 * Changes the draft in the address. Returns whether it is changed: once the visitor has left the page, the
 * address belongs to another one.
 */
export function changeDraft(changes: Partial<Draft>): boolean {
  if (useRoute.getState().page !== 'train') return false
  settings.change(changes)
  return true
}

export type Draft = ReturnType<typeof useDraft>

/** Returns the address of the page with these values and the present filter of runs; other values have their defaults. */
export function trainAddress(values: Partial<Draft>): string {
  return `#/train?${settings.paramsWith(values, filterParams())}`
}

/** Escape for a typed comma, as commas separate the settings in the address. */
const COMMA = '%2C'

/** Typed texts by `part.field`. */
export type Typed = Readonly<Record<string, string>>

export function readTyped(set: string): Typed {
  const pairs = set.split(',').flatMap((each) => {
    const colon = each.indexOf(':')
    const text = each.slice(colon + 1).replaceAll(COMMA, ',')
    return colon > 0 ? [[each.slice(0, colon), text] as const] : []
  })
  return Object.fromEntries(pairs)
}

/** Sets the text of one field, or with undefined resets it to its default. */
export function changeTyped(name: string, text: string | undefined): void {
  const { set } = settings.current()
  const { [name]: _, ...others } = readTyped(set)
  const typed = text === undefined ? others : { ...others, [name]: text }
  const pairs = Object.entries(typed).map(
    ([key, value]) => `${key}:${value.replaceAll(',', COMMA)}`,
  )
  changeDraft({ set: pairs.join(',') })
}
