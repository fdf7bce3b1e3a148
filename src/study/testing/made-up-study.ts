/** Studies for tests, with clips of scripted players. */
import { type Clip, keepAgentClip } from '../../alignment/labels/index.ts'
import { madeUpId } from '../../alignment/labels/testing/made-up-labels.ts'
import {
  canonicalJson,
  type IslandMap,
  rootKey,
  splitKey,
  WORLD_VERSION,
} from '../../island/index.ts'
import { playEpisode } from '../../players/index.ts'
import { prepareStudy } from '../material.ts'
import { type PreparedStudy, STUDY_FORMAT, type Study } from '../study.ts'

export const MADE_UP_AGENT = 'ab'.repeat(32)

const played = new Map<string, Clip>()

/** Returns the n-th clip on an island; its player, and so its ending, differs from the others'. */
export function madeUpStudyClip(n: number, island?: IslandMap): Clip {
  const name = `${n} ${canonicalJson(island)}`
  const known = played.get(name)
  if (known) return known
  const clip = keepAgentClip(
    playEpisode(splitKey(rootKey(n), 'study test'), undefined, island),
    MADE_UP_AGENT,
  )
  played.set(name, clip)
  return clip
}

/** Returns a study without its material: six labellers, eight pairs each, every pair answered by two. */
export function madeUpStudy(overrides: Partial<Study> = {}): Study {
  return {
    format: STUDY_FORMAT,
    version: 1,
    id: madeUpId(0x57d),
    title: 'Which way to the left?',
    question: 'Which goes more directly to the left jumppad?',
    answers: 'two-way',
    worldVersion: WORLD_VERSION,
    agents: [{ file: 'fine-tuned.onnx', digest: MADE_UP_AGENT }],
    design: { seed: 3, labellers: 6, pairsEach: 8, overlap: 2, clipsPerAgent: 24, reShows: 2 },
    golden: { jumppad: 'left', pairs: 2, least: 0.5, below: 'note' },
    practice: { pairs: 2, least: 0.5 },
    consent: 'We study how people judge ways.\n\nYour answers are sent to the researcher.',
    instructions: 'Prefer the clip that goes more directly.',
    reasons: ['shorter', 'straighter'],
    breakEvery: 0,
    completion: { code: 'THANKS-42' },
    parameters: ['PROLIFIC_PID'],
    ...overrides,
  }
}

/** Returns the study with its material. */
export function madeUpPreparedStudy(overrides: Partial<Study> = {}): PreparedStudy {
  const study = madeUpStudy(overrides)
  const { clipsPerAgent } = study.design
  const clips = study.agents.map((_, agent) =>
    Array.from({ length: clipsPerAgent }, (_unused, n) =>
      madeUpStudyClip(agent * 1000 + n, study.island?.map),
    ),
  )
  return prepareStudy(study, clips)
}
