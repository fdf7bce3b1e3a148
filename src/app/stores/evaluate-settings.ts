/** What is evaluated and how: all of it lives in the address, so that a link plays the same again. */

import { useMemo } from 'react'
import { START_KINDS } from '../../island/index.ts'
import { DEVICE_CHOICES } from '../../lab/worker/choices.ts'
import { replaceParams, useRoute } from './route.ts'
import {
  choiceProperty,
  integerProperty,
  readProperties,
  textProperty,
  withSearch,
  writeProperties,
} from './url-properties.ts'
import { LARGEST_SEED } from './watch-settings.ts'

/** Policies that are compared at once. */
export const MOST_POLICIES = 4

/** Reward models that look on at once: one for each jumppad. */
export const MOST_REWARDS = 3

export const MOST_EPISODES = 5_000

/** In the place of reward models where none is to look on. */
const NO_REWARD = 'none'

const EVALUATE_PROPERTIES = {
  /** Names of policies, with commas between; models of this browser by the digest of their file. */
  model: textProperty('fine-tuned,aligned-left'),
  episodes: integerProperty(1, MOST_EPISODES, 200),
  seed: integerProperty(0, LARGEST_SEED, 1),
  start: choiceProperty(START_KINDS, 'spawn'),
  /** Names of reward models in the same way. */
  reward: textProperty('reward-left'),
  // The processor, whatever else there is: episodes then come out the same on every machine.
  device: choiceProperty(DEVICE_CHOICES, 'wasm'),
  /** `now` begins by itself. */
  run: choiceProperty(['asked', 'now'], 'asked'),
}

export type EvaluateSettings = ReturnType<typeof readEvaluateSettings>

/** `?device=` before the hash counts too, as on Watch. */
export function readEvaluateSettings(params: URLSearchParams) {
  return readProperties(EVALUATE_PROPERTIES, withSearch(params))
}

export function currentEvaluateSettings(): EvaluateSettings {
  return readEvaluateSettings(useRoute.getState().params)
}

export function useEvaluateSettings(): EvaluateSettings {
  const params = useRoute((route) => route.params)
  return useMemo(() => readEvaluateSettings(params), [params])
}

export function changeEvaluateSettings(changes: Partial<EvaluateSettings>): void {
  const { params } = useRoute.getState()
  replaceParams(writeProperties(EVALUATE_PROPERTIES, changes, params))
}

/** The address that plays this evaluation again, by itself. */
export function evaluationLink(settings: EvaluateSettings): string {
  const all = { ...settings, run: 'now' as const }
  const params = writeProperties(EVALUATE_PROPERTIES, all, new URLSearchParams())
  return `${window.location.href.split('#')[0]}#/evaluate?${params}`
}

/** The names in `model`, one a policy. */
export function policyNames(model: string): string[] {
  return model
    .split(',')
    .filter((name) => name !== '')
    .slice(0, MOST_POLICIES)
}

/** The names in `reward`, one a reward model. */
export function rewardNames(reward: string): string[] {
  return reward
    .split(',')
    .filter((name) => name !== '' && name !== NO_REWARD)
    .slice(0, MOST_REWARDS)
}

/** The other way round. */
export function printRewards(names: readonly string[]): string {
  return names.length === 0 ? NO_REWARD : names.join(',')
}

/** Whether nobody asked for these reward models: then it is no trouble if there are none. */
export function isDefaultReward(reward: string): boolean {
  return reward === EVALUATE_PROPERTIES.reward.fallback
}

/** Whether two set-ups play the same. */
export function sameEvaluation(a: EvaluateSettings, b: EvaluateSettings): boolean {
  return evaluationLink(a) === evaluationLink(b)
}
