import { useEffect, useState } from 'react'
import { phaseOf } from '../../../lab/study/sitting.ts'
import { labDatabase } from '../../data/database.ts'
import type { AskedStudy } from './asked.ts'
import { Consent } from './Consent.tsx'
import { Closed, Finished, Withdrawn } from './Ended.tsx'
import { Instructions } from './Instructions.tsx'
import { Pairs } from './Pairs.tsx'
import { Practice } from './Practice.tsx'
import { Participation } from './participation.ts'
import { Ready } from './Ready.tsx'
import { useParticipation } from './store.ts'
import { Unopened } from './Unopened.tsx'

/** Component of each step of a study. */
const STEPS = {
  consent: Consent,
  instructions: Instructions,
  practice: Practice,
  ready: Ready,
  pairs: Pairs,
  finished: Finished,
  withdrawn: Withdrawn,
} as const

/** Renders the labeller's way through a study. */
export default function ParticipationPage({ asked }: { readonly asked: AskedStudy }) {
  const participation = useParticipationIn(asked)
  const stage = useParticipation((state) => state.stage)
  const openness = useParticipation((state) => state.openness)
  const sitting = useParticipation((state) => state.sitting)
  const hasRead = useParticipation((state) => state.hasReadInstructions)
  const reviews = useParticipation((state) => state.reviewsInstructions)
  if (!participation || !sitting || stage !== 'open') {
    return <Unopened participation={participation} />
  }
  const reached = phaseOf(sitting, hasRead)
  const phase = reviews && reached === 'practice' ? 'instructions' : reached
  const isOver = phase === 'finished' || phase === 'withdrawn'
  const Step = openness.is === 'closed' && !isOver ? Closed : STEPS[phase]
  return <Step key={phase} sitting={sitting} participation={participation} />
}

function useParticipationIn(asked: AskedStudy): Participation | undefined {
  const [participation, setParticipation] = useState<Participation>()
  useEffect(() => {
    let created: Participation | undefined
    let left = false
    void labDatabase().then((database) => {
      if (left) return
      created = new Participation(database, asked)
      setParticipation(created)
    })
    return () => {
      left = true
      void created?.dispose()
    }
  }, [asked])
  return participation
}
