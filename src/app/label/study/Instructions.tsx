import { Button } from '@mantine/core'
import type { Sitting } from '../../../storage/index.ts'
import { countOf } from '../../ui/format.ts'
import { KeyList } from '../../ui/KeyList.tsx'
import kit from '../../ui/kit.module.css'
import { fixedKeys } from '../keys.ts'
import { Paragraphs } from './Paragraphs.tsx'
import classes from './Participation.module.css'
import type { Participation } from './participation.ts'
import { StepPage } from './StepPage.tsx'
import { useParticipation } from './store.ts'
import { Withdraw } from './Withdraw.tsx'

interface InstructionsProps {
  readonly sitting: Sitting
  readonly participation: Participation
}

/** Renders the researcher's instructions, and the keys. */
export function Instructions({ sitting, participation }: InstructionsProps) {
  const { study } = sitting
  const practice = study.practice.pairs
  const isReview = useParticipation((state) => state.reviewsInstructions)
  return (
    <StepPage title="Instructions" step="Instructions">
      <div className={classes.text}>
        <Paragraphs>{study.instructions}</Paragraphs>
        <p>
          The question: <strong>{study.question}</strong>
        </p>
      </div>
      <section className={`${kit.card} ${kit.keys}`} aria-labelledby="keys-title">
        <h2 className={kit.cardTitle} id="keys-title">
          Keys
        </h2>
        <Keys scale={study.answers} reasons={study.reasons} />
        <p className={kit.small}>
          All of them have buttons, too. Press ? on the desk for this list.
        </p>
      </section>
      <div className={classes.buttons}>
        {practice > 0 ? (
          <Button size="md" onClick={() => participation.readInstructions()}>
            {isReview ? 'Back to the practice' : `Start with ${countOf(practice, 'practice pair')}`}
          </Button>
        ) : (
          <Button size="md" onClick={() => void participation.begin()}>
            Start with the first pair
          </Button>
        )}
        <Withdraw participation={participation} />
      </div>
    </StepPage>
  )
}

/** Keys of the desk that a labeller needs in a study. */
const COMMANDS = new Set(['pause', 'undo', 'replay'])

function Keys({
  scale,
  reasons,
}: {
  scale: Sitting['study']['answers']
  reasons: readonly string[]
}) {
  const fixed = fixedKeys(scale)
  const answers = fixed.filter(({ key }) => key.startsWith('Arrow'))
  const others = fixed.filter(({ command }) => COMMANDS.has(command))
  const last = Math.min(9, reasons.length)
  const digits = { keys: last === 1 ? '1' : `1 to ${last}`, does: 'Tick a reason' }
  return <KeyList keys={[...answers, ...(reasons.length > 0 ? [digits] : []), ...others]} />
}
