/** Settings of the study page: which study is open, and which of its views. */
import { AGGREGATION_METHODS } from '../../study/statistics/aggregate.ts'
import { addressSettings } from './address-settings.ts'
import { choiceProperty, textProperty } from './url-properties.ts'

const STUDY_VIEWS = ['write', 'invite', 'progress', 'disputes', 'results'] as const
/** View of a study. */
export type StudyView = (typeof STUDY_VIEWS)[number]

const STUDY_PROPERTIES = {
  /** Id of the study; empty for the list of all. */
  study: textProperty(''),
  view: choiceProperty(STUDY_VIEWS, 'write'),
  /** Way in which several answers to a pair become one, on the view of the results. */
  method: choiceProperty(AGGREGATION_METHODS, 'majority'),
}

export const { useSettings: useStudySettings, change: changeStudySettings } =
  addressSettings(STUDY_PROPERTIES)

/** Returns the address of a view of a study, or of the list of all. */
export function studyAddress(study?: string, view: StudyView = 'write'): string {
  return study === undefined ? '#/study' : `#/study?${new URLSearchParams({ study, view })}`
}
