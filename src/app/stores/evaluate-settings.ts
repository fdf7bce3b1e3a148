/** Settings of an evaluation, all of which are in the address, so that a link repeats it. */

import { START_KINDS } from '../../island/index.ts'
import { DEVICE_CHOICES } from '../../lab/worker/choices.ts'
import { addressSettings } from './address-settings.ts'
import { choiceProperty, integerProperty, textProperty } from './url-properties.ts'
import { ISLAND_PROPERTY, LARGEST_SEED } from './watch-settings.ts'

/** Maximum number of policies that are compared at once. */
export const MOST_POLICIES = 4

/** Maximum number of reward models that score at once: one per jumppad. */
export const MOST_REWARDS = 3

export const MOST_EPISODES = 5_000

/** Value of `reward` for no reward models. */
const NO_REWARD = 'none'

const EVALUATE_PROPERTIES = {
  /** Comma-separated names of policies; models kept in this browser are named by their file's digest. */
  model: textProperty('fine-tuned,aligned-left'),
  episodes: integerProperty(1, MOST_EPISODES, 200),
  seed: integerProperty(0, LARGEST_SEED, 1),
  start: choiceProperty(START_KINDS, 'spawn'),
  island: ISLAND_PROPERTY,
  /** Whether the evaluation is repeated on all shipped islands. */
  islands: choiceProperty(['one', 'all'], 'one'),
  /** Comma-separated names of reward models, or `none`. */
  reward: textProperty('reward-left'),
  // The WASM backend by default, so that episodes are the same on every machine.
  device: choiceProperty(DEVICE_CHOICES, 'wasm'),
  /** Start of the evaluation: by itself for `now`, else when asked for. */
  run: choiceProperty(['asked', 'now'], 'asked'),
}

const settings = addressSettings(EVALUATE_PROPERTIES)
export const currentEvaluateSettings = settings.current
export const useEvaluateSettings = settings.useSettings
export const changeEvaluateSettings = settings.change

export type EvaluateSettings = ReturnType<typeof currentEvaluateSettings>

/** Returns the URL that repeats this evaluation and starts it by itself. */
export function evaluationLink(evaluated: EvaluateSettings): string {
  const params = settings.paramsWith({ ...evaluated, run: 'now' }, new URLSearchParams())
  return `${window.location.href.split('#')[0]}#/evaluate?${params}`
}

/** Returns the policy names in `model`, at most `MOST_POLICIES`. */
export function policyNames(model: string): string[] {
  return model
    .split(',')
    .filter((name) => name !== '')
    .slice(0, MOST_POLICIES)
}

/** Returns the reward model names in `reward`, at most `MOST_REWARDS`. */
export function rewardNames(reward: string): string[] {
  return reward
    .split(',')
    .filter((name) => name !== '' && name !== NO_REWARD)
    .slice(0, MOST_REWARDS)
}

/** Returns the value of `reward` for these names: the inverse of `rewardNames`. */
export function printRewards(names: readonly string[]): string {
  return names.length === 0 ? NO_REWARD : names.join(',')
}

/** Returns whether these reward models are the default, so that it is no problem if they are missing. */
export function isDefaultReward(reward: string): boolean {
  return reward === EVALUATE_PROPERTIES.reward.fallback
}

/** Returns whether two settings make the same evaluation, be it the only one or one of several. */
export function sameEvaluation(a: EvaluateSettings, b: EvaluateSettings): boolean {
  const link = (each: EvaluateSettings) => evaluationLink({ ...each, islands: 'one' })
  return link(a) === link(b)
}

/** Returns whether two settings differ in the island at most. */
export function sameButIsland(a: EvaluateSettings, b: EvaluateSettings): boolean {
  return sameEvaluation({ ...a, island: b.island }, b)
}

/** Returns the address of the page with these settings. */
export function evaluateAddress(values: EvaluateSettings): string {
  return `#/evaluate?${settings.paramsWith(values, new URLSearchParams())}`
}
