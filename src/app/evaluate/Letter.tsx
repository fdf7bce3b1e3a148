import classes from './Evaluate.module.css'

interface LetterProps {
  readonly index: number
  readonly colour: string
}

/** A policy's letter on its colour; hidden from screen readers, as the policy's title is beside it. */
export function Letter({ index, colour }: LetterProps) {
  return (
    <span className={classes.letter} style={{ background: colour }} aria-hidden="true">
      {'ABCD'[index]}
    </span>
  )
}
