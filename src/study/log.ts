/**
 * Log of a study: the sittings, decisions and rules behind its messages, in whatever order and however
 * often they arrived. Messages come from strangers, so what does not fit the study is refused and counted.
 */
import { pairKey } from '../alignment/labels/index.ts'
import type { MessageOf, ResearcherMessage, StudyMessage } from './message.ts'
import { byTime, isOfSitting, type SittingLog, SittingReader } from './sitting-log.ts'
import type { ExclusionRule } from './statistics/exclusion.ts'
import type { PreparedStudy } from './study.ts'

export interface StudyLog {
  readonly study: PreparedStudy
  /** Sittings by labeller and then by time, withdrawn ones included: their answers never count. */
  readonly sittings: readonly SittingLog[]
  /** Latest decision on each pair, by `pairKey`. */
  readonly decisions: ReadonlyMap<string, MessageOf<'decision'>>
  /** Latest exclusion by hand of each sitting. */
  readonly exclusions: ReadonlyMap<string, MessageOf<'exclusion'>>
  /** Rules by which sittings are left out, as written last. */
  readonly rules: readonly ExclusionRule[]
  /** Number of messages that do not fit the study, by reason. */
  readonly refused: ReadonlyMap<string, number>
}

/**
 * Returns the log of a study. `digest` is that of the study; labels of another version of it are refused,
 * as their pairs may differ.
 */
export function readStudyLog(
  study: PreparedStudy,
  digest: string,
  messages: readonly StudyMessage[],
): StudyLog {
  const refused = new Map<string, number>()
  const refuse = (reason: string): void => {
    refused.set(reason, (refused.get(reason) ?? 0) + 1)
  }
  const known = unique(messages).filter((message) => {
    if (message.study !== study.id) refuse('of another study')
    else if ('digest' in message && message.digest !== digest)
      refuse('of another version of the study')
    else return true
    return false
  })
  const sittings = new SittingReader(study, digest, refuse)
  sittings.begin(ofKind(known, 'begun'))
  sittings.add(known.filter(isOfSitting))
  return {
    study,
    sittings: sittings.all(),
    decisions: latest(ofKind(known, 'decision'), ({ first, second }) => pairKey(first, second)),
    exclusions: latest(ofKind(known, 'exclusion'), ({ sitting }) => sitting),
    rules: latest(ofKind(known, 'rules'), () => 'rules').get('rules')?.rules ?? [],
    refused,
  }
}

/** Returns the sittings whose answers may count: all but those withdrawn. */
export function presentSittings({ sittings }: StudyLog): SittingLog[] {
  return sittings.filter(({ withdrawn }) => !withdrawn)
}

/** Returns each message once, by its id; of several with one id, the first. */
function unique(messages: readonly StudyMessage[]): StudyMessage[] {
  const known = new Set<string>()
  return messages.filter(({ id }) => {
    if (known.has(id)) return false
    known.add(id)
    return true
  })
}

function ofKind<Kind extends StudyMessage['kind']>(
  messages: readonly StudyMessage[],
  kind: Kind,
): MessageOf<Kind>[] {
  return messages.filter((message): message is MessageOf<Kind> => message.kind === kind)
}

/** Returns the latest message for each key, by time and then by id, whatever the order of arrival. */
function latest<T extends ResearcherMessage>(
  messages: readonly T[],
  keyOf: (message: T) => string,
): Map<string, T> {
  const found = new Map<string, T>()
  for (const message of messages) {
    const key = keyOf(message)
    const before = found.get(key)
    if (before === undefined || byTime(before, message) < 0) found.set(key, message)
  }
  return found
}
