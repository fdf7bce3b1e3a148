import classes from './Figures.module.css'

interface ColourBarProps {
  /** What the colours stand for, with its unit. */
  readonly title: string
  /** A CSS gradient from the least to the most. */
  readonly gradient: string
  readonly ticks: readonly { readonly part: number; readonly text: string }[]
  /** A colour of its own beside the bar. */
  readonly apart?: { readonly colour: string; readonly text: string }
}

/** What the colours of a heatmap mean. */
export function ColourBar({ title, gradient, ticks, apart }: ColourBarProps) {
  return (
    <div className={classes.colourBar}>
      <span className={classes.colourTitle}>{title}</span>
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
