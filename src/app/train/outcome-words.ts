import type { Run } from '../../storage/run-record.ts'
import { countOf } from '../sentences.ts'
import { tookWords } from './words.ts'

/** What a run came to, in sentences; what is not known until it is evaluated is said too. */
export function outcomeSentences(run: Run): string[] {
  const told = [stateSentence(run), accuracySentence(run), learningSentence(run)]
  if (run.result?.policy) {
    told.push(
      'These numbers are the reward model’s opinion: how often it does what you want shows in fresh episodes, so watch it and evaluate it.',
    )
  }
  return told.filter((each) => each !== undefined)
}

function stateSentence({ state, seconds, result }: Run): string | undefined {
  const took = tookWords(seconds)
  if (state === 'done') return `Trained in ${took}.`
  if (state === 'stopped') {
    return `Stopped by hand after ${took}${result ? '; what there was is kept' : ''}.`
  }
  if (state === 'diverged' && result?.policy) {
    return `Stopped after ${took}. The last good checkpoint is kept: it is the agent below.`
  }
  if (state === 'diverged') return `Stopped after ${took}; no checkpoint was good enough to keep.`
  return undefined
}

function accuracySentence({ result }: Run): string | undefined {
  const held = result?.heldOut
  if (!held || held.comparisons === 0) return undefined
  const percent = (100 * held.accuracy).toFixed(0)
  return `The reward model is right on ${percent} % of ${countOf(held.comparisons, 'held-out label')}.`
}

function learningSentence({ curves }: Run): string | undefined {
  const first = curves.reinforcement[0]
  const last = curves.reinforcement.at(-1)
  if (!first || !last || first === last) {
    const imitated = curves.imitationHeldOut.at(-1)?.loss
    if (imitated === undefined) return undefined
    return `Its loss on held-out clips is ${imitated.toFixed(3)} nats a decision.`
  }
  return `The learnt reward went from ${first.reward.toFixed(2)} to ${last.reward.toFixed(2)} in ${countOf(last.update - first.update, 'update')}, ${last.kl.toFixed(1)} nats an episode away from the start.`
}
