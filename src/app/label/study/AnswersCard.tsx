import kit from '../../ui/kit.module.css'
import { HandedIn, HandIn } from './HandIn.tsx'
import classes from './Participation.module.css'
import type { Participation } from './participation.ts'
import { SendAgain } from './SendAgain.tsx'
import { SendingNotice } from './SendingNotice.tsx'
import { useParticipation } from './store.ts'
import { Withdraw } from './Withdraw.tsx'

/** Renders what happens to the answers, how to hand them in by hand, and how to withdraw. */
export function AnswersCard({ participation }: { readonly participation: Participation }) {
  const hasCollector = useParticipation((state) => state.sending !== undefined)
  const isTrial = useParticipation((state) => state.isTrial)
  return (
    <section className={kit.card} tabIndex={-1} aria-labelledby="answers-title">
      <h2 className={kit.asideTitle} id="answers-title">
        Your answers
      </h2>
      <p className={kit.small}>
        {isTrial
          ? 'In a trial, answers are forgotten when the page is closed.'
          : hasCollector
            ? 'Each answer is saved in this browser and then sent. You can close the page and continue later with the same link.'
            : 'Each answer is saved in this browser. At the end, you send a file to the researcher. You can close the page and continue later with the same link.'}
      </p>
      <SendingNotice participation={participation} />
      {isTrial ? null : <h3 className={kit.label}>Send to the researcher</h3>}
      <div className={classes.actions}>
        {isTrial ? null : <HandIn participation={participation} quiet size="sm" />}
        <SendAgain participation={participation} />
        <Withdraw participation={participation} />
      </div>
      <HandedIn />
    </section>
  )
}
