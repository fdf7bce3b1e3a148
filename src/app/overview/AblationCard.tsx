import { VisuallyHidden } from '@mantine/core'
import { lazy, Suspense } from 'react'
import type { AblatedRun, AblationGroup } from '../../procedure/ablation-groups.ts'
import { capitalised, percent } from '../sentences.ts'
import { ShareBar } from '../ui/ShareBar.tsx'
import own from './AblationCard.module.css'
import { variantsOf } from './charts/curves.ts'
import tableClasses from './OutcomeTable.module.css'
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
  const wishes = new Set(runs.map(({ ablation }) => ablation.wanted)).size
  return (
    <article className={`${classes.card} ${own.card}`} aria-label={title}>
      <h3 className={classes.cardTitle}>{title}</h3>
      <table className={tableClasses.table} aria-label={`${title}: share that reached it, percent`}>
        <thead>
          <tr>
            <th scope="col">
              <VisuallyHidden>Way to align</VisuallyHidden>
            </th>
            <td />
            <th scope="col">%</th>
            <th scope="col" className={own.interval}>
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
              name={nameOf(ablation, wishes > 1)}
              colour={colours.get(ablation.variant) ?? 'var(--stage-aligned)'}
            />
          ))}
        </tbody>
      </table>
      {pretraining ? <p className={classes.sentence}>{pretraining}</p> : null}
      <Suspense fallback={<p className={classes.chartComing}>Loading the chart…</p>}>
        {learnt.length > 0 ? (
          <LearningCurves runs={learnt} label={`What the curves of “${title}” show`} />
        ) : null}
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

function nameOf({ variant, wanted }: Ablation, withWish: boolean): string {
  return capitalised(withWish ? `${variant}, ${wanted}` : variant)
}

/** Returns a sentence on the pre-training of other network sizes, on which their results depend too. */
function pretrainingOf(runs: readonly AblatedRun[]): string | undefined {
  const told = runs.flatMap(({ ablation: { variant, pretrainingUpdates: updates } }) =>
    updates === undefined ? [] : [`${updates.toLocaleString('en')} (${variant})`],
  )
  return told.length === 0 ? undefined : `Updates of pre-training: ${told.join(', ')}.`
}

interface RowProps {
  readonly ablation: Ablation
  readonly name: string
  readonly colour: string
}

function Row({ ablation, name, colour }: RowProps) {
  const { table, wanted, updatesToNinety } = ablation
  const share = table.outcomes[wanted] / Math.max(1, table.episodes)
  const interval = table.intervals[wanted]
  return (
    <tr>
      <th scope="row" className={own.name}>
        {name}
      </th>
      <td className={tableClasses.bar}>
        <ShareBar share={share} colour={colour} interval={interval} />
      </td>
      <td className={tableClasses.share}>{percent(share)}</td>
      <td className={`${tableClasses.interval} ${own.interval}`}>
        {percent(interval.low)}–{percent(interval.high)}
      </td>
      <td className={tableClasses.share}>{updatesToNinety ?? 'never'}</td>
    </tr>
  )
}
