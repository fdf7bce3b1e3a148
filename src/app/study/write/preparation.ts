/** Preparation of a study: its agents play the clips in a worker, and the pairs are drawn. */

import { create } from 'zustand'
import type { Clip } from '../../../alignment/labels/index.ts'
import { connectLabellingWorker, type LabellingConnection } from '../../../lab/labelling/connect.ts'
import { StudyChangedError, type StudyEntry } from '../../../storage/index.ts'
import { clipRangesOf, episodeSeed, prepareStudy, type Study } from '../../../study/index.ts'
import { type Candidate, currentCandidates } from '../../data/candidates.ts'
import { problemOf } from '../../sentences.ts'
import { countOf } from '../../ui/format.ts'
import { useStudies } from '../store.ts'
import { entryOf, keepEntry } from '../studies.ts'
import { saveTyped, useEditing } from './editing.ts'

export interface PreparationState {
  /** Id of the study that is being prepared, or was last. */
  readonly study: string | undefined
  readonly running: boolean
  /** Title of the agent that is playing; undefined while the pairs are drawn. */
  readonly agent: string | undefined
  readonly played: number
  /** Number of clips to play. */
  readonly of: number
  /** Why the study could not be prepared, as a sentence. */
  readonly problem: string | undefined
  /** Result of the preparation that ended last, as a sentence. */
  readonly done: string | undefined
}

export const usePreparation = create<PreparationState>(() => ({
  study: undefined,
  running: false,
  agent: undefined,
  played: 0,
  of: 0,
  problem: undefined,
  done: undefined,
}))

let connection: LabellingConnection | undefined

/** Prepares a study and saves it with its material. Only one study is prepared at a time. */
export async function prepare({ id }: StudyEntry): Promise<void> {
  if (usePreparation.getState().running) return
  await saveTyped()
  const entry = entryOf(id)
  // What is typed and could not be saved would not be in the study; the page says why it is not saved.
  if (!entry || useEditing.getState().typed[id]) return
  const { study } = entry
  const of = study.agents.length * study.design.clipsPerAgent
  usePreparation.setState({
    ...{ study: id, running: true, agent: undefined, played: 0, of },
    ...{ problem: undefined, done: undefined },
  })
  const own = connectLabellingWorker()
  connection = own
  const unfollow = useStudies.subscribe(() => {
    if (connection === own && !entryOf(id)) endPreparation()
  })
  try {
    const clips = await playAll(study, own)
    if (connection !== own) return
    // Why the clips do not fit a study that is no longer the saved one would not help anybody.
    if (entryOf(id)?.changedAt !== entry.changedAt) throw new StudyChangedError(study.title)
    const prepared = prepareStudy(study, clips)
    await keepEntry({ ...entry, study: prepared, changedAt: new Date().toISOString() }, entry)
    const drawn = countOf(prepared.material.pairs.length, 'pair')
    usePreparation.setState({ done: `Prepared: ${drawn} drawn.` })
  } catch (error) {
    if (connection === own) usePreparation.setState({ problem: problemOf(error) })
  } finally {
    unfollow()
    if (connection === own) endPreparation()
  }
}

/** Cancels the preparation: nothing is saved. */
export function endPreparation(): void {
  connection?.end()
  connection = undefined
  usePreparation.setState({ running: false })
}

/** Plays the clips of each agent, one agent after the other. */
async function playAll(study: Study, { worker }: LabellingConnection): Promise<Clip[][]> {
  const agents = study.agents.map((agent) => candidateOf(agent))
  const all: Clip[][] = []
  for (const agent of agents) {
    usePreparation.setState({ agent: agent.title })
    await worker.open({ model: await agent.source(), digest: agent.sha256 })
    const own: Clip[] = []
    for (const range of clipRangesOf(study)) {
      own.push(
        ...(await worker.play({ ...range, seed: episodeSeed(study), island: study.island?.map })),
      )
      usePreparation.setState(({ played }) => ({ played: played + range.count }))
    }
    all.push(own)
  }
  usePreparation.setState({ agent: undefined })
  return all
}

/** Returns the policy of a study's agent. Throws a sentence where it is not here. */
function candidateOf({ file, digest }: Study['agents'][number]): Candidate {
  const found = currentCandidates('policy').find(({ sha256 }) => sha256 === digest)
  if (found) return found
  throw new Error(
    `The agent “${file}” is neither on this site nor in this browser, so its clips cannot be played: add its model file, or choose another agent.`,
  )
}
