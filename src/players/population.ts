/** Who plays: habits by their shares, and the scripted player that a key stands for. */
import {
  type IslandState,
  type Key,
  RandomStream,
  type StartKind,
  splitKey,
} from '../island/index.ts'
import type { Activity, Person, Step } from './activity.ts'
import { wait } from './activity.ts'
import { Eyes } from './eyes.ts'
import { HABITS, type HabitName } from './habits.ts'
import { Hands, nothing } from './hands.ts'
import { drawSkill, drawTemperament } from './temperament.ts'

/** Anybody who holds the gamepad of an island. */
export interface Player {
  /** The number of the action chosen in this state; called once a decision, in order. */
  act(state: IslandState): number
}

/** A mix of people. Raise the version with any change that alters what anybody plays. */
export interface Population {
  readonly name: string
  readonly version: number
  /** Shares add up to 1. */
  readonly habits: readonly { readonly name: HabitName; readonly share: number }[]
}

/** The people whose play is the pre-training set. */
export const POPULATION: Population = {
  name: 'islanders',
  version: 1,
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

/** Decisions for which somebody fresh out of the sea collects themselves, at most. */
const LONGEST_SURPRISE = 6

/** A person of some habit and temperament, with a plan, human eyes and human hands. */
class ScriptedPlayer implements Player {
  readonly #person: Person
  readonly #plan: readonly Step[]
  readonly #eyes: Eyes
  readonly #hands: Hands
  #next = 0
  #activity: Activity | undefined
  #surprise = 0
  #swims = 0

  constructor(person: Person, plan: readonly Step[], handsRandom: RandomStream) {
    const { lag, foresight, delay } = person.temperament
    this.#person = person
    this.#plan = [wait(delay), ...plan]
    this.#eyes = new Eyes(lag, foresight)
    this.#hands = new Hands(person.temperament, handsRandom)
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

/** A player drawn from the population by a key; the same key draws the same player. */
export function createPlayer(
  population: Population,
  key: Key,
): { player: Player; habit: HabitName; skill: number; start: StartKind } {
  const random = new RandomStream(splitKey(key, 'traits'))
  const habit = drawHabit(population, random.uniform())
  const skill = drawSkill(random)
  const person = {
    temperament: drawTemperament(skill, random),
    random: new RandomStream(splitKey(key, 'acts')),
  }
  const plan = HABITS[habit].plan(new RandomStream(splitKey(key, 'plan')))
  const player = new ScriptedPlayer(person, plan, new RandomStream(splitKey(key, 'hands')))
  return { player, habit, skill, start: 'spawn' }
}

/** The habit in whose part of [0, 1) a number lies, when the shares are laid end to end. */
function drawHabit(population: Population, drawn: number): HabitName {
  let sum = 0
  for (const { name, share } of population.habits) {
    sum += share
    if (drawn < sum) return name
  }
  const last = population.habits.at(-1)
  if (last === undefined) throw new RangeError(`Population "${population.name}" has no habits.`)
  return last.name
}
