import { useDeferredValue, useMemo } from 'react'
import { type StudyAgreement, type StudyLog, studyAgreement } from '../../../study/index.ts'
import { countOf, whole } from '../../ui/format.ts'
import kit from '../../ui/kit.module.css'
import classes from './Progress.module.css'

const UNDEFINED_WORDS = {
  'nothing to pair': 'Not defined yet: no pair has been answered by two labellers.',
  'no variation': 'Not defined: all answers are the same, so agreement shows nothing.',
} as const

/** Krippendorff's alpha of all labellers who count, with its interval. */
export function Agreement({ log }: { readonly log: StudyLog }) {
  // Resampling takes longer than a frame, and must not hold up what arrives.
  const deferred = useDeferredValue(log)
  const agreement = useMemo(() => studyAgreement(deferred), [deferred])
  const { estimate, interval, items } = agreement
  return (
    <section className={kit.card} aria-label="Agreement">
      <h2 className={kit.asideTitle}>Agreement of the labellers</h2>
      {estimate.alpha === undefined ? (
        <p className={kit.sentence}>{UNDEFINED_WORDS[estimate.undefinedFor]}</p>
      ) : (
        <p>
          <span className={classes.alpha}>α = {estimate.alpha.toFixed(2)}</span>{' '}
          <span className={kit.faint}>
            {interval
              ? `95% CI ${interval.low.toFixed(2)} to ${interval.high.toFixed(2)}`
              : 'no interval: too few pairs vary'}
          </span>
        </p>
      )}
      <p className={kit.small}>
        Krippendorff’s α ({log.study.answers === 'graded' ? 'ordinal' : 'nominal'}) over{' '}
        {countOf(items, 'pair')} with two or more answers; 1 = perfect, 0 = chance.{' '}
        {moreWords(agreement)}
      </p>
    </section>
  )
}

function moreWords({ moreToHalve, ratings }: StudyAgreement): string {
  if (moreToHalve === undefined || moreToHalve === 0) return ''
  return `About ${whole(moreToHalve)} further labels, in addition to these ${whole(ratings)}, would halve the interval.`
}
