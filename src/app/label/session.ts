/** Sessions of the labelling desk. */

import { version as APP_VERSION } from '../../../package.json'
import {
  DEFAULT_PAIR_SETTINGS,
  jumppadNamedIn,
  type PairRule,
  type PairSettings,
  questionFor,
  SESSION_VERSION,
  type Session,
} from '../../alignment/labels/index.ts'
import type { PlayedIsland } from '../../alignment/map-schema.ts'
import { styleWishIn } from '../../evaluation/wish.ts'
import { type Key, type Outcome, rootKey, splitKey, WORLD_VERSION } from '../../island/index.ts'
import { newId } from '../../storage/index.ts'
import { outcomesOf } from '../../study/study.ts'
import { type Candidate, currentCandidates, findCandidate } from '../data/candidates.ts'
import type { AskedSession } from '../stores/label-link.ts'

export { APP_VERSION }

const QUESTION = questionFor('left')

/** Stage whose clips are compared by default. */
const STAGE = 'fine-tuned'

const GOAL = 50

/** Default seed. Labellers with the same seed get the same pairs, so that they can be compared. */
const SEED = 1

/** Returns the policy whose clips a session compares; undefined where it is neither shipped nor kept. */
export function policyIn({ policy }: Pick<Session, 'policy'>): Candidate | undefined {
  return currentCandidates('policy').find(({ sha256 }) => sha256 === policy.digest)
}

/** Returns the policy that addresses call by a name; undefined where there is none. */
export function policyNamed(name: string): Candidate | undefined {
  return findCandidate(currentCandidates('policy'), name)
}

/** Returns the policy of sessions for which none was chosen; undefined where there is none. */
export function defaultPolicy(): Candidate | undefined {
  return policyNamed(STAGE) ?? currentCandidates('policy')[0]
}

/** Parts of a model that a session records. */
type ModelFile = Pick<Candidate, 'file' | 'sha256'>

export function policyOf({ file, sha256 }: ModelFile): Session['policy'] {
  return { file, digest: sha256 }
}

/** Returns a new session of a labeller, with the settings of `like` or default ones. */
export function draftSession(
  model: ModelFile,
  labeller: string,
  like: Session | undefined,
): Session {
  const question = like?.question ?? QUESTION
  return {
    seed: SEED,
    ...like,
    labeller,
    question,
    ...(like && !isOfLink(like)
      ? { goal: like.goal, settings: like.settings }
      : {
          goal: GOAL,
          settings: askedAbout(
            { settings: DEFAULT_PAIR_SETTINGS, question: '' },
            question,
            outcomesOf({ island: like?.island }),
          ),
        }),
    id: newId(),
    version: SESSION_VERSION,
    policy: policyOf(model),
    createdAt: new Date().toISOString(),
    worldVersion: WORLD_VERSION,
    appVersion: APP_VERSION,
  }
}

/**
 * Returns the session on another island; undefined stands for the first one. A question about a jumppad that
 * is not there asks about the first one that is.
 */
export function onIsland(session: Session, island: PlayedIsland | undefined): Session {
  const { island: _island, ...rest } = session
  const moved: Session = island ? { ...rest, island } : rest
  const outcomes = outcomesOf(moved)
  const named = jumppadNamedIn(session.question, [...outcomesOf(session), ...outcomes])
  const isThere = named === undefined || outcomes.includes(named)
  const question = isThere ? session.question : questionFor(outcomes[0] ?? '')
  return { ...moved, question, settings: goldenThere(session, question, outcomes) }
}

/** Returns the settings on another island: golden pairs that were chosen by hand stay, where they can. */
function goldenThere(
  session: Session,
  question: string,
  outcomes: readonly Outcome[],
): PairSettings {
  const { settings } = session
  const { golden } = settings
  const follows = golden === jumppadNamedIn(session.question, outcomesOf(session))
  const canStay = golden === undefined || outcomes.includes(golden)
  return follows || !canStay ? withGolden(settings, question, outcomes) : settings
}

/** Returns the settings with golden pairs for the jumppad that a question names, if it names one. */
function withGolden(
  { golden: _golden, ...rest }: PairSettings,
  question: string,
  outcomes: readonly Outcome[],
): PairSettings {
  const golden = jumppadNamedIn(question, outcomes)
  return golden ? { ...rest, golden } : rest
}

/**
 * Returns the settings of a session that asks another question: golden pairs follow it until they are set to a
 * jumppad other than the one it names, and about a style, pairs differ in it, as pairs drawn at random teach hardly
 * anything about style.
 */
export function askedAbout(
  { settings, question: before }: Pick<Session, 'settings' | 'question'>,
  question: string,
  outcomes: readonly Outcome[],
): PairSettings {
  const isStyle = styleWishIn(question) !== undefined
  const follows = isStyle || settings.golden === jumppadNamedIn(before, outcomes)
  const next = follows ? withGolden(settings, question, outcomes) : settings
  if (!isStyle) return settings.rule === 'telling' ? withRule(next, 'random') : next
  const wasStyle = styleWishIn(before) !== undefined
  return !wasStyle && settings.rule === 'random' ? withRule(next, 'telling') : next
}

/** Returns the settings with another rule; all telling pairs are telling, of the others some stay random. */
export function withRule(settings: PairSettings, rule: PairRule): PairSettings {
  const wasTelling = settings.rule === 'telling'
  const usual = wasTelling ? DEFAULT_PAIR_SETTINGS.randomShare : settings.randomShare
  return { ...settings, rule, randomShare: rule === 'telling' ? 0 : usual }
}

/** Returns a new session as a link requests it. */
export function sessionAskedFor(model: ModelFile, labeller: string, asked: AskedSession): Session {
  const common = { ...DEFAULT_PAIR_SETTINGS, randomShare: 0, reShowEvery: 0, goldenShare: 0 }
  const [question, settings]: [string, PairSettings] =
    'wanted' in asked
      ? [questionFor(asked.wanted), { ...common, rule: 'telling', golden: asked.wanted }]
      : [asked.question, { ...common, ...SIMILAR_RULE }]
  return { ...draftSession(model, labeller, undefined), question, goal: asked.goal, settings }
}

/** Settings of sessions of similar pairs: the form offers no session that needs no labels. */
const SIMILAR_RULE = { rule: 'closeness', minimumLabels: 0 } as const

/** Returns whether a session's pairs are picked by the reward model that its link names. */
export function asksForSimilar({ settings }: Pick<Session, 'settings'>): boolean {
  return (
    settings.rule === SIMILAR_RULE.rule && settings.minimumLabels === SIMILAR_RULE.minimumLabels
  )
}

/** Returns whether a link requested a session, whose settings its labeller did not choose. */
function isOfLink(session: Session): boolean {
  const isTelling = session.settings.rule === 'telling' && !styleWishIn(session.question)
  return isTelling || asksForSimilar(session)
}

/** Returns the key by which the pairs of a session are picked. */
export function pairsKey({ seed }: Pick<Session, 'seed'>): Key {
  return splitKey(rootKey(seed), 'labelling')
}
