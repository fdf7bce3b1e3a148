/** The training that is being set up: all of it lives in the address, so a link is an experiment. */
import { useMemo } from 'react'
import { OUTCOMES } from '../../island/index.ts'
import { TRAINING_KINDS } from '../../procedure/training/plan.ts'
import { replaceParams, useRoute } from '../stores/route.ts'
import {
  choiceProperty,
  integerProperty,
  readProperties,
  textProperty,
  writeProperties,
} from '../stores/url-properties.ts'
import { LARGEST_SEED } from '../stores/watch-settings.ts'

const DRAFT_PROPERTIES = {
  job: choiceProperty(TRAINING_KINDS, 'align'),
  /** The starting model, as the Watch page's address has it. */
  model: textProperty('fine-tuned'),
  labels: choiceProperty(['own', 'judge'], 'own'),
  /** Which of the questions that were answered; empty for the one answered most. */
  question: textProperty(''),
  wanted: choiceProperty(OUTCOMES, 'left'),
  comparisons: integerProperty(2, 20_000, 500),
  /** Percent. */
  noise: integerProperty(0, 100, 0),
  cannotTell: integerProperty(0, 100, 0),
  /** Whether an alignment has preference fine-tuning before reinforcement learning. */
  preference: choiceProperty(['yes', 'no'], 'yes'),
  /** The reward model of preference fine-tuning and reinforcement learning. */
  reward: textProperty('reward-left'),
  /** Jumppads whose curated clips are imitated, with commas between. */
  curated: textProperty('left,middle,right'),
  seed: integerProperty(0, LARGEST_SEED, 1),
  /** What was changed in the recipes: `reinforcement.steps:20,reward.trunk:frozen`. */
  set: textProperty(''),
}

export type Draft = ReturnType<typeof readDraft>

function readDraft(params: URLSearchParams) {
  return readProperties(DRAFT_PROPERTIES, params)
}

export function useDraft(): Draft {
  const params = useRoute((route) => route.params)
  return useMemo(() => readDraft(params), [params])
}

export function changeDraft(changes: Partial<Draft>): void {
  replaceParams(writeProperties(DRAFT_PROPERTIES, changes, useRoute.getState().params))
}

/** The address of the page with these set. */
export function trainAddress(values: Partial<Draft>): string {
  return `#/train?${writeProperties(DRAFT_PROPERTIES, values, new URLSearchParams())}`
}

/** Stands for a comma that was typed, as commas part the fields of the address. */
const COMMA = '%2C'

/** Texts by `part.field`, as they were typed. */
export type Typed = Readonly<Record<string, string>>

export function readTyped(set: string): Typed {
  const pairs = set.split(',').flatMap((each) => {
    const colon = each.indexOf(':')
    const text = each.slice(colon + 1).replaceAll(COMMA, ',')
    return colon > 0 ? [[each.slice(0, colon), text] as const] : []
  })
  return Object.fromEntries(pairs)
}

/** Sets one field, or with undefined gives it back to its default. */
export function changeTyped(name: string, text: string | undefined): void {
  const { set } = readDraft(useRoute.getState().params)
  const { [name]: _, ...others } = readTyped(set)
  const typed = text === undefined ? others : { ...others, [name]: text }
  const pairs = Object.entries(typed).map(
    ([key, value]) => `${key}:${value.replaceAll(',', COMMA)}`,
  )
  changeDraft({ set: pairs.join(',') })
}
