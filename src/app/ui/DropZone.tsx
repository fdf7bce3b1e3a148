import { type DragEvent, type ReactNode, useRef, useState } from 'react'
import classes from './DropZone.module.css'

interface DropZoneProps {
  readonly className: string | undefined
  /** What happens to a file, in a few words. */
  readonly invitation: string
  readonly children: ReactNode
  onFile(file: File): void
}

/** Takes model files that are dropped anywhere on the page. A button on the page does the same. */
export function DropZone({ className, invitation, children, onFile }: DropZoneProps) {
  const [over, setOver] = useState(false)
  // Every element that is entered on the way says so: only leaving the last of them is leaving.
  const depth = useRef(0)
  const move = (event: DragEvent, change: number) => {
    if (!event.dataTransfer.types.includes('Files')) return
    event.preventDefault()
    depth.current = Math.max(0, depth.current + change)
    setOver(depth.current > 0)
  }
  const drop = (event: DragEvent) => {
    move(event, -depth.current)
    const [file] = event.dataTransfer.files
    if (file) onFile(file)
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
