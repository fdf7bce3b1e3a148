import { PARTS, partsOf, styleWishOf } from '../../procedure/training/index.ts'
import type { Run } from '../../storage/run-record.ts'
import { capitalised } from '../sentences.ts'
import { tookWords } from '../training/words.ts'
import { countOf } from '../ui/format.ts'

/** Returns sentences on the outcome of a run, with a caution about what only an evaluation can show. */
export function outcomeSentences(run: Run): string[] {
  const told = [stateSentence(run), accuracySentence(run), learningSentence(run)]
  if (run.result?.policy) told.push(caution(run))
  return told.filter((each) => each !== undefined)
}

function caution({ curves, plan }: Run): string {
  const look =
    'watch and evaluate the agent to see how often it does what you want in new episodes.'
  return partsOf(plan).some((part) => PARTS[part].play && PARTS[part].outcome?.(curves, false))
    ? `The learned reward is only the reward model’s opinion: ${look}`
    : capitalised(look)
}

function stateSentence({ state, seconds, result, plan }: Run): string | undefined {
  const took = tookWords(seconds)
  if (state === 'done') return `Trained in ${took}.`
  if (state === 'stopped') {
    const kept = result?.policy ?? result?.reward
    return `Stopped manually after ${took}${kept ? '; the result so far is saved' : ', before there was a result to save'}.`
  }
  if (state !== 'diverged') return undefined
  if (result?.policy) return `Stopped after ${took}. The agent below is its last good checkpoint.`
  if (!result?.reward) return `Stopped after ${took}; no checkpoint was good enough to save.`
  return plan.kind === 'reward'
    ? `Stopped after ${took}. The reward model below is its last good checkpoint.`
    : `Stopped after ${took}; there is no agent to save, but the reward model is available.`
}

function accuracySentence({ plan, result }: Run): string | undefined {
  const held = result?.heldOut
  if (!held || held.comparisons === 0) return undefined
  const percent = (100 * held.accuracy).toFixed(0)
  const right = `The reward model is right on ${percent} % of ${countOf(held.comparisons, 'held-out label')}.`
  // Judges of a style are shown telling pairs, and so are people unless they choose another rule.
  return styleWishOf(plan) === undefined
    ? right
    : `${right} Most of these pairs differ clearly in style, so expect a lower accuracy on random pairs.`
}

/** Returns the outcome of the last part that has one, as a sentence. */
function learningSentence({ curves, plan, state }: Run): string | undefined {
  const outcomes = partsOf(plan).map((part) => PARTS[part].outcome?.(curves, state === 'diverged'))
  return outcomes.findLast((outcome) => outcome !== undefined)
}
