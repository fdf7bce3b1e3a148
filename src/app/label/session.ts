/** Sittings of the labelling desk. */

import { version as APP_VERSION } from '../../../package.json'
import {
  DEFAULT_PAIR_SETTINGS,
  jumppadNamedIn,
  LABEL_VERSION,
  type PairSettings,
  type Session,
} from '../../alignment/labels/index.ts'
import { type Outcome, WORLD_VERSION } from '../../island/index.ts'
import type { ManifestEntry } from '../../lab/manifest.ts'
import { findModel } from '../../lab/models.ts'
import { evaluationOf } from '../../procedure/manifest.ts'
import { newId } from '../../storage/index.ts'
import type { AskedSession } from './address.ts'

export { APP_VERSION }

const QUESTION = questionFor('left')

/** Whose play is compared unless another is chosen. */
const STAGE = 'fine-tuned'

const GOAL = 50

/** Everybody who starts from the same number is asked the same pairs, so that they can be compared. */
const SEED = 1

/** Can be labelled: a reward model plays nothing. */
export function playersOf(models: readonly ManifestEntry[]): ManifestEntry[] {
  return models.filter((entry) => evaluationOf(entry) !== undefined)
}

/** The model that a session's policy is, if it is shipped. */
export function modelOf(
  models: readonly ManifestEntry[],
  { policy }: Pick<Session, 'policy'>,
): ManifestEntry | undefined {
  return models.find(({ sha256 }) => sha256 === policy.digest)
}

/** The policy that a page's address or nobody asked for; undefined where there is none at all. */
export function defaultModel(
  models: readonly ManifestEntry[],
  wanted: string | null,
): ManifestEntry | undefined {
  const players = playersOf(models)
  return (
    (wanted === null ? undefined : findModel(players, wanted)) ??
    findModel(players, STAGE) ??
    players[0]
  )
}

/** A model as far as a session names it. */
type ModelFile = Pick<ManifestEntry, 'file' | 'sha256'>

export function policyOf({ file, sha256 }: ModelFile): Session['policy'] {
  return { file, digest: sha256 }
}

export function questionFor(jumppad: Outcome): string {
  return `Which goes more directly to the ${jumppad} jumppad?`
}

/** A new sitting of a labeller, like an earlier one or like none. */
export function draftSession(
  model: ModelFile,
  labeller: string,
  like: Session | undefined,
): Session {
  const question = like?.question ?? QUESTION
  const golden = jumppadNamedIn(question)
  return {
    seed: SEED,
    ...like,
    labeller,
    question,
    ...(like && like.settings.rule !== 'telling'
      ? { goal: like.goal, settings: like.settings }
      : { goal: GOAL, settings: { ...DEFAULT_PAIR_SETTINGS, ...(golden ? { golden } : {}) } }),
    id: newId(),
    version: LABEL_VERSION,
    policy: policyOf(model),
    createdAt: new Date().toISOString(),
    worldVersion: WORLD_VERSION,
    appVersion: APP_VERSION,
  }
}

/** A new sitting as a link asks for it. */
export function sessionAskedFor(
  model: ModelFile,
  labeller: string,
  { goal, wanted }: AskedSession,
): Session {
  const settings: PairSettings = {
    ...DEFAULT_PAIR_SETTINGS,
    ...{ rule: 'telling', randomShare: 0, reShowEvery: 0, goldenShare: 0, golden: wanted },
  }
  return {
    ...draftSession(model, labeller, undefined),
    ...{ question: questionFor(wanted), goal, settings },
  }
}
