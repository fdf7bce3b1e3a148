import { stageVariable } from '../stages.ts'
import classes from './Dot.module.css'

/** Dot in the colour of a stage, before the name of an agent. */
export function Dot({ stage }: { readonly stage: string }) {
  return <span className={classes.dot} style={{ background: stageVariable(stage) }} />
}
