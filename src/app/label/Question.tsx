import classes from './Label.module.css'
import { useDesk } from './store.ts'

/** Renders the question about the pair on the desk; that of an earlier session for a revisited pair. */
export function Question() {
  const question = useDesk((state) => state.onDesk?.revisits?.question ?? state.session?.question)
  return (
    <h2 className={classes.question} id="label-question">
      {question ?? '…'}
    </h2>
  )
}
