/** Researcher's links to studies with a collector. */

import { useEffect } from 'react'
import { z } from 'zod'
import { create } from 'zustand'
import { ACCESS_PARAMETER, type Access, decodeAccess } from '../../collector/access.ts'
import { studyDigest } from '../../collector/study-digest.ts'
import { readSetting, STUDY_RECORD_VERSION, saveSetting } from '../../storage/index.ts'
import { isPrepared, readStudy, type Study } from '../../study/index.ts'
import { labDatabase } from '../data/database.ts'
import { problemOf } from '../sentences.ts'
import { replaceParams, useRoute } from '../stores/route.ts'
import { studyAddress } from '../stores/study-settings.ts'
import { goTo, openedStudy } from './navigation.ts'
import { deleteSettings } from './settings.ts'
import { tell, tellProblem } from './store.ts'
import { entryOf, keepEntry, loadStudies } from './studies.ts'

/** Setting that keeps the text of a link's access until its study is saved with it. */
const PENDING = 'pending access to a study'

interface PendingAccess {
  /** Access whose study could not be opened; undefined if none failed. */
  readonly failed: Access | undefined
  /** Why, as a sentence. */
  readonly problem: string | undefined
}

const NONE: PendingAccess = { failed: undefined, problem: undefined }

export const usePendingAccess = create<PendingAccess>(() => NONE)

/**
 * Opens the study of a researcher's link, or of one whose study could not be opened on an earlier visit.
 * The secret in the address is removed from it at once, so that nobody reads or copies it there.
 */
export function useAccessInAddress(): void {
  const text = useRoute(({ params }) => params.get(ACCESS_PARAMETER))
  useEffect(() => {
    if (text === null) return
    replaceParams(new URLSearchParams())
    take(text).catch((error: unknown) => tellProblem(problemOf(error)))
  }, [text])
  useEffect(() => {
    // A link in the address comes before an earlier one.
    if (useRoute.getState().params.has(ACCESS_PARAMETER) || taking) return
    readPending().catch((error: unknown) => tellProblem(problemOf(error)))
  }, [])
}

/** Whether a link is being taken from the address. */
let taking = false

async function take(text: string): Promise<void> {
  const access = decodeAccess(text)
  taking = true
  try {
    await saveSetting(await labDatabase(), PENDING, text)
  } finally {
    taking = false
  }
  await openAccess(access)
}

async function readPending(): Promise<void> {
  const text = await readSetting(await labDatabase(), PENDING, z.string())
  if (text !== undefined) await openAccess(decodeAccess(text))
}

/** Forgets the access that could not be used. */
export async function forgetAccess(): Promise<void> {
  usePendingAccess.setState(NONE)
  await deleteSettings(PENDING)
}

/** Saves a study with the access to its collector, and opens it unless the user has gone elsewhere. */
export async function openAccess(access: Access): Promise<void> {
  const from = openedStudy()
  usePendingAccess.setState(NONE)
  try {
    const study = await fetchStudy(access)
    await keepWithAccess(study, access)
    await deleteSettings(PENDING)
    tell(`“${study.title}” is connected to its collector. This browser keeps the access.`)
    if (openedStudy() === from) goTo(studyAddress(study.id, 'progress'))
  } catch (error) {
    usePendingAccess.setState({ failed: access, problem: problemOf(error) })
  }
}

async function keepWithAccess(study: Study, { url, jwt, seed }: Access): Promise<void> {
  await loadStudies()
  const now = new Date().toISOString()
  const known = entryOf(study.id)
  const dates = { createdAt: known?.createdAt ?? now, changedAt: now }
  const access = { url, jwt, seed }
  await keepEntry({ id: study.id, version: STUDY_RECORD_VERSION, study, ...dates, access }, known)
}

async function fetchStudy({ from, study }: Access): Promise<Study> {
  const address = new URL(from, window.location.href)
  const found = readStudy(await textAt(address))
  if (found.id !== study.id || (await studyDigest(found)) !== study.digest || !isPrepared(found)) {
    throw new Error(
      `The study file at ${address.href} is not the one that the researcher’s link names: serve the study that the link was made for, or make a new link with “study renew”.`,
    )
  }
  return found
}

async function textAt(address: URL): Promise<string> {
  const problem = `The study file at ${address.href} could not be fetched`
  const response = await fetch(address).catch(() => undefined)
  if (!response) throw new Error(`${problem}: check that the study is being served, and try again.`)
  if (response.ok) return response.text()
  throw new Error(
    `${problem}, as the server answered with status ${response.status}: check that the study is being served, and try again.`,
  )
}
