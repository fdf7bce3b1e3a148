import { type DragEvent, type ReactNode, useRef, useState } from 'react'
import classes from './DropZone.module.css'

interface DropZoneProps {
  readonly className: string | undefined
  /** Text shown while a file is dragged over the page. */
  readonly invitation: string
  readonly children: ReactNode
  onFiles(files: readonly File[]): void
}

/** Accepts files dropped anywhere on the page. A button on the page does the same. */
export function DropZone({ className, invitation, children, onFiles }: DropZoneProps) {
  const [over, setOver] = useState(false)
  // Drag events fire for nested elements too: the pointer has left once as many were left as entered.
  const depth = useRef(0)
  const move = (event: DragEvent, change: number) => {
    if (!event.dataTransfer.types.includes('Files')) return
    event.preventDefault()
    depth.current = Math.max(0, depth.current + change)
    setOver(depth.current > 0)
  }
  const drop = (event: DragEvent) => {
    move(event, -depth.current)
    const files = [...event.dataTransfer.files]
    if (files.length > 0) onFiles(files)
  }
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: nothing to press, and a button does the same
    <div
      className={className}
      onDragEnter={(event) => move(event, 1)}
      onDragOver={(event) => move(event, 0)}
      onDragLeave={(event) => move(event, -1)}
      onDrop={drop}
    >
      {children}
      {over ? <p className={classes.over}>{invitation}</p> : null}
    </div>
  )
}
