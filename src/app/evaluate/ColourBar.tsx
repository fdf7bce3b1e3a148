import kit from '../ui/kit.module.css'
import classes from './Figures.module.css'

interface ColourBarProps {
  /** Quantity that the colours represent, with its unit. */
  readonly title: string
  /** CSS gradient from the left end of the bar to the right. */
  readonly gradient: string
  readonly ticks: readonly { readonly part: number; readonly text: string }[]
  /** Separate swatch beside the bar, for a value off its scale. */
  readonly apart?: { readonly colour: string; readonly text: string }
}

/** Renders the colour scale of a heatmap. */
export function ColourBar({ title, gradient, ticks, apart }: ColourBarProps) {
  return (
    <div className={classes.colourBar}>
      <span className={kit.faint}>{title}</span>
      <div className={classes.colourRow}>
        {apart ? (
          <span className={classes.apart}>
            <span className={classes.apartSwatch} style={{ background: apart.colour }} />
            {apart.text}
          </span>
        ) : null}
        <div className={classes.ramp}>
          <div className={classes.gradient} style={{ background: gradient }} />
          {ticks.map(({ part, text }) => (
            <span key={part} className={classes.tick} style={{ left: `${100 * part}%` }}>
              {text}
            </span>
          ))}
        </div>
      </div>
    </div>
  )
}
