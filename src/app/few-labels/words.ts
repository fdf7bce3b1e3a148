/** Sentences of the chapter, all made from the measured numbers: none says more than these show. */
import { endedCount, endedInterval, endedShare } from '../../evaluation/outcomes.ts'
import {
  DECISION_SECONDS,
  type Ending,
  HOME_ENDINGS,
  HOME_OUTCOMES,
  type Outcome,
} from '../../island/index.ts'
import { decodeActions } from '../../procedure/episode-record.ts'
import type { EpisodeRecord } from '../../procedure/results.ts'
import { runsWith, type TooFewLabels, type TooFewRun } from '../../procedure/too-few-labels.ts'
import { countOf, percent } from '../ui/format.ts'
import type { Guess } from './place.ts'

/** Phrase for where episodes end, as in `went to the left jumppad`. */
function wentTo(ending: Ending): string {
  return ending === 'none' ? 'reached no jumppad' : `went to the ${ending} jumppad`
}

/** Returns where a clip ended and after how long, as in `left jumppad, 5.6 s`. */
export function clipWords({ actions, ending }: EpisodeRecord): string {
  const seconds = (decodeActions(actions).length * DECISION_SECONDS).toFixed(1)
  return ending === 'none' ? `no jumppad, ${seconds} s` : `${ending} jumppad, ${seconds} s`
}

/** Returns what the clips that were not preferred did, as a sentence. */
export function againstSentence({ answers }: TooFewRun, prefer: Outcome): string {
  const against = (ending: Ending) => answers.against[ending] ?? 0
  const parts = HOME_ENDINGS.filter((ending) => against(ending) > 0)
    .sort((a, b) => against(b) - against(a))
    .map((ending) =>
      ending === prefer
        ? `${against(ending)} also went there, but later`
        : `${against(ending)} ${wentTo(ending)}`,
    )
  return `Of the clips that were not preferred, ${listed(parts)}.`
}

function listed(parts: readonly string[]): string {
  if (parts.length < 2) return parts.join()
  return `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}`
}

/**
 * Returns the jumppad that the chapter compares with the preferred one: of those that the reward model was
 * tested against, the one that the agent went to most often after training. Undefined if it was tested
 * against none.
 */
export function rivalOf({ reward, table }: TooFewRun, prefer: Outcome): Outcome | undefined {
  return HOME_OUTCOMES.filter((outcome) => outcome !== prefer)
    .filter((ending) => reward.against[ending] !== undefined)
    .sort((a, b) => endedCount(table, b) - endedCount(table, a))
    .at(0)
}

/** Lowest share for each answer to the question how often the reward model is right. */
const LEAST: Readonly<Record<Guess, number>> = { 'nearly always': 0.9, mostly: 0.65, hardly: 0 }

export const GUESS_WORDS: Readonly<Record<Guess, string>> = {
  'nearly always': 'Nearly always: 90 % or more',
  mostly: 'Mostly: 65 to 90 %',
  hardly: 'Hardly more often than not: under 65 %',
}

/** Returns the answer that fits a share. */
export function fittingGuess(share: number): Guess {
  if (share >= LEAST['nearly always']) return 'nearly always'
  return share >= LEAST.mostly ? 'mostly' : 'hardly'
}

/** Returns the share of an agent's fresh episodes with an ending. */
export function shareOf({ table }: Pick<TooFewRun, 'table'>, ending: Ending): number {
  return endedShare(table, ending)
}

/** Returns whether a share differs between two agents by more than both intervals allow. */
export function changeOf(
  before: Pick<TooFewRun, 'table'>,
  after: Pick<TooFewRun, 'table'>,
  ending: Ending,
): 'rose' | 'fell' | 'did not clearly change' {
  const [first, last] = [endedInterval(before.table, ending), endedInterval(after.table, ending)]
  if (last.low > first.high) return 'rose'
  return last.high < first.low ? 'fell' : 'did not clearly change'
}

/** Formats a reward with two digits, and without the sign of a zero. */
export function rewardWords(reward: number | undefined): string {
  return reward === undefined ? '–' : (Math.round(100 * reward) / 100 + 0).toFixed(2)
}

/** Returns what training did to the reward and to the share of an ending, as two sentences. */
export function trainingSentence(
  { agent, prefer }: Pick<TooFewLabels, 'agent' | 'prefer'>,
  run: TooFewRun,
): string {
  const [first, last] = [run.updates[0], run.updates.at(-1)]
  const updates = last?.update ?? 0
  const reward = `In ${countOf(updates, 'update')}, the learned reward went from ${rewardWords(first?.reward)} to ${rewardWords(last?.reward)}.`
  const parts = [prefer, ...HOME_ENDINGS.filter((ending) => ending !== prefer && ending !== 'none')]
    .map(
      (ending) =>
        `${ending} from ${percent(shareOf(agent, ending))} to ${percent(shareOf(run, ending))} %`,
    )
    .join(', ')
  return `${reward} In ${countOf(run.table.episodes, 'fresh episode')}, the share of each jumppad went: ${parts}.`
}

/** Returns what follows from that for the preferred jumppad, as a sentence. */
export function verdictSentence(
  { agent, prefer }: Pick<TooFewLabels, 'agent' | 'prefer'>,
  run: TooFewRun,
): string {
  const change = changeOf(agent, run, prefer)
  const most = mostFrequent(run)
  const end = most === prefer ? '' : ` Most often the agent ${wentTo(most)}.`
  if (change === 'rose') {
    return most === prefer
      ? `The agent learned to prefer the ${prefer} jumppad, as the judge does.`
      : `The share of ${prefer} rose, but most episodes still end elsewhere.${end}`
  }
  return `The training followed the reward model, and the share of ${prefer}, which the judge prefers, ${change}.${end}`
}

/** Returns the most frequent ending of an agent's episodes. */
function mostFrequent({ table }: Pick<TooFewRun, 'table'>): Ending {
  return HOME_ENDINGS.reduce<Ending>(
    (most, ending) => (endedCount(table, ending) > endedCount(table, most) ? ending : most),
    'none',
  )
}

/** Returns the range of the preferred jumppad's share over all seeds, as in `21.0 to 58.0 %`. */
export function rangeWords(data: TooFewLabels, labels: number): string {
  const shares = runsWith(data, labels).map((run) => shareOf(run, data.prefer))
  const [low, high] = [Math.min(...shares), Math.max(...shares)].map(percent)
  return low === high ? `${low} %` : `${low} to ${high} %`
}

/** Returns how a number of runs is called, as in `three runs`. */
export function runsWords(count: number): string {
  const words = ['no', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine']
  return `${words[count] ?? count} ${count === 1 ? 'run' : 'runs'}`
}
