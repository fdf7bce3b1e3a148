/** What happens on the islands, told to the page: its panels, its counts, and who only hears of it. */

import type { ActedDecision } from '../../lab/acting/protocol.ts'
import type { LaneHappening } from '../../lab/playback/ensemble.ts'
import { countEnding } from '../../lab/playback/tally.ts'
import { endingSentence, SWIM_SENTENCE } from '../sentences.ts'
import { tallyOf, useWatch, type WatchedAgent } from '../stores/watch.ts'
import type { Slot } from './slot.ts'

/** `settle` hears of every episode that has ended. */
export function tellAll(
  slots: readonly Slot[],
  happenings: readonly LaneHappening[],
  settle: (slot: Slot) => void,
): void {
  const changes = slots.map((): Partial<WatchedAgent> => ({}))
  for (const { lane, happening } of happenings) {
    const slot = slots[lane]
    const agent = changes[lane]
    if (!slot || !agent) continue
    if (happening.kind === 'decision' && swam(slot, happening.decision)) say(slot, SWIM_SENTENCE)
    Object.assign(agent, slot.tell(happening))
    if (happening.kind !== 'ended') continue
    Object.assign(agent, end(slot, happening.decision))
    settle(slot)
  }
  for (const [index, slot] of slots.entries()) Object.assign(changes[index] ?? {}, annotated(slot))
  if (changes.some((agent) => Object.keys(agent).length > 0)) write(slots, changes)
}

function write(slots: readonly Slot[], changes: readonly Partial<WatchedAgent>[]): void {
  useWatch.setState(({ agents, focus, furthest }) => {
    const lane = slots[focus]?.lane
    const decisions = lane?.shown ?? 0
    const most = slots.reduce((most, slot) => Math.max(most, slot.lane?.shown ?? 0), 0)
    return {
      agents: agents.map((agent, index) => ({ ...agent, ...changes[index] })),
      decisions: slots.length > 1 ? most : decisions,
      furthest: Math.max(furthest, most),
      authors: lane?.tape.map(({ author }) => author).join('') ?? '',
    }
  })
}

function swam(slot: Slot, { index, state }: ActedDecision): boolean {
  const before = slot.lane?.tape[index - 1]?.state.swims ?? 0
  return state.swims > before
}

function end(slot: Slot, { ending, index }: ActedDecision): Partial<WatchedAgent> {
  if (ending === undefined) return {}
  const sentence = endingSentence(ending, index + 1)
  say(slot, sentence)
  if (counts(slot)) {
    const { start, seed } = slot.episode
    useWatch.setState((state) => ({
      tallies: {
        ...state.tallies,
        [slot.stage]: countEnding(tallyOf(state, slot.stage), `${start} ${seed}`, ending),
      },
    }))
  }
  return { ending: sentence }
}

/** Only what an agent did by itself, here and now, says something of it. */
function counts({ acts, lane, settled }: Slot): boolean {
  if (settled || !acts || useWatch.getState().replaying !== undefined) return false
  return lane?.tape.every(({ author }) => author === 'a') ?? false
}

/** What the policy would have done where a human decides: it is known only a little later. */
function annotated({ lane, index }: Slot): Partial<WatchedAgent> {
  const probabilities = lane?.moment?.decision?.probabilities
  if (!probabilities?.length) return {}
  const shown = useWatch.getState().agents[index]?.probabilities
  return shown === probabilities ? {} : { probabilities }
}

function say(slot: Slot, sentence: string): void {
  const { agents } = useWatch.getState()
  const who = agents.length > 1 ? `${agents[slot.index]?.title ?? slot.name}: ` : ''
  useWatch.setState({ latest: who + sentence, announcement: who + sentence })
}
