import { lazy } from 'react'
import { OwnDesk } from './OwnDesk.tsx'
import { useAskedStudy } from './study/asked.ts'

const ParticipationPage = lazy(() => import('./study/ParticipationPage.tsx'))

/** Renders the Label page: the study that the address leads to, or else the labeller's own desk. */
export default function LabelPage() {
  const asked = useAskedStudy()
  if (!asked) return <OwnDesk />
  return <ParticipationPage key={asked.kind === 'trial' ? asked.id : asked.text} asked={asked} />
}
