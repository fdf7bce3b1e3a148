import { NativeSelect, SegmentedControl, Slider } from '@mantine/core'
import { type Ref, useEffect, useId, useMemo, useRef, useState } from 'react'
import {
  CartesianGrid,
  Line,
  LineChart,
  ReferenceLine,
  ResponsiveContainer,
  XAxis,
  YAxis,
} from 'recharts'
import type { Clip } from '../../alignment/labels/index.ts'
import type { HiddenIn, OcclusionMap } from '../../alignment/occlusion.ts'
import { DECISION_SECONDS, FRAME_HEIGHT, FRAME_WIDTH } from '../../island/index.ts'
import { PATCH_COLUMNS, PATCHES } from '../../network/observation-layout.ts'
import { endingName } from '../sentences.ts'
import { AXIS, AXIS_WIDTH, GRID } from '../ui/chart-style.ts'
import kit from '../ui/kit.module.css'
import { Notice } from '../ui/Notice.tsx'
import { SteadyButton } from '../ui/SteadyButton.tsx'
import { drawEffects, drawFrame, EFFECT_GRADIENT, frameOf } from './frame-painter.ts'
import classes from './Look.module.css'
import { LookPart } from './LookPart.tsx'
import type { RewardReader } from './reward-reader.ts'
import type { ScoredLabels } from './use-look.ts'
import { useOcclusion } from './use-occlusion.ts'

const SCOPES: readonly { readonly value: HiddenIn; readonly label: string }[] = [
  { value: 'all frames', label: 'In all frames so far' },
  { value: 'last frame', label: 'In this frame only' },
]

interface OcclusionProps {
  readonly reader: RewardReader
  readonly labels: ScoredLabels
  /** Index of the clip that is looked at. */
  readonly clip: number
  readonly ref: Ref<HTMLElement>
  onClip(clip: number): void
}

/** Shows what changes the running reward of a clip when it is hidden, decision by decision. */
export function Occlusion({ reader, labels, clip: index, ref, onClip }: OcclusionProps) {
  const clip = labels.clips[index]
  const running = labels.running[index]
  if (!clip || !running) return null
  return (
    <LookPart
      title="What it looks at"
      ref={ref}
      wide
      note="The picture is divided into the network’s 4 × 8 parts of 8 × 8 pixels. Each is hidden in turn, by the mean colour of its frame, and the clip up to this step is scored again. Blue parts raise the reward as they are, orange ones lower it. Hidden in one frame, a part can still be known from earlier frames; hidden in all, nothing of that place was ever seen. A grey square is itself something that the model never saw in training, so small effects mean little."
    >
      <NativeSelect
        label="Clip"
        maw={340}
        data={labels.clips.map((each, place) => ({
          value: String(place),
          label: clipWords(each, place, labels.rewards[place]),
        }))}
        value={String(index)}
        onChange={({ currentTarget }) => onClip(Number(currentTarget.value))}
      />
      <ClipView key={clip.id} reader={reader} clip={clip} running={running} />
    </LookPart>
  )
}

function clipWords({ ending, actions }: Clip, place: number, reward = Number.NaN): string {
  const seconds = (actions.length * DECISION_SECONDS).toFixed(1)
  return `${place + 1}: ${endingName(ending)}, ${seconds} s, reward ${reward.toFixed(2)}`
}

interface ClipViewProps {
  readonly reader: RewardReader
  readonly clip: Clip
  readonly running: Float32Array
}

function ClipView({ reader, clip, running }: ClipViewProps) {
  const last = running.length - 1
  const sliderId = useId()
  const [decision, setDecision] = useState(last)
  const [where, setWhere] = useState<HiddenIn>('all frames')
  const frame = useMemo(() => frameOf(clip, decision), [clip, decision])
  const { map, done, problem, compute, cancel } = useOcclusion(reader, clip, decision, where)
  return (
    <>
      <div className={classes.controls}>
        <SegmentedControl
          size="xs"
          aria-label="Where parts are hidden"
          data={[...SCOPES]}
          value={where}
          onChange={setWhere}
        />
        <div>
          <span className={kit.label} id={sliderId}>
            Step {decision + 1} of {last + 1}
          </span>
          <Slider
            min={0}
            max={last}
            value={decision}
            label={null}
            thumbProps={{ 'aria-labelledby': sliderId }}
            onChange={setDecision}
          />
        </div>
        <SteadyButton
          size="sm"
          variant={done === undefined ? 'filled' : 'default'}
          isReady={done !== undefined || map === undefined}
          onClick={() => {
            if (done !== undefined) cancel()
            else if (map === undefined) compute()
          }}
        >
          {done === undefined ? 'Hide each part' : `Cancel (${done} of ${PATCHES})`}
        </SteadyButton>
      </div>
      {problem === undefined ? null : <Notice role="alert">{problem}</Notice>}
      <div className={classes.pictures}>
        <figure className={kit.stack} data-tight>
          <figcaption className={kit.label}>What the agent saw</figcaption>
          <Picture
            name={`Frame before step ${decision + 1}`}
            draw={(canvas) => drawFrame(canvas, frame)}
          />
        </figure>
        <Effects frame={frame} map={map} />
        <Running running={running} decision={decision} />
      </div>
    </>
  )
}

