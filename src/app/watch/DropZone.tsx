import { type DragEvent, type ReactNode, useRef, useState } from 'react'
import classes from './DropZone.module.css'
import { openFile } from './open-file.ts'

interface DropZoneProps {
  readonly className: string | undefined
  readonly children: ReactNode
}

/** Takes model files that are dropped anywhere on the page. The button “Open a file” does the same. */
export function DropZone({ className, children }: DropZoneProps) {
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
    if (file) void openFile(file)
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
      {over ? <p className={classes.over}>Drop an ONNX model to watch it</p> : null}
    </div>
  )
}
