import { useEffect, useMemo, useState } from 'react'
import type { Clip } from '../../alignment/labels/index.ts'
import { WORLD_VERSION } from '../../island/index.ts'
import { METHODS } from '../../procedure/training/index.ts'
import { type Candidate, findCandidate, useCandidates } from '../data/candidates.ts'
import { useCatalogue } from '../data/catalogue.ts'
import { curatedClips, curatedJumppads } from './curated.ts'
import type { Draft } from './draft.ts'
import { type AnsweredQuestion, useMaterials } from './materials.ts'
import type { TrainingInputs } from './plan-from-draft.ts'
import { type ChosenStudy, useStudyLabels } from './study-choice.ts'

/** Returns the models, labels and clips that a draft names, as far as they exist. */
export function useTrainingInputs(draft: Draft): TrainingInputs & {
  readonly policies: readonly Candidate[]
  readonly rewards: readonly Candidate[]
  /** Visitor's own labels that are chosen. */
  readonly answers: AnsweredQuestion | undefined
  readonly study: ChosenStudy | undefined
} {
  const candidates = useCandidates()
  const answered = useMaterials((state) => state.answered)
  const study = useStudyLabels(draft)
  const clips = useClips(draft)
  const policies = candidates.filter(({ kind }) => kind === 'policy')
  const rewards = candidates.filter(({ kind }) => kind === 'reward')
  const answers =
    answered?.find(({ labels }) => labels.question === draft.question) ?? answered?.[0]
  return {
    policies,
    rewards,
    start: findCandidate(policies, draft.model),
    reward: findCandidate(rewards, draft.reward),
    answers,
    study,
    labelled: draft.labels === 'study' ? study?.labels : answers,
    clips,
  }
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
