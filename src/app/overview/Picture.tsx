import { endedShare } from '../../evaluation/outcomes.ts'
import { HOME_ENDINGS } from '../../island/index.ts'
import type { Results } from '../../lab/models/results.ts'
import { MAIN_LINE } from '../../procedure/ablation-groups.ts'
import { stageName } from '../../procedure/model-stages.ts'
import { EndingIcon } from '../shell/EndingIcon.tsx'
import { stageVariable, wantedBy } from '../stages.ts'
import { percent } from '../ui/format.ts'
import kit from '../ui/kit.module.css'
import classes from './Picture.module.css'
import { agentsOf, reachedShare, reachedWord, STEPS, type Step, WANTED } from './procedure.ts'

interface PictureProps {
  readonly results: Results | undefined
}

/** Renders the procedure as one picture, after the paper's first figure; each step leads to its section. */
export function Picture({ results }: PictureProps) {
  return (
    <nav aria-label="Steps of the procedure">
      <ol className={classes.steps}>
        {STEPS.map((step, index) => (
          <li key={step.name} className={classes.step}>
            <button
              type="button"
              className={`${kit.surface} ${classes.node}`}
              onClick={() => goTo(step.name)}
            >
              <span className={classes.title}>
                <span className={classes.number}>{index + 1}</span>
                {step.title}
              </span>
              <span className={classes.inside}>
                <Inside step={step} results={results} />
              </span>
              <span className={`${kit.small} ${classes.gist}`}>{step.gist}</span>
            </button>
          </li>
        ))}
      </ol>
    </nav>
  )
}

/** Returns the element id of a step's section. */
export function sectionId(step: Step['name']): string {
  return `step-${step}`
}

/** Scrolls to a step's section and focuses it. The hash holds the route, so an anchor link cannot do this. */
function goTo(step: Step['name']): void {
  const section = document.getElementById(sectionId(step))
  const still = window.matchMedia('(prefers-reduced-motion: reduce)').matches
  section?.scrollIntoView({ behavior: still ? 'auto' : 'smooth', block: 'start' })
  section?.focus({ preventScroll: true })
}

function Inside({ step, results }: PictureProps & { readonly step: Step }) {
  if (step.name === 'preferences') return <Accuracies results={results} />
  if (step.name === 'rewards') return <Climbs results={results} />
  return (
    <span className={classes.charts}>
      {step.stages.map((stage) => (
        <Bars key={stage} stage={stage} results={results} />
      ))}
    </span>
  )
}

/** Renders a bar for each ending, as in the paper's figure. */
function Bars({ stage, results }: PictureProps & { readonly stage: string }) {
  const agents = agentsOf(results, stage)
  const wanted = wantedBy(stage)
  const colour = stageVariable(stage)
  const table = agents?.shown.table
  const says = agents
    ? `${stageName(stage)}: ${percent(reachedShare(agents.shown, wanted))} % reach ${wanted ? `the ${wanted} jumppad` : 'a jumppad'}.`
    : `${stageName(stage)}: not measured yet.`
  return (
    <span className={classes.chart} role="img" aria-label={says}>
      <span className={classes.reached}>
        {agents ? `${percent(reachedShare(agents.shown, wanted))} %` : '–'}{' '}
        <small>{reachedWord(wanted)}</small>
      </span>
      <span className={classes.bars}>
        {HOME_ENDINGS.map((ending) => {
          const share = table ? endedShare(table, ending) : 0
          return (
            <span key={ending} className={classes.column}>
              <span
                className={classes.bar}
                style={{ height: `${100 * share}%`, background: colour }}
              />
            </span>
          )
        })}
      </span>
      <span className={`${kit.faint} ${classes.axis}`}>
        {HOME_ENDINGS.map((ending) => (
          <EndingIcon key={ending} ending={ending} colour="currentColor" />
        ))}
      </span>
    </span>
  )
}

/** Renders the test accuracy of the main line's reward models, one for each jumppad. */
function Accuracies({ results }: PictureProps) {
  const models = WANTED.flatMap(
    (wanted) => results?.rewardModels.find((model) => model.wanted === wanted) ?? [],
  )
  if (models.length === 0) return <span className={classes.pending}>not measured yet</span>
  return (
    <span className={classes.rows}>
      {models.map(({ wanted, test }) => (
        <span key={wanted} className={kit.item}>
          <EndingIcon ending={wanted} colour="var(--accent)" />
          <strong>{percent(test.accuracy)} %</strong>
        </span>
      ))}
      <span className={classes.caption}>correct on held-out pairs</span>
    </span>
  )
}

/** Renders the share that reached the preferred jumppad, by update, for the main line's runs. */
function Climbs({ results }: PictureProps) {
  const runs = (results?.reinforcement ?? []).filter(
    ({ variant, updates }) => variant === MAIN_LINE && updates.length > 1,
  )
  if (runs.length === 0) return <span className={classes.pending}>not measured yet</span>
  const longest = Math.max(...runs.map(({ updates }) => updates.length))
  const label = `Share that reached the preferred jumppad over ${longest} updates, ${runs.length} runs`
  return (
    <svg
      className={classes.climbs}
      viewBox="0 0 100 60"
      preserveAspectRatio="none"
      role="img"
      aria-label={label}
    >
      <path className={classes.floor} d="M0 59.5H100" />
      {runs.map(({ wanted, seed, updates }) => (
        <polyline
          key={`${wanted} ${seed}`}
          className={classes.climb}
          points={updates
            .map(
              ({ preference }, index) => `${(100 * index) / (longest - 1)},${59 - 57 * preference}`,
            )
            .join(' ')}
        />
      ))}
    </svg>
  )
}
