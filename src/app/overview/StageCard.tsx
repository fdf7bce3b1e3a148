import { Button } from '@mantine/core'
import type { Results } from '../../lab/models/results.ts'
import { stageName } from '../../procedure/model-stages.ts'
import { PAPER_OUTCOMES } from '../../procedure/paper.ts'
import { failuresOf } from '../data/failures.ts'
import { waysWith } from '../pages.ts'
import { TrajectoryMap } from '../replay/TrajectoryMap.tsx'
import { stageSentence, stageVariable, wantedBy } from '../stages.ts'
import { Dot } from '../ui/Dot.tsx'
import { countOf, percent } from '../ui/format.ts'
import kit from '../ui/kit.module.css'
import { Failures } from './Failures.tsx'
import { OutcomeTable } from './OutcomeTable.tsx'
import classes from './Overview.module.css'
import { agentsOf, reachedShare, reachedWord } from './procedure.ts'

interface StageCardProps {
  readonly stage: string
  readonly results: Results | undefined
}

/** Renders a stage in full: its paths, outcomes and failures, and links to pages that use it. */
export function StageCard({ stage, results }: StageCardProps) {
  const agents = agentsOf(results, stage)
  const paths = results?.trajectories.find((each) => each.stage === stage)
  const name = stageName(stage)
  return (
    <article className={`${kit.card} ${classes.card}`} aria-label={name}>
      <div className={classes.cardGrid}>
        <TrajectoryMap
          stage={stage}
          episodes={paths?.episodes ?? NO_EPISODES}
          worldVersion={results?.worldVersion ?? 0}
        />
        <div className={classes.cardText}>
          <header className={classes.cardHeader}>
            <h3 className={kit.cardTitle}>
              <Dot stage={stage} />
              {name}
            </h3>
            {agents ? (
              <span className={classes.headline} style={{ color: stageVariable(stage) }}>
                {percent(reachedShare(agents.shown, wantedBy(stage)))} %{' '}
                <small>{reachedWord(wantedBy(stage))}</small>
              </span>
            ) : null}
          </header>
          <p className={kit.sentence}>{stageSentence(stage)}</p>
          <OutcomeTable stage={stage} agents={agents} />
          <p className={kit.small}>{measuredSentence(stage, agents)}</p>
          <Failures stage={stage} failures={failuresOf(results, stage)} />
          {agents?.shown.file ? <Ways stage={stage} /> : null}
        </div>
      </div>
    </article>
  )
}

const NO_EPISODES: Results['trajectories'][number]['episodes'] = []

/** Returns a sentence on the source of the numbers, with a caveat for the base agent. */
function measuredSentence(stage: string, agents: ReturnType<typeof agentsOf>): string {
  const paper = PAPER_OUTCOMES[stage] !== undefined
  if (!agents) return `Not measured yet${paper ? '; only the paper’s values are shown' : ''}.`
  const wanted = wantedBy(stage)
  const { shown, others } = agents
  const reach = wanted ? `reach the ${wanted} jumppad` : 'reach a jumppad'
  const count = `${percent(reachedShare(shown, wanted))} % of ${countOf(shown.table.episodes, 'fresh episode')} ${reach}, in ${shown.table.meanDecisions.toFixed(0)} decisions on average.`
  const seeds = others.length > 0 ? ` Rings: ${countOf(others.length, 'other training seed')}.` : ''
  return stage === 'base' ? `${count} ${INHERITED}` : `${count}${seeds}`
}

const INHERITED =
  'How often it takes each jumppad is inherited from the players it imitates: a setting, not a result.'

/** Links to pages that use the stage's model; rendered only where that is shipped. */
function Ways({ stage }: { readonly stage: string }) {
  return (
    <div className={`${kit.row} ${classes.ways}`}>
      {waysWith(stage).map(({ address, words }) => (
        <Button
          key={address}
          component="a"
          href={address}
          size="xs"
          variant="default"
          aria-label={`${words}: ${stageName(stage)}`}
        >
          {words}
        </Button>
      ))}
    </div>
  )
}
