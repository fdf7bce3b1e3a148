import type { ReactNode } from 'react'
import classes from './Introduction.module.css'
import kit from './kit.module.css'

interface IntroductionProps {
  readonly title: string
  /** What the page is about. */
  readonly children: ReactNode
  /** Buttons that concern the whole page. */
  readonly ways?: ReactNode
}

/** What a page begins with: its title, and what it is about. */
export function Introduction({ title, children, ways }: IntroductionProps) {
  return (
    <header className={classes.introduction}>
      <div className={classes.text}>
        <h1 className={kit.title}>{title}</h1>
        <p className={kit.lead}>{children}</p>
      </div>
      {ways ? <div className={kit.row}>{ways}</div> : null}
    </header>
  )
}
