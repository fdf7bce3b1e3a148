import classes from './Evaluate.module.css'

interface LetterProps {
  readonly index: number
  readonly colour: string
}

/** A policy's letter on its colour. What it stands for is written beside it. */
export function Letter({ index, colour }: LetterProps) {
  return (
    <span className={classes.letter} style={{ background: colour }} aria-hidden="true">
      {'ABCD'[index]}
    </span>
  )
}
