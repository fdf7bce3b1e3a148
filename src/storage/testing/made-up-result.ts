/** Logs and results of studies for tests. */
import { LABEL_VERDICTS, type Label, STRENGTHS } from '../../alignment/labels/index.ts'
import { islandNamed, RandomStream, rootKey, splitKey } from '../../island/index.ts'
import { readStudyLog, type StudyLog, scheduleOf } from '../../study/index.ts'
import type { LabellerMessage } from '../../study/message.ts'
import { type AnswerScale, withIsland } from '../../study/study.ts'
import {
  MADE_UP_DIGEST,
  madeUpAnswer,
  madeUpBeginning,
} from '../../study/testing/made-up-messages.ts'
import { madeUpPreparedStudy, madeUpStudy } from '../../study/testing/made-up-study.ts'
import type { StudyExport } from '../study-files/index.ts'

const design = { seed: 3, labellers: 6, pairsEach: 8, overlap: 3, clipsPerAgent: 24, reShows: 2 }
export const MADE_UP_STUDIES = {
  'two-way': madeUpPreparedStudy({ design }),
  graded: madeUpPreparedStudy({
    ...withIsland(madeUpStudy(), islandNamed('fourth')),
    ...{ design, answers: 'graded', title: 'Wie gerade? 🦓' },
  }),
}

/** Returns what six labellers sent who answered at random, some of them with reasons; `digest` is the study's. */
export function madeUpStudyMessages(
  answers: AnswerScale,
  seed: number,
  digest = MADE_UP_DIGEST,
): LabellerMessage[] {
  const study = MADE_UP_STUDIES[answers]
  return [1, 2, 3, 4, 5, 6].flatMap((labeller) => {
    const random = new RandomStream(splitKey(rootKey(seed), labeller))
    const answer = (): Partial<Label> => {
      const verdict = random.pick(LABEL_VERDICTS)
      const prefers = verdict === 'first' || verdict === 'second'
      return {
        verdict,
        responseMs: random.below(1e7) / 7,
        reasons: study.reasons.filter(() => random.chance(0.5)),
        ...(prefers && answers === 'graded' && { strength: random.pick(STRENGTHS) }),
        ...(random.chance(0.3) && { awayMs: 1 + random.below(1e5) / 3 }),
      }
    }
    const who = { study, labeller, digest }
    return [
      madeUpBeginning(who),
      ...scheduleOf(study, labeller).map((pair, place) => madeUpAnswer(who, place, pair, answer())),
    ]
  })
}

/** Returns the log of a study with these messages. */
export function madeUpStudyLog(
  answers: AnswerScale,
  messages: readonly LabellerMessage[],
): StudyLog {
  return readStudyLog(MADE_UP_STUDIES[answers], MADE_UP_DIGEST, messages)
}

/** Returns everything that an export of a made-up study is made from. */
export function madeUpExport(
  answers: AnswerScale,
  seed: number,
  method: StudyExport['method'] = 'mean',
): StudyExport {
  return {
    log: madeUpStudyLog(answers, madeUpStudyMessages(answers, seed)),
    digest: MADE_UP_DIGEST,
    method,
    leftOut: new Set(),
    app: '0.1.0',
    createdAt: '2026-10-05T01:00:00.000Z',
  }
}

/** Resolves to the whole file. */
export async function wholeFile(parts: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const found: Uint8Array[] = []
  for await (const part of parts) found.push(part)
  return new Uint8Array(Buffer.concat(found))
}
