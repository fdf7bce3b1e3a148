/** Population of scripted players: shares of habits, and the player that a key determines. */
import {
  type IslandState,
  type Key,
  RandomStream,
  type StartKind,
  splitKey,
  type World,
} from '../island/index.ts'
import type { Activity, ActivityStep, Person } from './activity.ts'
import { wait } from './activity.ts'
import { DelayedObserver } from './delayed-observer.ts'
import { HABITS, type HabitName } from './habits.ts'
import { MotorModel, nothing } from './hands.ts'
import { sampleSkill, sampleTraits } from './traits.ts'

/** A policy that controls the character. */
export interface ScriptedPlayer {
  /** Returns the action code chosen in this state; called once per decision, in order. */
  act(state: IslandState): number
}

/** A mix of players. */
export interface Population {
  readonly name: string
  /** Habits and their shares, which add up to 1. */
  readonly habits: readonly { readonly name: HabitName; readonly share: number }[]
}

/** Population whose episodes form the pre-training set. */
export const POPULATION: Population = {
  name: 'islanders',
  habits: [
    { name: 'left runner', share: 0.09 },
    { name: 'middle runner', share: 0.18 },
    { name: 'right runner', share: 0.08 },
    { name: 'turner', share: 0.11 },
    { name: 'doubter', share: 0.1 },
    { name: 'detourist', share: 0.09 },
    { name: 'explorer', share: 0.11 },
    { name: 'idler', share: 0.07 },
    { name: 'boxer', share: 0.08 },
    { name: 'edge walker', share: 0.06 },
    { name: 'hopper', share: 0.03 },
  ],
}

/** Maximum number of idle decisions after noticing a fall into the sea. */
const LONGEST_SURPRISE = 6

/** A player that executes a plan through a perception model and a motor model. */
class PlanFollower implements ScriptedPlayer {
  readonly #person: Person
  readonly #plan: readonly ActivityStep[]
  readonly #eyes: DelayedObserver
  readonly #hands: MotorModel
  #next = 0
  #activity: Activity | undefined
  #surprise = 0
  #swims = 0

  constructor(person: Person, plan: readonly ActivityStep[], handsRandom: RandomStream) {
    const { lag, foresight, delay } = person.traits
    this.#person = person
    this.#plan = [wait(delay), ...plan]
    this.#eyes = new DelayedObserver(lag, foresight)
    this.#hands = new MotorModel(person.traits, handsRandom)
  }

  act(state: IslandState): number {
    const known = this.#eyes.see(state)
    const intention = nothing()
    if (known.swims > this.#swims) {
      this.#swims = known.swims
      this.#surprise = 1 + this.#person.random.below(LONGEST_SURPRISE)
    }
    if (this.#surprise > 0) {
      this.#surprise -= 1
      return this.#hands.press(intention, known)
    }
    while (!this.#activity?.act(known, intention)) {
      const step = this.#plan[this.#next]
      if (step === undefined) break
      this.#activity = step(this.#person)
      this.#next += 1
    }
    return this.#hands.press(intention, known)
  }
}

/** Samples a player from the population; the same key gives the same player in the same world. */
export function createPlayer(
  world: World,
  population: Population,
  key: Key,
): { player: ScriptedPlayer; habit: HabitName; skill: number; start: StartKind } {
  const random = new RandomStream(splitKey(key, 'traits'))
  const habit = habitAt(population, random.uniform())
  const skill = sampleSkill(random)
  const person = {
    world,
    traits: sampleTraits(skill, random),
    random: new RandomStream(splitKey(key, 'acts')),
  }
  const plan = HABITS[habit](world, new RandomStream(splitKey(key, 'plan')))
  const player = new PlanFollower(person, plan, new RandomStream(splitKey(key, 'hands')))
  return { player, habit, skill, start: 'spawn' }
}

/** Returns the habit at `drawn` (0…1) of the cumulative shares; throws a RangeError if none. */
function habitAt(population: Population, drawn: number): HabitName {
  let sum = 0
  for (const { name, share } of population.habits) {
    sum += share
    if (drawn < sum) return name
  }
  const last = population.habits.at(-1)
  if (last === undefined) throw new RangeError(`Population "${population.name}" has no habits.`)
  return last.name
}
