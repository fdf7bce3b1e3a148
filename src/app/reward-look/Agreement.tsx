import { accuracyOf, reliabilityOf } from '../../evaluation/judged-pairs.ts'
import { countOf, percent } from '../ui/format.ts'
import kit from '../ui/kit.module.css'
import { Values } from '../ui/Values.tsx'
import { LookPart } from './LookPart.tsx'
import { ReliabilityPlot } from './ReliabilityPlot.tsx'
import type { ScoredLabels } from './use-look.ts'

/** Accuracy and calibration of the model on the labels, with their intervals. */
export function Agreement({ labels }: { readonly labels: ScoredLabels }) {
  const { rewards, comparisons, pairs, scale } = labels
  const { of, share, interval } = accuracyOf(rewards, comparisons)
  const reliability = reliabilityOf(pairs)
  const ties = comparisons.length - of
  if (of === 0) {
    return (
      <LookPart title="Accuracy and calibration">
        <p className={kit.sentence}>
          None of these labels prefers a clip, so there is nothing to be right about.
        </p>
      </LookPart>
    )
  }
  return (
    <LookPart
      title="Accuracy and calibration"
      note={`Wilson 95 % intervals; they take pairs as independent, and are too narrow where pairs share clips. Even a calibrated model has, in 95 % of cases, a calibration error of up to the value in parentheses.${ties > 0 ? ` ${countOf(ties, 'tie')} left out.` : ''}`}
    >
      <Values
        values={[
          {
            name: 'Accuracy',
            value: `${percent(share)} % (${percent(interval.low)}–${percent(interval.high)})`,
          },
          { name: 'Labels that prefer a clip', value: String(of) },
          {
            name: 'Expected calibration error',
            value: reliability
              ? `${percent(reliability.error)} points (by chance up to ${percent(reliability.chanceError)})`
              : '–',
          },
        ]}
      />
      {reliability ? <ReliabilityPlot {...reliability} /> : null}
      {scale === undefined ? (
        <p className={kit.sentence}>
          This file does not state by what its rewards were divided, so they predict no
          probabilities, and calibration cannot be measured. Accuracy does not depend on it.
        </p>
      ) : null}
    </LookPart>
  )
}
