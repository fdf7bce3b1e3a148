import { type ReactNode, useState } from 'react'
import type { Candidate } from '../data/candidates.ts'
import { FoldedCard } from '../ui/FoldedCard.tsx'
import kit from '../ui/kit.module.css'
import { lazyPart } from '../ui/lazy-part.tsx'

/** Look, loaded when it is opened: with the chart library, it is a large part of the code. */
const RewardLook = lazyPart(
  () => import('./RewardLook.tsx'),
  <p className={kit.pending}>Loading…</p>,
)

interface RewardLookCardProps {
  readonly model: Candidate
  /** Controls above the look. */
  readonly children?: ReactNode
}

/** Collapsible card with a look into a reward model, which scores clips only while it is open. */
export function RewardLookCard({ model, children }: RewardLookCardProps) {
  const [open, setOpen] = useState(false)
  return (
    <FoldedCard title="What the reward model learned" open={open} onToggle={setOpen}>
      {children}
      {open ? <RewardLook key={model.sha256} model={model} /> : null}
    </FoldedCard>
  )
}
