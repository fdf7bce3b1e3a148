import { Text } from '@mantine/core'
import { endedShare } from '../../evaluation/outcomes.ts'
import { type Ending, HOME, type World } from '../../island/index.ts'
import { outcomeCounts } from '../../lab/playback/tally.ts'
import { evaluationOf } from '../../procedure/manifest.ts'
import { useCatalogue } from '../data/catalogue.ts'
import { endingName } from '../sentences.ts'
import { stageFamily, stageVariable } from '../stages.ts'
import { type AgentTally, useWatch, useWatchedWorld } from '../stores/watch.ts'
import { Dot } from '../ui/Dot.tsx'
import { countOf } from '../ui/format.ts'
import kit from '../ui/kit.module.css'
import shares from '../ui/ShareTable.module.css'
import classes from './Card.module.css'

/** Note shown with the base agent's shares. */
const INHERITED =
  '. How often the base agent takes each jumppad is inherited from its players: a setting, not a result.'

/** Renders the endings of the episodes that were watched to the end, by agent. */
export function OutcomeCard() {
  const tallies = useWatch((state) => state.tallies)
  const latest = useWatch((state) => state.latest)
  const counted = Object.entries(tallies)
  return (
    <section className={kit.card} aria-labelledby="outcomes-title">
      <h2 className={kit.asideTitle} id="outcomes-title">
        Outcomes
      </h2>
      {counted.length === 0 ? (
        <Text size="sm" c="dimmed">
          Counts which jumppad each episode reaches, once per seed. The first episode is running.
        </Text>
      ) : (
        counted.map(([name, tally]) => <AgentOutcomes key={name} {...tally} />)
      )}
      {latest ? (
        <Text size="sm" className={classes.latest} aria-hidden="true">
          {latest}
        </Text>
      ) : null}
    </section>
  )
}

function AgentOutcomes({ title, stage, sha256, tally }: AgentTally) {
  const world = useWatchedWorld()
  const measured = useMeasured(sha256, world)
  return (
    <table className={`${shares.table} ${classes.outcomes}`} aria-label={`Outcomes of ${title}`}>
      <caption>
        <span className={`${kit.label} ${kit.head}`}>
          <span className={kit.item}>
            <Dot stage={stage} />
            {title}
          </span>
          <span className={kit.faint}>{countOf(tally.size, 'episode')}</span>
        </span>
      </caption>
      <tbody>
        {outcomeCounts(tally, world.endings).map(({ ending, count, share }) => (
          <tr key={ending}>
            <th scope="row">{endingName(ending)}</th>
            <td className={shares.bar} aria-hidden="true">
              <div className={classes.track}>
                <div
                  className={classes.bar}
                  style={{ transform: `scaleX(${share})`, background: stageVariable(stage) }}
                />
                {measured ? (
                  <div
                    className={classes.mark}
                    style={{ left: `${100 * measured.shareOf(ending)}%` }}
                  />
                ) : null}
              </div>
            </td>
            <td className={shares.share}>{count}</td>
            <td className={kit.faint}>{Math.round(share * 100)} %</td>
          </tr>
        ))}
      </tbody>
      {measured ? (
        <tfoot>
          <tr>
            <td colSpan={4} className={`${kit.small} ${classes.measured}`}>
              Marks: measured over {countOf(measured.episodes, 'other episode')}
              {stageFamily(stage) === 'base' ? INHERITED : ''}
            </td>
          </tr>
        </tfoot>
      ) : null}
    </table>
  )
}

/** Returns a shipped model's evaluation on the first island; undefined on another, or if none has been read. */
function useMeasured(digest: string | undefined, world: World) {
  const models = useCatalogue((state) => state.models)
  const entry = models?.find(({ sha256 }) => sha256 === digest)
  const evaluation = entry && evaluationOf(entry)
  if (world !== HOME || !evaluation || evaluation.episodes === 0) return undefined
  const { episodes } = evaluation
  return { episodes, shareOf: (ending: Ending) => endedShare(evaluation, ending) }
}
