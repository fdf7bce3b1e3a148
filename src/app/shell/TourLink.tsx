import classes from './TourLinks.module.css'
import { takeTour, useTourMark } from './tour-mark.ts'

/** Link to the tour for visitors who have already answered the invitation. */
export function TourLink() {
  const mark = useTourMark((state) => state.mark)
  if (mark !== 'seen' && mark !== 'left') return null
  return (
    <button type="button" className={classes.link} onClick={takeTour}>
      {mark === 'left' ? 'Continue the tour' : 'Take the tour · 4 steps'}
    </button>
  )
}
