import { takeTour, useTourMark } from './mark.ts'
import classes from './Tour.module.css'

/** The way back to the tour for who has been asked before. */
export function TourLink() {
  const mark = useTourMark((state) => state.mark)
  if (mark !== 'seen' && mark !== 'left') return null
  return (
    <button type="button" className={classes.link} onClick={takeTour}>
      {mark === 'left' ? 'Continue the tour' : 'Take the tour · 4 steps'}
    </button>
  )
}