interface PictureProps {
  readonly name: string
  draw(canvas: HTMLCanvasElement): void
}

/** Canvas of a frame's size, drawn again on every render. */
function Picture({ name, draw }: PictureProps) {
  const ref = useRef<HTMLCanvasElement>(null)
  useEffect(() => {
    if (ref.current) draw(ref.current)
  })
  return (
    <canvas
      ref={ref}
      className={classes.frame}
      width={FRAME_WIDTH}
      height={FRAME_HEIGHT}
      role="img"
      aria-label={name}
    />
  )
}

interface EffectsProps {
  readonly frame: Uint8Array
  readonly map: OcclusionMap | undefined
}

function Effects({ frame, map }: EffectsProps) {
  const most = map ? Math.max(...map.effects.map(Math.abs)) : 0
  const effects = map?.effects ?? new Float32Array(PATCHES)
  return (
    <figure className={kit.stack} data-tight>
      <figcaption className={kit.label}>What the reward depends on</figcaption>
      <Picture
        name={map ? effectWords(map) : 'Not computed for this step yet'}
        draw={(canvas) => drawEffects(canvas, frame, effects, most)}
      />
      {map ? (
        <div className={classes.scale} aria-hidden="true">
          <span>−{most.toFixed(2)}</span>
          <span className={classes.ramp} style={{ background: EFFECT_GRADIENT }} />
          <span>+{most.toFixed(2)}</span>
        </div>
      ) : null}
      <p className={kit.small} role="status">
        {map ? effectWords(map) : 'Not computed for this step yet.'}
      </p>
    </figure>
  )
}

/** Returns the running reward and the part with the largest effect, as sentences. */
function effectWords({ reward, effects }: OcclusionMap): string {
  const strongest = effects.reduce(
    (best, effect, patch) => (Math.abs(effect) > Math.abs(effects[best] ?? 0) ? patch : best),
    0,
  )
  const effect = effects[strongest] ?? 0
  const row = Math.floor(strongest / PATCH_COLUMNS) + 1
  const column = (strongest % PATCH_COLUMNS) + 1
  return `The reward is ${reward.toFixed(2)}. Row ${row}, column ${column} matters most: with it hidden, the reward is ${(reward - effect).toFixed(2)}.`
}

interface RunningProps {
  readonly running: Float32Array
  readonly decision: number
}

function Running({ running, decision }: RunningProps) {
  const rows = useMemo(
    () => Array.from(running, (reward, index) => ({ step: index + 1, reward })),
    [running],
  )
  const now = running[decision] ?? Number.NaN
  return (
    <figure
      className={kit.stack}
      data-tight
      aria-label={`Running reward: ${now.toFixed(2)} at step ${decision + 1}`}
    >
      <figcaption className={kit.label}>
        Running reward <span className={kit.faint}>{now.toFixed(2)} at this step</span>
      </figcaption>
      <div className={classes.running} aria-hidden="true">
        <ResponsiveContainer width="100%" height="100%" debounce={100}>
          <LineChart
            data={rows}
            margin={{ top: 6, right: 10, bottom: 0, left: 0 }}
            accessibilityLayer={false}
          >
            <CartesianGrid {...GRID} vertical={false} />
            <XAxis {...AXIS} type="number" dataKey="step" domain={[1, 'dataMax']} tickCount={6} />
            <YAxis
              {...AXIS}
              width={AXIS_WIDTH}
              type="number"
              domain={['auto', 'auto']}
              tickFormatter={(value: number) => value.toFixed(1)}
            />
            <ReferenceLine x={decision + 1} stroke="var(--mantine-color-text)" />
            <Line
              dataKey="reward"
              stroke="var(--series-1)"
              strokeWidth={2}
              dot={false}
              isAnimationActive={false}
            />
          </LineChart>
        </ResponsiveContainer>
      </div>
    </figure>
  )
}
