/** First draft of a study, with texts and numbers that its researcher adapts. */
import { jumppadNamedIn } from '../alignment/labels/index.ts'
import { WORLD_VERSION } from '../island/index.ts'
import { type AnswerScale, outcomesOf, STUDY_FORMAT, type Study, withIsland } from './study.ts'

/** What a draft cannot choose by itself. */
export type NewStudy = Pick<Study, 'id' | 'title' | 'question' | 'agents' | 'island'> & {
  readonly seed: number
}

/** The page lists what is sent by itself, as it depends on how answers are collected. */
const CONSENT = `You are invited to take part in a study of how people judge the behavior of a computer-controlled agent. You will watch pairs of short clips and say which of the two is better.

Taking part is voluntary. You can stop at any time by closing the page, come back later with the same link, or withdraw.`

/** Name of the button for two equally good clips. */
const EQUAL: Readonly<Record<AnswerScale, string>> = { 'two-way': 'Tie', graded: 'Equal' }

/** Returns the instructions of a draft, which name the buttons of the scale. */
function draftInstructions(answers: AnswerScale): string {
  return `Each pair shows two clips of the agent side by side. Watch both to the end, and answer the question above them.

Judge only what the agent does in the clips. If both are equally good, choose “${EQUAL[answers]}”. If you cannot judge a pair, choose “Can’t tell”.

Some pairs come up again. Answer them as you see them then.`
}

/** Returns a study with a question, without its clips. Golden pairs follow the jumppad that it names. */
export function newStudy({ id, title, question, agents, seed, island }: NewStudy): Study {
  const jumppad = jumppadNamedIn(question, outcomesOf({ island }))
  const answers = 'two-way'
  const onFirst: Study = {
    format: STUDY_FORMAT,
    version: 1,
    id,
    title,
    question,
    answers,
    worldVersion: WORLD_VERSION,
    agents,
    design: { seed, labellers: 12, pairsEach: 40, overlap: 3, clipsPerAgent: 160, reShows: 4 },
    ...(jumppad && { golden: { jumppad, pairs: 4, least: 0.75, below: 'note' } }),
    practice: { pairs: jumppad ? 3 : 0, least: 0.6 },
    consent: CONSENT,
    instructions: draftInstructions(answers),
    reasons: [],
    breakEvery: 20,
    completion: {},
    parameters: [],
  }
  return withIsland(onFirst, island)
}

/** Returns a study with another scale; instructions that are still the draft's name its buttons. */
export function withAnswers(study: Study, answers: AnswerScale): Study {
  const edited = study.instructions !== draftInstructions(study.answers)
  return {
    ...study,
    answers,
    instructions: edited ? study.instructions : draftInstructions(answers),
  }
}

/** Number of clips that are played at once; the clips that an agent plays depend on it. */
const CLIPS_AT_ONCE = 32

/** Range in the list of an agent's clips. */
export interface StudyClipRange {
  readonly first: number
  readonly count: number
}

/** Returns the ranges in which each agent's clips are played, one after another. */
export function clipRangesOf({ design }: Pick<Study, 'design'>): StudyClipRange[] {
  return Array.from({ length: Math.ceil(design.clipsPerAgent / CLIPS_AT_ONCE) }, (_, index) => {
    const first = index * CLIPS_AT_ONCE
    return { first, count: Math.min(CLIPS_AT_ONCE, design.clipsPerAgent - first) }
  })
}
