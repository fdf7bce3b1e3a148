import { Text } from '@mantine/core'
import { endedShare } from '../../evaluation/outcomes.ts'
import type { Ending } from '../../island/index.ts'
import { stageName } from '../../procedure/model-stages.ts'
import { hasRecordings } from '../data/recordings.ts'
import { MapCanvas } from '../map/MapCanvas.tsx'
import { MapFrame } from '../map/MapFrame.tsx'
import { listOfEndings } from '../sentences.ts'
import { EndingIcon } from '../shell/EndingIcon.tsx'
import { stageSentence, stageVariable, wantedBy } from '../stages.ts'
import { useLanding } from '../stores/landing.ts'
import { Dot } from '../ui/Dot.tsx'
import { countOf, percent } from '../ui/format.ts'
import kit from '../ui/kit.module.css'
import classes from './Panel.module.css'
import type { Runner } from './runners.ts'

/** Number of endings shown, the latest ones. */
const SHOWN_ENDINGS = 10

const NO_ENDINGS: readonly Ending[] = []

/** Renders one stage: its map, its measured result, and how its episodes have ended during this visit. */
export function Panel({ runner }: { readonly runner: Runner }) {
  const { stage } = runner
  const cast = useLanding((state) => state.cast)
  const absent = useAbsence(stage)
  const name = stageName(stage)
  return (
    <article className={`${kit.card} ${classes.panel}`} aria-label={name}>
      <h2 className={kit.cardTitle}>
        <Dot stage={stage} />
        {name}
      </h2>
      <MapFrame className={classes.map} data-absent={absent !== undefined || undefined}>
        <MapCanvas painter={runner} label={`${name} on the island, seen from above`} />
        <span className={classes.badge} data-cast={absent ? undefined : cast}>
          {absent ?? CAST_NAMES[cast]}
        </span>
      </MapFrame>
      <Endings stage={stage} />
      <Measured stage={stage} />
      <Text size="sm" c="dimmed" textWrap="pretty" visibleFrom="sm">
        {stageSentence(stage)}
      </Text>
    </article>
  )
}

const CAST_NAMES = { recorded: 'Recorded', live: 'Live' } as const

/** Returns the reason why no agent runs here, or undefined if one does. */
function useAbsence(stage: string): string | undefined {
  const cast = useLanding((state) => state.cast)
  const models = useLanding((state) => state.models)
  if (cast === 'recorded' && hasRecordings(stage)) return undefined
  if (models && !models[stage]) return 'Not available yet'
  return cast === 'recorded' ? 'Loading…' : undefined
}

/** Renders the stage's main result from the list of models: the share that reached a jumppad. */
function Measured({ stage }: { readonly stage: string }) {
  const evaluation = useLanding((state) => state.models?.[stage]?.evaluation)
  const wanted = wantedBy(stage)
  const episodes = evaluation?.episodes ?? 0
  const share =
    evaluation && (wanted ? endedShare(evaluation, wanted) : 1 - endedShare(evaluation, 'none'))
  return (
    <p className={classes.measured}>
      <strong className={classes.number}>
        {share === undefined || episodes === 0 ? '–' : `${percent(share)} %`}
      </strong>{' '}
      <span className={classes.meaning}>
        {wanted ? `reach the ${wanted} jumppad` : 'reach a jumppad'}
        <span className={kit.small}>
          {episodes > 0 ? `of ${countOf(episodes, 'measured episode')}` : 'not measured here'}
        </span>
      </span>
    </p>
  )
}

/** Renders the endings of the latest episodes; places of episodes to come are empty. */
function Endings({ stage }: { readonly stage: string }) {
  const endings = useLanding((state) => state.endings[stage]) ?? NO_ENDINGS
  const places = Array.from({ length: SHOWN_ENDINGS }, (_, place) =>
    endings.length <= SHOWN_ENDINGS ? place : endings.length - SHOWN_ENDINGS + place,
  )
  return (
    <div
      className={classes.endings}
      role="img"
      aria-label={`How episodes have ended here: ${listOfEndings(endings)}`}
    >
      {places.map((place) => (
        <EndingIcon key={place} ending={endings[place]} colour={stageVariable(stage)} />
      ))}
    </div>
  )
}
