/** Clips, sessions and labels for tests. */
import {
  encodeAction,
  type IslandMap,
  NEUTRAL_ACTION,
  WORLD_VERSION,
} from '../../../island/index.ts'
import { type Clip, keepAgentClip } from '../clip.ts'
import { LABEL_VERSION, type Label, SESSION_VERSION, type Session } from '../label.ts'
import { DEFAULT_PAIR_SETTINGS } from '../settings.ts'

/** Returns the n-th UUID. */
export function madeUpId(n: number): string {
  return `00000000-0000-4000-8000-${n.toString(16).padStart(12, '0')}`
}

/** Returns the time n seconds after midnight, as `Date.toISOString` writes it. */
export function madeUpTime(n: number): string {
  const two = (x: number) => String(Math.floor(x)).padStart(2, '0')
  return `2026-10-05T${two(n / 3600)}:${two((n / 60) % 60)}:${two(n % 60)}.000Z`
}

const WALK = encodeAction({
  leftX: 5,
  leftY: 10,
  rightX: 5,
  rightY: 5,
  jump: false,
  attack: false,
})

/** Returns a clip of a few decisions straight ahead, a different one for each number and island. */
export function madeUpClip(n: number, island?: IslandMap): Clip {
  const actions = Uint16Array.from({ length: 3 + (n % 5) }, (_, i) =>
    i < 2 ? NEUTRAL_ACTION : WALK,
  )
  return keepAgentClip(
    { worldVersion: WORLD_VERSION, start: 'spawn', seed: n, actions, island },
    'ab'.repeat(32),
  )
}

export function madeUpSession(overrides: Partial<Session> = {}): Session {
  return {
    id: madeUpId(0xfff),
    version: SESSION_VERSION,
    labeller: 'Ada',
    question: 'Which goes more directly to the left jumppad?',
    policy: { file: 'fine-tuned.onnx', digest: 'ab'.repeat(32) },
    goal: 50,
    settings: DEFAULT_PAIR_SETTINGS,
    seed: 7,
    createdAt: madeUpTime(0),
    worldVersion: WORLD_VERSION,
    appVersion: '0.1.0',
    ...overrides,
  }
}

/** Returns the n-th label of the session above, on two clips named after n unless overridden. */
export function madeUpLabel(n: number, overrides: Partial<Label> = {}): Label {
  const name = (k: number) => k.toString(16).padStart(16, '0')
  const { id: session, question, labeller, worldVersion, appVersion } = madeUpSession()
  return {
    id: madeUpId(n),
    version: LABEL_VERSION,
    session,
    first: name(2 * n),
    second: name(2 * n + 1),
    left: 'first',
    verdict: 'first',
    responseMs: 4000,
    replays: 0,
    question,
    labeller,
    rule: 'random',
    kind: 'fresh',
    createdAt: madeUpTime(n),
    worldVersion,
    appVersion,
    ...overrides,
  }
}
