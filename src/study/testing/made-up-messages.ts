/** Messages of a study for tests. */
import { DEFAULT_PAIR_SETTINGS, LABEL_VERSION, type Label } from '../../alignment/labels/index.ts'
import { madeUpId, madeUpTime } from '../../alignment/labels/testing/made-up-labels.ts'
import { type AssignedPair, scheduleOf } from '../assignment.ts'
import { type LabellerMessage, MESSAGE_VERSION } from '../message.ts'
import type { PreparedStudy } from '../study.ts'

export const MADE_UP_DIGEST = 'cd'.repeat(32)

/** Labeller of a study for tests: what its messages have in common. */
export interface MadeUpLabeller {
  readonly study: PreparedStudy
  readonly labeller: number
  readonly slot?: number
  /** Digest of the study; a made-up one if omitted. */
  readonly digest?: string
  /** Number of the sitting, different for each browser. */
  readonly sitting?: number
}

type Kind = LabellerMessage['kind']
type Rest<K extends Kind> = Omit<
  Extract<LabellerMessage, { kind: K }>,
  'version' | 'id' | 'study' | 'at' | 'digest' | 'labeller' | 'sitting'
>

/** Returns the session id of a labeller. */
export function madeUpSitting({ labeller, sitting = labeller }: MadeUpLabeller): string {
  return madeUpId(0x51770000 + sitting)
}

export function madeUpMessage<K extends Kind>(
  who: MadeUpLabeller,
  id: string,
  rest: Rest<K>,
  seconds = 0,
) {
  return {
    version: MESSAGE_VERSION,
    id,
    study: who.study.id,
    at: madeUpTime(seconds),
    digest: who.digest ?? MADE_UP_DIGEST,
    labeller: who.labeller,
    sitting: madeUpSitting(who),
    ...rest,
  } as const
}

/** Returns the message with which a labeller begins. */
export function madeUpBeginning(who: MadeUpLabeller, seconds = 0): LabellerMessage {
  const { study, labeller, slot = labeller, digest = MADE_UP_DIGEST } = who
  const id = madeUpSitting(who)
  return madeUpMessage<'begun'>(
    who,
    `${id} begun`,
    {
      kind: 'begun',
      slot,
      parameters: {},
      practice: { answered: 2, right: 2 },
      session: {
        id,
        version: 2,
        labeller: String(labeller),
        question: study.question,
        policy: study.agents[0] ?? { file: '', digest: '' },
        goal: scheduleOf(study, slot).length,
        settings: DEFAULT_PAIR_SETTINGS,
        seed: study.design.seed,
        createdAt: madeUpTime(seconds),
        worldVersion: study.worldVersion,
        appVersion: '0.1.0',
        study: { id: study.id, digest, labeller, slot },
      },
    },
    seconds,
  )
}

/** Returns the label with which a labeller answers a pair of the schedule. */
export function madeUpAnswer(
  who: MadeUpLabeller,
  place: number,
  pair: AssignedPair,
  overrides: Partial<Label> = {},
): LabellerMessage {
  const { study, labeller, sitting = labeller } = who
  const { first, second, left, kind, known } = pair
  const label: Label = {
    id: madeUpId(0x1abe10000000 + sitting * 1000 + place),
    version: LABEL_VERSION,
    session: madeUpSitting(who),
    ...{ first, second, left, kind, rule: 'random', verdict: 'first' },
    ...(known === undefined ? {} : { known }),
    responseMs: 3000 + 10 * place,
    replays: 0,
    question: study.question,
    labeller: String(labeller),
    createdAt: madeUpTime(100 + place),
    worldVersion: study.worldVersion,
    appVersion: '0.1.0',
    ...overrides,
  }
  return madeUpMessage<'label'>(who, label.id, { kind: 'label', label }, 100 + place)
}

/** Returns all messages of a labeller who answers the whole schedule by `verdictOf`. */
export function madeUpLabelling(
  who: MadeUpLabeller,
  verdictOf: (pair: AssignedPair) => Label['verdict'],
): LabellerMessage[] {
  const schedule = scheduleOf(who.study, who.slot ?? who.labeller)
  return [
    madeUpBeginning(who),
    ...schedule.map((pair, place) => madeUpAnswer(who, place, pair, { verdict: verdictOf(pair) })),
    madeUpMessage<'finished'>(who, `${madeUpSitting(who)} finished`, {
      kind: 'finished',
      why: 'all answered',
    }),
  ]
}
