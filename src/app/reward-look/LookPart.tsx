import { type ReactNode, type Ref, useId } from 'react'
import kit from '../ui/kit.module.css'

interface LookPartProps {
  readonly title: string
  /** Explanation below the content. */
  readonly note?: string
  /** Controls beside the title. */
  readonly controls?: ReactNode
  readonly wide?: boolean
  /** Section, for links from other parts that move the focus to it. */
  readonly ref?: Ref<HTMLElement>
  readonly children: ReactNode
}

/** Part of a look into a reward model, with its title. */
export function LookPart({ title, note, controls, wide, ref, children }: LookPartProps) {
  const titleId = useId()
  return (
    <section
      ref={ref}
      tabIndex={ref === undefined ? undefined : -1}
      className={`${kit.stack} ${wide ? kit.wholeRow : ''}`}
      data-tight
      aria-labelledby={titleId}
    >
      <header className={kit.head}>
        <h3 className={kit.cardTitle} id={titleId}>
          {title}
        </h3>
        {controls}
      </header>
      {children}
      {note === undefined ? null : <p className={kit.small}>{note}</p>}
    </section>
  )
}
