import { focusPage } from './focus-page.ts'
import classes from './Shell.module.css'

/** First tab stop, which skips the header. A real link would change the hash, which is the route. */
export function SkipLink() {
  return (
    <button type="button" className={classes.skip} onClick={() => focusPage()}>
      Skip to content
    </button>
  )
}
