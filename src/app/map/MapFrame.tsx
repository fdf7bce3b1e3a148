import type { ComponentProps } from 'react'
import classes from './MapCanvas.module.css'

interface MapFrameProps extends ComponentProps<'div'> {
  /** Sentence over the map, on why there is nothing on it. */
  readonly note?: string | undefined
}

/** Box for a map of the island, with the island's proportions. */
export function MapFrame({ note, className = '', children, ...box }: MapFrameProps) {
  return (
    <div className={`${classes.frame} ${className}`} {...box}>
      {children}
      {note === undefined ? null : <p className={classes.note}>{note}</p>}
    </div>
  )
}
