import type { Sitting } from '../../../storage/index.ts'
import { FoldedCard } from '../../ui/FoldedCard.tsx'
import kit from '../../ui/kit.module.css'
import { Paragraphs } from './Paragraphs.tsx'
import classes from './Participation.module.css'

/** Renders the instructions beside the desk. */
export function InstructionsCard({ sitting }: { readonly sitting: Sitting }) {
  return (
    <FoldedCard title="Instructions">
      <div className={`${kit.sentence} ${classes.text}`}>
        <Paragraphs>{sitting.study.instructions}</Paragraphs>
      </div>
    </FoldedCard>
  )
}
