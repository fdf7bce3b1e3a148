import { type PointerEvent, useRef, useState } from 'react'
import type { Hands } from './hands/hands.ts'
import type { Tilts } from './hands/tilts.ts'
import classes from './TouchPads.module.css'

interface TouchPadsProps {
  readonly hands: Hands
}

/** Renders two sticks and two buttons for touch screens. */
export function TouchPads({ hands }: TouchPadsProps) {
  return (
    <div className={classes.pads}>
      <Stick name="Walk" onTilt={(x, y) => hands.touch({ walkX: x, walkY: y })} />
      <div className={classes.buttons}>
        <Press name="Jump" onPress={(jump) => hands.touch({ jump })} />
        <Press name="Attack" onPress={(attack) => hands.touch({ attack })} />
      </div>
      <Stick name="Look" onTilt={(x, y) => hands.touch({ lookX: x, lookY: y })} />
    </div>
  )
}

interface StickProps {
  readonly name: string
  /** Called with the tilt, from −1 to 1; right and up are positive. */
  onTilt(x: Tilts['walkX'], y: Tilts['walkY']): void
}

function Stick({ name, onTilt }: StickProps) {
  const pad = useRef<HTMLDivElement>(null)
  const [tilt, setTilt] = useState({ x: 0, y: 0 })
  const set = (x: number, y: number) => {
    setTilt({ x, y })
    onTilt(x, y)
  }
  const move = (event: PointerEvent) => {
    const box = pad.current?.getBoundingClientRect()
    if (!box || !pad.current?.hasPointerCapture(event.pointerId)) return
    const x = (2 * (event.clientX - box.left)) / box.width - 1
    const y = 1 - (2 * (event.clientY - box.top)) / box.height
    const far = Math.max(1, Math.hypot(x, y))
    set(x / far, y / far)
  }
  const down = (event: PointerEvent) => {
    pad.current?.setPointerCapture(event.pointerId)
    move(event)
  }
  return (
    <div
      ref={pad}
      className={classes.stick}
      onPointerDown={down}
      onPointerMove={move}
      onLostPointerCapture={() => set(0, 0)}
    >
      <span className={classes.name}>{name}</span>
      <span
        className={classes.knob}
        style={{ left: `${50 + 34 * tilt.x}%`, top: `${50 - 34 * tilt.y}%` }}
      />
    </div>
  )
}

interface PressProps {
  readonly name: string
  onPress(pressed: boolean): void
}

function Press({ name, onPress }: PressProps) {
  return (
    <button
      type="button"
      className={classes.press}
      onPointerDown={() => onPress(true)}
      onPointerUp={() => onPress(false)}
      onPointerCancel={() => onPress(false)}
      onPointerLeave={() => onPress(false)}
    >
      {name}
    </button>
  )
}
