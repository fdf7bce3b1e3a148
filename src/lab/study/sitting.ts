/** Course of a sitting: how an invitation becomes a session, and the steps from consent to the end. */
import {
  DEFAULT_PAIR_SETTINGS,
  SESSION_VERSION,
  type Session,
} from '../../alignment/labels/index.ts'
import type { Invitation } from '../../collector/invitation.ts'
import { type Sitting, STUDY_RECORD_VERSION } from '../../storage/index.ts'
import { scheduleOf } from '../../study/assignment.ts'
import { isPrepared, type Study } from '../../study/study.ts'

/** Returns the sitting with which an invitation is opened in a browser. */
export function newSitting(
  id: string,
  invitation: Invitation,
  study: Study,
  parameters: Sitting['parameters'],
  openedAt: string,
): Sitting {
  // The study is stored once, beside the invitation.
  const { inline: _inline, ...rest } = invitation
  return {
    ...{ id, version: STUDY_RECORD_VERSION, invitation: rest, study, parameters, openedAt },
    practice: { answered: 0, right: 0, passed: study.practice.pairs === 0 },
    sent: { begun: false, upTo: 0, ended: false },
  }
}

export function agreed(sitting: Sitting, at: string): Sitting {
  return { ...sitting, agreedAt: at }
}

/** Returns the sitting after an answer to a practice pair. */
export function practised(sitting: Sitting, wasRight: boolean): Sitting {
  const { answered, right, passed } = sitting.practice
  const counts = { answered: answered + 1, right: right + (wasRight ? 1 : 0) }
  return { ...sitting, practice: { ...counts, passed } }
}

export function passed(sitting: Sitting): Sitting {
  return { ...sitting, practice: { ...sitting.practice, passed: true } }
}

export function begun(sitting: Sitting, at: string): Sitting {
  return { ...sitting, begunAt: at }
}

export function finished(sitting: Sitting, at: string, why: NonNullable<Sitting['why']>): Sitting {
  return { ...sitting, finishedAt: at, why }
}

/** Returns the sitting once the labeller has withdrawn, which is to be sent even after its end was. */
export function withdrawn(sitting: Sitting, at: string): Sitting {
  return { ...sitting, withdrawnAt: at, sent: { ...sitting.sent, ended: false } }
}

/** Returns the sitting as if the collector had acknowledged nothing of it. */
export function unsent(sitting: Sitting): Sitting {
  return { ...sitting, sent: { begun: false, upTo: 0, ended: false } }
}

/** Returns the session of a sitting: its labels belong to it, whoever else opens the same invitation. */
export function sessionOf(sitting: Sitting, begunAt: string, appVersion: string): Session {
  const { id, invitation, study } = sitting
  const { labeller, slot } = invitation
  const [agent] = study.agents
  if (!isPrepared(study) || !agent) {
    throw new Error('A session needs a prepared study: open the invitation again.')
  }
  return {
    id,
    version: SESSION_VERSION,
    // The beginning of the id distinguishes several people with the same invitation.
    labeller: `labeller-${labeller}-${id.slice(0, 4)}`,
    question: study.question,
    policy: { file: agent.file, digest: agent.digest },
    ...(study.island && { island: study.island }),
    goal: scheduleOf(study, slot).length,
    settings: DEFAULT_PAIR_SETTINGS,
    seed: study.design.seed,
    createdAt: begunAt,
    worldVersion: study.worldVersion,
    appVersion,
    study: { ...invitation.study, labeller, slot },
  }
}

/** Step of the labeller's way through a study. */
export type SittingPhase =
  | 'consent'
  | 'instructions'
  | 'practice'
  | 'ready'
  | 'pairs'
  | 'finished'
  | 'withdrawn'

/** Returns the step that a sitting has reached; `hasRead` is whether the instructions were just read. */
export function phaseOf(sitting: Sitting, hasRead: boolean): SittingPhase {
  const { agreedAt, practice, study, begunAt, finishedAt, withdrawnAt } = sitting
  if (withdrawnAt !== undefined) return 'withdrawn'
  if (finishedAt !== undefined) return 'finished'
  if (begunAt !== undefined) return 'pairs'
  if (agreedAt === undefined) return 'consent'
  if (practice.passed) return study.practice.pairs > 0 ? 'ready' : 'instructions'
  return hasRead || practice.answered > 0 ? 'practice' : 'instructions'
}

/** Maximum length of a parameter's value: longer ones are not ids of a recruiting site. */
const LONGEST_VALUE = 200

/**
 * Returns the parameters of recruiting sites in an address, by the names that a study asks for. They are
 * in its query or, where a site appends them to the link, in its hash.
 */
export function parametersIn(
  { search, hash }: { readonly search: string; readonly hash: string },
  names: readonly string[],
): Sitting['parameters'] {
  const [, ...queries] = hash.split('?')
  const sources = [search, ...queries].map((query) => new URLSearchParams(query))
  return Object.fromEntries(
    names.flatMap((name) => {
      const value = sources.map((source) => source.get(name)).find((each) => each !== null)
      return value == null || value.length > LONGEST_VALUE ? [] : [[name, value]]
    }),
  )
}

/** Returns the address of a recruiting site, with the parameters that it sent a labeller with. */
export function returnAddress(returnTo: string, parameters: Sitting['parameters']): string {
  const address = new URL(returnTo)
  for (const [name, value] of Object.entries(parameters)) address.searchParams.set(name, value)
  return address.href
}
