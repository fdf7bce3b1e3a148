/** Asks the reward models what they think of the agent in focus, a few decisions at a time. */
import { WORLD_VERSION } from '../../island/index.ts'
import type { Jury } from '../../lab/acting/protocol.ts'
import { messageOf } from '../../lab/worker/errors.ts'
import { currentCandidates } from '../data/candidates.ts'
import { useWatch } from '../stores/watch.ts'
import type { Agent } from './agent.ts'

/** Reward models that look on at once: one for each jumppad. */
export const MOST_REWARDS = 3

export class LookingOn {
  readonly #jury: () => Jury
  /** Whether anybody wants to know. */
  #wanted = false
  #ready = false
  #asking = false
  /** Grows whenever other models are asked for. */
  #convened = 0
  /** Grows whenever what is judged changes: an older answer is dropped. */
  #take = 0
  #judged: Agent | undefined

  constructor(jury: () => Jury) {
    this.#jury = jury
  }

  /** Begins, or stops, to look on. */
  async want(wanted: boolean): Promise<void> {
    this.#wanted = wanted
    if (wanted && !this.#ready && useWatch.getState().status === 'ready') await this.convene()
  }

  /** Opens the chosen reward models, or those there are. */
  async convene(): Promise<void> {
    const convened = ++this.#convened
    this.#ready = false
    this.forget()
    if (!this.#wanted) return
    const { rewardNames } = useWatch.getState()
    const chosen = currentCandidates('reward').filter(
      ({ name }) => rewardNames?.includes(name) ?? true,
    )
    const seated = chosen.slice(0, MOST_REWARDS)
    try {
      const sources = await Promise.all(seated.map((candidate) => candidate.source()))
      await this.#jury().convene(sources)
      if (convened !== this.#convened) return
      this.#ready = seated.length > 0
      const rewards = seated.map(({ name, title }) => ({
        name,
        title,
        rewards: new Float32Array(),
      }))
      useWatch.setState({ rewards, rewardProblem: undefined })
    } catch (error) {
      useWatch.setState({ rewards: [], rewardProblem: messageOf(error) })
    }
  }

  /** What was said so far no longer holds. */
  forget(): void {
    this.#take++
    this.#asking = false
    useWatch.setState(({ rewards }) => ({
      rewards: rewards.map((line) => ({ ...line, rewards: new Float32Array() })),
    }))
  }

  /** Asks on, where more has happened than was judged. */
  look(agent: Agent | undefined): void {
    if (!this.#wanted || !this.#ready || this.#asking || !agent?.lane || agent.pathOnly) return
    if (agent !== this.#judged) this.forget()
    this.#judged = agent
    const { tape } = agent.lane
    const known = useWatch.getState().rewards[0]?.rewards.length ?? 0
    if (known >= tape.length) return
    const take = this.#take
    this.#asking = true
    const actions = Uint16Array.from(tape, ({ action }) => action)
    this.#jury()
      .rewards({ worldVersion: WORLD_VERSION, ...agent.episode, actions })
      .then((lists) => {
        if (take !== this.#take) return
        this.#asking = false
        useWatch.setState(({ rewards }) => ({
          rewards: rewards.map((line, index) => ({
            ...line,
            rewards: lists[index] ?? line.rewards,
          })),
        }))
      })
      .catch((error: unknown) => {
        if (take !== this.#take) return
        this.#ready = false
        useWatch.setState({ rewardProblem: messageOf(error) })
      })
  }
}
