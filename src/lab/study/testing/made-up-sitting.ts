/** Sittings for tests, and what labellers commit in them. */
import type { Label } from '../../../alignment/labels/index.ts'
import { correct } from '../../../alignment/labels/index.ts'
import { madeUpId, madeUpTime } from '../../../alignment/labels/testing/made-up-labels.ts'
import { INVITATION_VERSION, type Invitation } from '../../../collector/invitation.ts'
import {
  type LabDatabase,
  type LabelEntry,
  type Sitting,
  saveLabel,
  saveSession,
  saveSitting,
} from '../../../storage/index.ts'
import { scheduleOf } from '../../../study/assignment.ts'
import { clipsOfStudy } from '../../../study/material.ts'
import type { PreparedStudy } from '../../../study/study.ts'
import { MADE_UP_DIGEST, madeUpAnswer } from '../../../study/testing/made-up-messages.ts'
import { begun, newSitting, sessionOf } from '../sitting.ts'

const SITTING = madeUpId(0x51770003)

export function madeUpInvitation(study: PreparedStudy): Invitation {
  return {
    version: INVITATION_VERSION,
    study: { id: study.id, digest: MADE_UP_DIGEST },
    ...{ labeller: 3, slot: 3 },
    collector: { url: 'collector', jwt: 'jwt', seed: `SU${'A'.repeat(56)}` },
    from: 'study.json',
  }
}

/** Stores a sitting that has begun, as the page does, and returns it. */
export async function beginSitting(database: LabDatabase, study: PreparedStudy): Promise<Sitting> {
  const opened = newSitting(SITTING, madeUpInvitation(study), study, {}, madeUpTime(0))
  const sitting = begun(opened, madeUpTime(60))
  await saveSession(database, sessionOf(sitting, madeUpTime(60), '0.1.0'))
  await saveSitting(database, sitting)
  return sitting
}

/** Returns the entry with which a labeller answers the pair at a place of the schedule. */
function madeUpStudyEntry(sitting: Sitting, study: PreparedStudy, place: number): LabelEntry {
  const pair = scheduleOf(study, sitting.invitation.slot)[place]
  const message = pair && madeUpAnswer({ study, labeller: 3 }, place, pair)
  if (message?.kind !== 'label') throw new Error(`The schedule has no pair ${place}.`)
  const clips = clipsOfStudy(study)
  const [first, second] = [clips.get(pair?.first ?? ''), clips.get(pair?.second ?? '')]
  if (!first || !second) throw new Error(`The clips of pair ${place} are missing.`)
  const session = sessionOf(sitting, sitting.begunAt ?? madeUpTime(60), '0.1.0')
  return { label: { ...message.label, session: sitting.id }, session, clips: [first, second] }
}

/** Commits the answers to the pairs from one place of the schedule to another, and returns their labels. */
export async function commitAnswers(
  database: LabDatabase,
  sitting: Sitting,
  study: PreparedStudy,
  [from, to]: readonly [from: number, to: number],
): Promise<Label[]> {
  const labels: Label[] = []
  for (let place = from; place < to; place++) {
    const entry = madeUpStudyEntry(sitting, study, place)
    await saveLabel(database, entry)
    labels.push(entry.label)
  }
  return labels
}

/** Commits a correction of a label, and returns it. */
export async function commitCorrection(
  database: LabDatabase,
  sitting: Sitting,
  study: PreparedStudy,
  place: number,
): Promise<Label> {
  const entry = madeUpStudyEntry(sitting, study, place)
  const made = { id: madeUpId(0xc0 + place), createdAt: madeUpTime(2000 + place) }
  const label = correct(entry.label, { ...made, verdict: 'tie', responseMs: 900, replays: 0 })
  await saveLabel(database, { ...entry, label })
  return label
}
