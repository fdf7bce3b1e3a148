import { CENTRE_BIN, type Gamepad, STICK_BINS } from '../../island/index.ts'
import type { WatchedAgent } from '../stores/watch.ts'
import kit from '../ui/kit.module.css'
import classes from './Senses.module.css'

const RESTING: Gamepad = {
  leftX: CENTRE_BIN,
  leftY: CENTRE_BIN,
  rightX: CENTRE_BIN,
  rightY: CENTRE_BIN,
  jump: false,
  attack: false,
}

interface GamepadViewProps {
  readonly agent: Pick<WatchedAgent, 'gamepad' | 'probabilities' | 'author'>
  /** Whether to omit captions for lack of room. */
  readonly small: boolean
}

/** Renders the pressed inputs and the agent's probability of every position. */
export function GamepadView({ agent, small }: GamepadViewProps) {
  const { probabilities, author } = agent
  const gamepad = agent.gamepad ?? RESTING
  return (
    <figure className={`${kit.surface} ${classes.gamepad}`}>
      <div className={classes.controls}>
        <Stick
          name="Walk"
          small={small}
          x={gamepad.leftX}
          y={gamepad.leftY}
          likelyX={head(probabilities, 0)}
          likelyY={head(probabilities, 1)}
        />
        <Stick
          name="Look"
          small={small}
          x={gamepad.rightX}
          y={gamepad.rightY}
          likelyX={head(probabilities, 2)}
          likelyY={head(probabilities, 3)}
        />
        <div className={`${kit.stack} ${classes.buttons}`} data-tight>
          <Button name="Jump" pressed={gamepad.jump} likely={probabilities?.[45]} />
          <Button name="Attack" pressed={gamepad.attack} likely={probabilities?.[47]} />
        </div>
      </div>
      {small ? null : (
        <figcaption className={classes.caption}>
          {author === 'h' ? 'What you press' : 'What it presses'}
          <span className={kit.faint}>
            {author === 'h' && probabilities
              ? 'grey: the agent’s probabilities'
              : '10 times a second'}
          </span>
        </figcaption>
      )}
    </figure>
  )
}

/** Returns the slice of the concatenated probabilities that belongs to one stick axis. */
function head(probabilities: Float32Array | undefined, axis: number): Float32Array | undefined {
  return probabilities?.subarray(axis * STICK_BINS, (axis + 1) * STICK_BINS)
}

interface StickProps extends Pick<GamepadViewProps, 'small'> {
  readonly name: string
  readonly x: number
  readonly y: number
  readonly likelyX: Float32Array | undefined
  readonly likelyY: Float32Array | undefined
}

/** Side of the square in which a stick moves, and width of the probability strips, in SVG units. */
const SIDE = 44
const STRIP = 9
const GAP = 3
const CELL = SIDE / STICK_BINS

function Stick({ name, small, x, y, likelyX, likelyY }: StickProps) {
  const column = (x + 0.5) * CELL
  const row = SIDE - (y + 0.5) * CELL
  const size = SIDE + GAP + STRIP
  const label = `${name} stick: ${signed(x - CENTRE_BIN)} across, ${signed(y - CENTRE_BIN)} ahead`
  return (
    <div className={classes.stick}>
      <svg viewBox={`0 0 ${size} ${size}`} role="img" aria-label={label}>
        <rect className={classes.well} width={SIDE} height={SIDE} rx="5" />
        <path className={classes.axes} d={`M${SIDE / 2} 4V${SIDE - 4}M4 ${SIDE / 2}H${SIDE - 4}`} />
        <line className={classes.lever} x1={SIDE / 2} y1={SIDE / 2} x2={column} y2={row} />
        <circle className={classes.knob} cx={column} cy={row} r="5" />
        {Array.from(likelyX ?? [], (p, bin) => (
          <rect
            // biome-ignore lint/suspicious/noArrayIndexKey: bins never change their order
            key={bin}
            className={classes.likely}
            data-chosen={bin === x || undefined}
            x={bin * CELL + 0.5}
            y={SIDE + GAP}
            width={CELL - 1}
            height={Math.max(0.8, p * STRIP)}
          />
        ))}
        {Array.from(likelyY ?? [], (p, bin) => (
          <rect
            // biome-ignore lint/suspicious/noArrayIndexKey: bins never change their order
            key={bin}
            className={classes.likely}
            data-chosen={bin === y || undefined}
            x={SIDE + GAP}
            y={SIDE - (bin + 1) * CELL + 0.5}
            width={Math.max(0.8, p * STRIP)}
            height={CELL - 1}
          />
        ))}
      </svg>
      {small ? null : <span className={classes.label}>{name}</span>}
    </div>
  )
}

interface ButtonProps {
  readonly name: string
  readonly pressed: boolean
  readonly likely: number | undefined
}

function Button({ name, pressed, likely }: ButtonProps) {
  return (
    <span
      className={classes.button}
      data-pressed={pressed || undefined}
      role="img"
      aria-label={`${name} button ${pressed ? 'pressed' : 'not pressed'}`}
    >
      {name}
      {likely === undefined ? null : (
        <span className={classes.buttonLikely} style={{ transform: `scaleX(${likely})` }} />
      )}
    </span>
  )
}

function signed(value: number): string {
  return value > 0 ? `+${value}` : String(value)
}
