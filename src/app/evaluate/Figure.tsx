import { ActionIcon, Tooltip, VisuallyHidden } from '@mantine/core'
import { type ReactNode, useId, useRef, useState } from 'react'
import { problemOf } from '../sentences.ts'
import { useEvaluate } from '../stores/evaluate.ts'
import { DownloadIcon } from '../ui/icons.tsx'
import kit from '../ui/kit.module.css'
import classes from './Figures.module.css'
import { saveFigure } from './save-figure.ts'

interface FigureProps {
  readonly title: string
  /** Caption below the figure: its content and units. */
  readonly note?: ReactNode
  /** Controls that select the content; left out of the saved picture. */
  readonly controls?: ReactNode
  /** Text alternative for screen readers. */
  readonly summary?: string | undefined
  readonly children: ReactNode
}

/** A figure that can be saved as a PNG. */
export function Figure({ title, note, controls, summary, children }: FigureProps) {
  const ref = useRef<HTMLElement>(null)
  const titleId = useId()
  const [saving, setSaving] = useState(false)
  const save = async () => {
    if (!ref.current) return
    setSaving(true)
    try {
      await saveFigure(ref.current, title)
      useEvaluate.setState({ announcement: `The picture “${title}” is saved.` })
    } catch (error) {
      useEvaluate.setState({ notice: `The picture could not be saved. ${problemOf(error)}` })
    } finally {
      setSaving(false)
    }
  }
  return (
    <figure ref={ref} className={`${kit.card} ${classes.figure}`} aria-labelledby={titleId}>
      <figcaption className={kit.head}>
        <h2 className={kit.cardTitle} id={titleId}>
          {title}
        </h2>
        <div className={kit.row} data-beside>
          {controls}
          <Tooltip label="Save as PNG">
            <ActionIcon
              variant="default"
              size={30}
              loading={saving}
              aria-label={`Save “${title}” as PNG`}
              onClick={() => void save()}
            >
              <DownloadIcon size={16} />
            </ActionIcon>
          </Tooltip>
        </div>
      </figcaption>
      {summary === undefined ? null : <VisuallyHidden component="p">{summary}</VisuallyHidden>}
      {children}
      {note === undefined ? null : <p className={kit.small}>{note}</p>}
    </figure>
  )
}
