/** Requests the running reward of the agent in focus from reward models, a few decisions at a time. */

import { WORLD_VERSION } from '../../island/index.ts'
import type { RewardScorer } from '../../lab/acting/protocol.ts'
import { currentCandidates } from '../data/candidates.ts'
import { problemOf } from '../sentences.ts'
import { useWatch } from '../stores/watch.ts'
import type { Agent } from './agent.ts'

/** Maximum number of reward models that score at once: one for each jumppad. */
export const MOST_REWARDS = 3

/** Running reward of one agent at a time: an episode's rewards are discarded when another is scored. */
export class RewardScoring {
  readonly #scorer: () => RewardScorer
  /** Whether the running reward is displayed. */
  #wanted = false
  #ready = false
  #asking = false
  /** Number that grows with every choice of reward models: older results are dropped. */
  #convened = 0
  /** Number that grows whenever the scored episode changes: older results are dropped. */
  #take = 0
  #judged: Agent | undefined

  constructor(scorer: () => RewardScorer) {
    this.#scorer = scorer
  }

  /** Starts or stops scoring. */
  async want(wanted: boolean): Promise<void> {
    this.#wanted = wanted
    if (wanted && !this.#ready && useWatch.getState().status === 'ready') await this.openModels()
  }

  /** Opens the first `MOST_REWARDS` of the chosen reward models, by default of all. */
  async openModels(): Promise<void> {
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
      await this.#scorer().openModels(sources)
      if (convened !== this.#convened) return
      this.#ready = seated.length > 0
      const rewards = seated.map(({ name, title }) => ({
        name,
        title,
        rewards: new Float32Array(),
      }))
      useWatch.setState({ rewards, rewardProblem: undefined })
    } catch (error) {
      useWatch.setState({ rewards: [], rewardProblem: problemOf(error) })
    }
  }

  /** Discards the rewards so far. */
  forget(): void {
    this.#take++
    this.#asking = false
    useWatch.setState(({ rewards }) => ({
      rewards: rewards.map((line) => ({ ...line, rewards: new Float32Array() })),
    }))
  }

  /** Requests more rewards if the agent has decisions that are not scored yet. */
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
    this.#scorer()
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
        useWatch.setState({ rewardProblem: problemOf(error) })
      })
  }
}
