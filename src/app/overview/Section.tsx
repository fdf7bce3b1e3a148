import type { ReactNode } from 'react'
import kit from '../ui/kit.module.css'
import classes from './Overview.module.css'

interface SectionProps {
  readonly id: string
  readonly title: string
  readonly lead: string
  readonly children: ReactNode
}

/** A section of the page that can be scrolled to and focused. */
export function Section({ id, title, lead, children }: SectionProps) {
  return (
    <section
      className={`${kit.stack} ${classes.section}`}
      id={id}
      tabIndex={-1}
      aria-labelledby={`${id}-title`}
    >
      <h2 className={kit.heading} id={`${id}-title`}>
        {title}
      </h2>
      <p className={`${kit.lead} ${classes.lead}`}>{lead}</p>
      {children}
    </section>
  )
}

interface ChartCardProps {
  readonly title: string
  readonly children: ReactNode
}

/** A card for a chart. */
export function ChartCard({ title, children }: ChartCardProps) {
  return (
    <div className={kit.card}>
      <h3 className={kit.cardTitle}>{title}</h3>
      {children}
    </div>
  )
}
