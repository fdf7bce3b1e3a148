import { useEffect, useMemo, useState } from 'react'
import type { Clip } from '../../alignment/labels/index.ts'
import { WORLD_VERSION } from '../../island/index.ts'
import { METHODS } from '../../procedure/training/index.ts'
import { type Candidate, findCandidate, useCandidates } from '../data/candidates.ts'
import { useCatalogue } from '../data/catalogue.ts'
import { addressOfMap } from '../stores/island-choice.ts'
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
  const clips = useClips(draft)
  const policies = candidates.filter(({ kind }) => kind === 'policy')
  const rewards = candidates.filter(({ kind }) => kind === 'reward')
  const question =
    answered?.find(({ labels }) => labels.question === draft.question) ?? answered?.[0]
  const answers = question && answersOn(question, draft.clips)
  return {
    policies,
    rewards,
    start: findCandidate(policies, draft.model),
    reward: findCandidate(rewards, draft.reward),
    question,
    answers,
    study,
    labelled: draft.labels === 'study' ? study?.labels : answers,
    clips,
  }
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
