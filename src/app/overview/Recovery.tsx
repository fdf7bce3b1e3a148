import { ActionIcon, VisuallyHidden } from '@mantine/core'
import { useState } from 'react'
import { endedCount } from '../../evaluation/outcomes.ts'
import { wilsonInterval } from '../../evaluation/wilson.ts'
import type { AgentResult, EpisodeRecord, Results } from '../../lab/models/results.ts'
import { stageName } from '../../procedure/model-stages.ts'
import { START_NAMES } from '../sentences.ts'
import { stageVariable } from '../stages.ts'
import { Dot } from '../ui/Dot.tsx'
import { PlayIcon } from '../ui/icons.tsx'
import kit from '../ui/kit.module.css'
import { lazyPart } from '../ui/lazy-part.tsx'
import { ShareCells } from '../ui/ShareCells.tsx'
import shares from '../ui/ShareTable.module.css'
import classes from './Overview.module.css'
import { reachedShare } from './procedure.ts'
import { RECOVERING, type RecoveryRow, recoveryRows } from './recovery.ts'

const ClipPlayer = lazyPart(() => import('./ClipPlayer.tsx'))

/** Compares recovery with and without pre-training, from starts that no curated clip covers. */
export function Recovery({ results }: { readonly results: Results }) {
  const rows = recoveryRows(results)
  if (rows.length === 0) return <p className={kit.sentence}>Not measured yet.</p>
  return (
    <div className={classes.duo}>
      {RECOVERING.map((stage, column) => (
        <article key={stage} className={kit.card} aria-label={stageName(stage)}>
          <h3 className={kit.cardTitle}>
            <Dot stage={stage} />
            {TITLES[stage]}
          </h3>
          <table
            className={shares.table}
            aria-label={`Share of ${stageName(stage)} that reached a jumppad, by start`}
          >
            <thead>
              <tr>
                <th scope="col">
                  <VisuallyHidden>Start</VisuallyHidden>
                </th>
                <td />
                <th scope="col">%</th>
                <th scope="col">95 % interval</th>
                <th scope="col">
                  <VisuallyHidden>Replay from the same start</VisuallyHidden>
                </th>
              </tr>
            </thead>
            <tbody>
              {rows.map((row) => (
                <StartRow key={row.start} row={row} stage={stage} agent={row.agents[column]} />
              ))}
            </tbody>
          </table>
        </article>
      ))}
    </div>
  )
}

const TITLES: Record<(typeof RECOVERING)[number], string> = {
  'fine-tuned': 'Pre-trained, then fine-tuned',
  scratch: 'Scratch: curated clips only',
}

interface StartRowProps {
  readonly row: RecoveryRow
  readonly stage: string
  readonly agent: AgentResult | undefined
}

function StartRow({ row, stage, agent }: StartRowProps) {
  const episode = row.same.find((each) => each.stage === stage)?.episode
  const share = agent && reachedShare(agent, undefined)
  const interval =
    agent &&
    wilsonInterval(agent.table.episodes - endedCount(agent.table, 'none'), agent.table.episodes)
  return (
    <tr>
      <th scope="row">{START_NAMES[row.start].replace('Starts ', '')}</th>
      <ShareCells share={share} colour={stageVariable(stage)} interval={interval} />
      <td>{episode ? <SameStart stage={stage} row={row} episode={episode} /> : null}</td>
    </tr>
  )
}

interface SameStartProps {
  readonly stage: string
  readonly row: RecoveryRow
  readonly episode: EpisodeRecord
}

/** Button that plays the agent's episode from the start and seed that both agents were given. */
function SameStart({ stage, row, episode }: SameStartProps) {
  const [open, setOpen] = useState(false)
  const start = START_NAMES[row.start].toLowerCase()
  return (
    <>
      <ActionIcon
        size={24}
        radius="xl"
        variant="default"
        aria-label={`Play ${stageName(stage)}, which ${start}`}
        onClick={() => setOpen(true)}
      >
        <PlayIcon size={11} />
      </ActionIcon>
      {open ? (
        <ClipPlayer
          clip={{
            stage,
            title: start,
            rule: 'Both agents started here, with the same position, lighting and seed.',
            episodes: [episode],
          }}
          onClose={() => setOpen(false)}
        />
      ) : null}
    </>
  )
}
