/** Links to the Train page that choose a study as the source of labels. */
import { AGGREGATION_METHODS, type AggregationMethod } from '../../study/statistics/aggregate.ts'
import { choiceProperty, textProperty } from './url-properties.ts'

/** Settings of the Train page that name a study. */
export const STUDY_SOURCE_PROPERTIES = {
  /** Id of the study, or of an imported result; empty for the study changed last. */
  study: textProperty(''),
  /** Way in which several answers to a pair become one. */
  method: choiceProperty(AGGREGATION_METHODS, 'majority'),
}

/** Returns the address of the Train page with a study as the source of labels. */
export function trainOnStudyAddress(study: string, method: AggregationMethod): string {
  return `#/train?${new URLSearchParams({ labels: 'study', study, method })}`
}
