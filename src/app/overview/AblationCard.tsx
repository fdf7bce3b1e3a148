import { VisuallyHidden } from '@mantine/core'
import { lazy, Suspense } from 'react'
import type { AblatedRun, AblationGroup } from '../../procedure/ablation-groups.ts'
import { capitalised } from '../sentences.ts'
import { whole } from '../ui/format.ts'
import kit from '../ui/kit.module.css'
import { ShareCells } from '../ui/ShareCells.tsx'
import shares from '../ui/ShareTable.module.css'
import own from './AblationCard.module.css'
import { variantsOf } from './charts/curves.ts'
import classes from './Overview.module.css'

const LearningCurves = lazy(() => import('./charts/LearningCurves.tsx'))

interface AblationCardProps {
  readonly group: AblationGroup
}

/** Renders the results of alignments with one part changed, beside the unchanged one. */
export function AblationCard({ group: { varied, runs } }: AblationCardProps) {
  const title = TITLES[varied]
  const learnt = runs.flatMap(({ learning }) => learning ?? [])
  const colours = new Map(variantsOf(learnt).map(({ variant, colour }) => [variant, colour]))
  const pretraining = pretrainingOf(runs)
  const outcomes = new Set(runs.map(({ ablation }) => ablation.wanted)).size
  return (
    <article className={`${kit.card} ${classes.card}`} aria-label={title}>
      <h3 className={kit.cardTitle}>{title}</h3>
      <table
        className={shares.table}
        aria-label={`${title}: share that reached the preferred jumppad, percent`}
      >
        <thead>
          <tr>
            <th scope="col">
              <VisuallyHidden>Variant</VisuallyHidden>
            </th>
            <td />
            <th scope="col">%</th>
            <th scope="col" className={kit.spare}>
              95 % interval
            </th>
            <th scope="col">Updates to 90 %</th>
          </tr>
        </thead>
        <tbody>
          {runs.map(({ ablation }) => (
            <Row
              key={`${ablation.variant} ${ablation.wanted} ${ablation.seed}`}
              ablation={ablation}
              name={nameOf(ablation, outcomes > 1)}
              colour={colours.get(ablation.variant) ?? 'var(--stage-aligned)'}
            />
          ))}
        </tbody>
      </table>
      {pretraining ? <p className={kit.sentence}>{pretraining}</p> : null}
      <Suspense fallback={<p className={kit.pending}>Loading the chart…</p>}>
        {learnt.length > 0 ? <LearningCurves runs={learnt} label={`Metric of “${title}”`} /> : null}
      </Suspense>
    </article>
  )
}

const TITLES: Record<AblationGroup['varied'], string> = {
  'preference fine-tuning': 'Without preference fine-tuning',
  comparisons: 'With fewer comparisons',
  start: 'From another start',
  size: 'With a smaller or larger network',
}

type Ablation = AblatedRun['ablation']

function nameOf({ variant, wanted }: Ablation, withOutcome: boolean): string {
  return capitalised(withOutcome ? `${variant}, ${wanted}` : variant)
}

/** Returns a sentence on the pre-training of other network sizes, on which their results depend too. */
function pretrainingOf(runs: readonly AblatedRun[]): string | undefined {
  const told = runs.flatMap(({ ablation: { variant, pretrainingUpdates: updates } }) =>
    updates === undefined ? [] : [`${whole(updates)} (${variant})`],
  )
  return told.length === 0 ? undefined : `Pre-training updates: ${told.join(', ')}.`
}

interface RowProps {
  readonly ablation: Ablation
  readonly name: string
  readonly colour: string
}

function Row({ ablation, name, colour }: RowProps) {
  const { table, wanted, updatesToNinety } = ablation
  const share = table.outcomes[wanted] / Math.max(1, table.episodes)
  return (
    <tr>
      <th scope="row" className={own.name}>
        {name}
      </th>
      <ShareCells
        share={share}
        colour={colour}
        interval={table.intervals[wanted]}
        intervalClass={kit.spare}
      />
      <td className={shares.share}>{updatesToNinety ?? 'never'}</td>
    </tr>
  )
}
