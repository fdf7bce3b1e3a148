import type { ReactNode } from 'react'
import classes from './Introduction.module.css'
import kit from './kit.module.css'

interface IntroductionProps {
  readonly title: string
  /** Description of the page. */
  readonly children: ReactNode
  /** Buttons that concern the whole page. */
  readonly ways?: ReactNode
}

/** Header of a page: its title, description and page-wide buttons. */
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
