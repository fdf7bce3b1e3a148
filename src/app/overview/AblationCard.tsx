import { VisuallyHidden } from '@mantine/core'
import type { AblatedRun, AblatedVariant, AblationGroup } from '../../procedure/ablation-groups.ts'
import { capitalised } from '../sentences.ts'
import { whole } from '../ui/format.ts'
import kit from '../ui/kit.module.css'
import { LOADING_CHART, lazyPart } from '../ui/lazy-part.tsx'
import { ShareCells } from '../ui/ShareCells.tsx'
import shares from '../ui/ShareTable.module.css'
import own from './AblationCard.module.css'
import { variantsOf } from './charts/curves.ts'
import classes from './Overview.module.css'

const LearningCurves = lazyPart(() => import('./charts/LearningCurves.tsx'), LOADING_CHART)

interface AblationCardProps {
  readonly group: AblationGroup
}

/** Renders the results of alignments with one part changed, beside the unchanged one. */
export function AblationCard({ group: { varied, runs, variants } }: AblationCardProps) {
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
          {variants.map((variant) => (
            <Row
              key={`${variant.variant} ${variant.wanted}`}
              variant={variant}
              name={nameOf(variant, outcomes > 1)}
              colour={colours.get(variant.variant) ?? 'var(--stage-aligned)'}
            />
          ))}
        </tbody>
      </table>
      {pretraining ? <p className={kit.sentence}>{pretraining}</p> : null}
      {learnt.length > 0 ? <LearningCurves runs={learnt} label={`Metric of “${title}”`} /> : null}
    </article>
  )
}

const TITLES: Record<AblationGroup['varied'], string> = {
  'preference fine-tuning': 'Without preference fine-tuning',
  comparisons: 'With fewer comparisons',
  start: 'From another start',
  size: 'With a smaller or larger network',
}

function nameOf({ variant, wanted }: AblatedVariant, withOutcome: boolean): string {
  return capitalised(withOutcome ? `${variant}, ${wanted}` : variant)
}

/** Returns a sentence on the pre-training of other network sizes, on which their results depend too. */
function pretrainingOf(runs: readonly AblatedRun[]): string | undefined {
  const told = new Set(
    runs.flatMap(({ ablation: { variant, pretrainingUpdates: updates } }) =>
      updates === undefined ? [] : [`${whole(updates)} (${variant})`],
    ),
  )
  return told.size === 0 ? undefined : `Pre-training updates: ${[...told].join(', ')}.`
}

interface RowProps {
  readonly variant: AblatedVariant
  readonly name: string
  readonly colour: string
}

function Row({ variant, name, colour }: RowProps) {
  const { share, shares: ofSeeds, interval } = variant
  return (
    <tr>
      <th scope="row" className={own.name}>
        {name}
      </th>
      <ShareCells
        share={share}
        colour={colour}
        interval={interval}
        intervalClass={kit.spare}
        others={ofSeeds.length > 1 ? ofSeeds : []}
      />
      <td className={shares.share}>{updatesWords(variant)}</td>
    </tr>
  )
}

/** Formats the updates to 90 %: one number, or the fewest and the most of several runs. */
function updatesWords({ updatesToNinety: { fewest, most } }: AblatedVariant): string {
  const [from, to] = [fewest, most].map((each) => (Number.isFinite(each) ? whole(each) : 'never'))
  return from === to ? `${from}` : `${from}–${to}`
}
