import { VisuallyHidden } from '@mantine/core'
import { endedShare } from '../../evaluation/outcomes.ts'
import { HOME_ENDINGS } from '../../island/index.ts'
import { stageName } from '../../procedure/model-stages.ts'
import { PAPER_OUTCOMES } from '../../procedure/paper.ts'
import { endingName } from '../sentences.ts'
import { EndingIcon } from '../shell/EndingIcon.tsx'
import { stageVariable } from '../stages.ts'
import kit from '../ui/kit.module.css'
import { ShareCells } from '../ui/ShareCells.tsx'
import shares from '../ui/ShareTable.module.css'
import type { StageAgents } from './procedure.ts'

interface OutcomeTableProps {
  readonly stage: string
  /** Measured agents; undefined where the stage was not measured, so that only the paper's values are shown. */
  readonly agents: StageAgents | undefined
}

/** Renders the outcomes of a stage's episodes with Wilson intervals, beside the paper's. */
export function OutcomeTable({ stage, agents }: OutcomeTableProps) {
  const paper = PAPER_OUTCOMES[stage]
  const table = agents?.shown.table
  const colour = stageVariable(stage)
  return (
    <table className={shares.table} aria-label={`Outcomes of ${stageName(stage)}, percent`}>
      <thead>
        <tr>
          <th scope="col">
            <VisuallyHidden>Ending</VisuallyHidden>
          </th>
          <td />
          <th scope="col">%</th>
          <th scope="col">95 % interval</th>
          {paper ? <th scope="col">Paper</th> : null}
        </tr>
      </thead>
      <tbody>
        {HOME_ENDINGS.map((ending) => {
          const share = table && endedShare(table, ending)
          const interval = table?.intervals[ending]
          return (
            <tr key={ending}>
              <th scope="row">
                <span className={kit.item}>
                  <EndingIcon ending={ending} colour={colour} />
                  {endingName(ending)}
                </span>
              </th>
              <ShareCells
                share={share}
                colour={colour}
                interval={interval}
                mark={paper && paper[ending] / 100}
                others={agents?.others.map((other) => endedShare(other.table, ending))}
              />
              {paper ? <td>{paper[ending].toFixed(1)}</td> : null}
            </tr>
          )
        })}
      </tbody>
    </table>
  )
}
