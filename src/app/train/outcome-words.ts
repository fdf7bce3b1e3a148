import type { Run } from '../../storage/run-record.ts'
import { capitalised } from '../sentences.ts'
import { tookWords } from '../training/words.ts'
import { countOf } from '../ui/format.ts'

/** What a run came to, in sentences; what is not known until it is evaluated is said too. */
export function outcomeSentences(run: Run): string[] {
  const told = [stateSentence(run), accuracySentence(run), learningSentence(run)]
  if (run.result?.policy) told.push(caution(run))
  return told.filter((each) => each !== undefined)
}

function caution({ curves }: Run): string {
  const look =
    'how often it does what you want shows in fresh episodes, so watch it and evaluate it.'
  return curves.reinforcement.length > 1
    ? `The learnt reward is the reward model’s opinion: ${look}`
    : capitalised(look)
}

function stateSentence({ state, seconds, result, plan }: Run): string | undefined {
  const took = tookWords(seconds)
  if (state === 'done') return `Trained in ${took}.`
  if (state === 'stopped') {
    const kept = result?.policy ?? result?.reward
    return `Stopped by hand after ${took}${kept ? '; what there was is kept' : ', before there was anything to keep'}.`
  }
  if (state !== 'diverged') return undefined
  if (result?.policy) return `Stopped after ${took}. The agent below is its last good checkpoint.`
  if (!result?.reward) return `Stopped after ${took}; no checkpoint was good enough to keep.`
  return plan.kind === 'reward'
    ? `Stopped after ${took}. The reward model below is its last good checkpoint.`
    : `Stopped after ${took}; there is no agent to keep, but there is the reward model.`
}

function accuracySentence({ result }: Run): string | undefined {
  const held = result?.heldOut
  if (!held || held.comparisons === 0) return undefined
  const percent = (100 * held.accuracy).toFixed(0)
  return `The reward model is right on ${percent} % of ${countOf(held.comparisons, 'held-out label')}.`
}

function learningSentence({ curves, state }: Run): string | undefined {
  const first = curves.reinforcement[0]
  const last = curves.reinforcement.at(-1)
  if (!first || !last || first === last) {
    const imitated = curves.imitationHeldOut.at(-1)?.loss
    if (imitated === undefined) return undefined
    return `Its loss on held-out clips is ${imitated.toFixed(3)} nats a decision.`
  }
  // What is kept of a run that diverged is from before its last update.
  const until = state === 'diverged' ? ', before it was stopped' : ''
  return `The learnt reward went from ${first.reward.toFixed(2)} to ${last.reward.toFixed(2)} in ${countOf(last.update - first.update, 'update')}, ${last.kl.toFixed(1)} nats an episode away from the start${until}.`
}
