import { useEffect, useMemo, useState } from 'react'
import type { Clip } from '../../alignment/labels/index.ts'
import type { Wish } from '../../evaluation/wish.ts'
import { WORLD_VERSION } from '../../island/index.ts'
import { METHODS, wishOf } from '../../procedure/training/index.ts'
import type { Run } from '../../storage/run-record.ts'
import { type Candidate, findCandidate, useCandidates } from '../data/candidates.ts'
import { useCatalogue } from '../data/catalogue.ts'
import { wantedBy } from '../stages.ts'
import { addressOfMap } from '../stores/island-choice.ts'
import { useTraining } from '../stores/training.ts'
import type { AnsweredQuestion, OwnLabels } from '../training/labels.ts'
import { curatedClips, curatedJumppads } from './curated.ts'
import type { Draft } from './draft.ts'
import { useMaterials } from './materials.ts'
import type { TrainingInputs } from './plan-from-draft.ts'
import { type ChosenStudy, useStudyLabels } from './study-choice.ts'

/** Returns the models, labels and clips that a draft names, as far as they exist. */
export function useTrainingInputs(draft: Draft): TrainingInputs & {
  readonly policies: readonly Candidate[]
  readonly rewards: readonly Candidate[]
  /** Question whose own labels are chosen. */
  readonly question: AnsweredQuestion | undefined
  /** Visitor's own labels that are chosen: all of the question, or those of one island. */
  readonly answers: OwnLabels | undefined
  readonly study: ChosenStudy | undefined
} {
  const candidates = useCandidates()
  const answered = useMaterials((state) => state.answered)
  const study = useStudyLabels(draft)
  const runs = useTraining((state) => state.runs)
  const clips = useClips(draft)
  const policies = candidates.filter(({ kind }) => kind === 'policy')
  const rewards = candidates.filter(({ kind }) => kind === 'reward')
  const reward = findCandidate(rewards, draft.reward)
  const question =
    answered?.find(({ labels }) => labels.question === draft.question) ?? answered?.[0]
  const answers = question && answersOn(question, draft.clips)
  return {
    policies,
    rewards,
    start: findCandidate(policies, draft.model),
    reward,
    rewardWish: reward && wishOfReward(reward, runs),
    question,
    answers,
    study,
    labelled: draft.labels === 'study' ? study?.labels : answers,
    clips,
  }
}

/** Returns what a reward model prefers: what the run that trained it was for, or else what its stage says. */
function wishOfReward({ sha256, stage }: Candidate, runs: readonly Run[] = []): Wish | undefined {
  const run = runs.find(({ result }) => result?.reward === sha256)
  return run ? wishOf(run.plan) : wantedBy(stage)
}

/** Returns the labels of a question on an island of the address; all where there are none, or none is named. */
function answersOn(question: AnsweredQuestion, island: string): OwnLabels {
  return question.byIsland.find((each) => addressOfMap(each.island) === island) ?? question
}

/** Returns the visitor's demonstrations and the chosen curated clips; empty for methods without clips. */
function useClips({ job, curated }: Draft): readonly Clip[] {
  const plays = useCatalogue((state) => state.plays)
  const asked = METHODS[job].material === 'clips'
  const [set, setSet] = useState<readonly Clip[]>([])
  useEffect(() => {
    if (asked) void curatedClips().then(setSet)
  }, [asked])
  return useMemo(() => {
    if (!asked) return []
    const jumppads: readonly string[] = curatedJumppads(curated)
    const own = plays.filter(
      ({ demonstration, kept }) => demonstration && kept.worldVersion === WORLD_VERSION,
    )
    return [
      ...own.map(({ kept }) => kept),
      ...set.filter(({ ending }) => jumppads.includes(ending)),
    ]
  }, [asked, curated, plays, set])
}
