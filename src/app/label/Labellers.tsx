import { useMemo } from 'react'
import type { Label } from '../../alignment/labels/index.ts'
import { measuredPart } from '../../evaluation/label-statistics.ts'
import { compareLabellers } from '../../evaluation/labellers.ts'
import { FoldedCard } from '../ui/FoldedCard.tsx'
import kit from '../ui/kit.module.css'
import classes from './Side.module.css'
import { useDesk } from './store.ts'
import { countedWords } from './words.ts'

/** Renders a comparison of labellers, once there are several. */
export function Labellers() {
  const everything = useDesk((state) => state.everything)
  const several = useMemo(
    () => new Set(everything.map(({ labeller }) => labeller)).size > 1,
    [everything],
  )
  if (!several) return null
  return (
    <FoldedCard title="Labellers in this browser">
      <Comparison />
    </FoldedCard>
  )
}

function Comparison() {
  const everything = useDesk((state) => state.everything)
  const labeller = useDesk(({ begun, session }) => (begun ? session?.labeller : undefined))
  const { labellers, pairs, alpha, shared } = useMemo(
    () => compareLabellers(withoutNewest(everything, labeller)),
    [everything, labeller],
  )
  return (
    <>
      <table className={classes.table} aria-label="Labellers">
        <thead>
          <tr>
            <th scope="col">Name</th>
            <th scope="col">Labels</th>
            <th scope="col">With self</th>
            <th scope="col">Known</th>
            <th scope="col">Median</th>
          </tr>
        </thead>
        <tbody>
          {labellers.map(({ labeller, answered, withSelf, withGolden, medianResponseMs = 0 }) => (
            <tr key={labeller}>
              <th scope="row">{labeller || 'no name'}</th>
              <td>{answered}</td>
              <td>{withSelf.of === 0 ? '–' : countedWords(withSelf)}</td>
              <td>{withGolden.of === 0 ? '–' : countedWords(withGolden)}</td>
              <td>{(medianResponseMs / 1000).toFixed(1)} s</td>
            </tr>
          ))}
        </tbody>
      </table>
      <dl className={kit.facts} data-numbers>
        {pairs.map(({ labellers: [a, b], kappa, shared: both }) => (
          <div key={`${a} and ${b}`} className={classes.fact}>
            <dt>
              Cohen’s κ, {a} and {b}
            </dt>
            <dd>
              {coefficient(kappa)} ({both} pairs)
            </dd>
          </div>
        ))}
        <div className={classes.fact}>
          <dt>Krippendorff’s α, all</dt>
          <dd>
            {coefficient(alpha)} ({shared} pairs)
          </dd>
        </div>
      </dl>
      <p className={kit.small}>
        1 is full agreement, 0 is chance level. Only first answers to pairs that both labellers saw
        are counted.
      </p>
    </>
  )
}

/**
 * Returns the log without the newest answers of the current labeller: numbers that change after an answer
 * would reveal which pairs have a known answer.
 */
function withoutNewest(log: readonly Label[], labeller: string | undefined): Label[] {
  const own = log.filter((label) => label.labeller === labeller)
  const measured = new Set(measuredPart(own))
  return log.filter((label) => label.labeller !== labeller || measured.has(label))
}

function coefficient(value: number | undefined): string {
  return value === undefined ? 'not defined' : value.toFixed(2)
}
