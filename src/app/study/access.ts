/** Researcher's links to studies with a collector. */
import { useEffect, useState } from 'react'
import { ACCESS_PARAMETER, type Access, decodeAccess } from '../../collector/access.ts'
import { studyDigest } from '../../collector/study-digest.ts'
import { messageOf } from '../../lab/worker/errors.ts'
import { isPrepared, readStudy, type Study } from '../../study/index.ts'
import { replaceParams, useRoute } from '../stores/route.ts'
import { studyAddress } from '../stores/study-settings.ts'
import { tell, tellProblem } from './store.ts'
import { entryOf, keepEntry, loadStudies } from './studies.ts'

/**
 * Opens the study of a researcher's link. The secret in the address is removed from it at once, so that
 * nobody reads or copies it there. Returns a function that tries again; undefined if nothing failed.
 */
export function useAccessInAddress(): (() => void) | undefined {
  const text = useRoute(({ params }) => params.get(ACCESS_PARAMETER))
  const [failed, setFailed] = useState<Access>()
  const open = (access: Access) => {
    setFailed(undefined)
    openAccess(access).catch((error: unknown) => {
      setFailed(access)
      tellProblem(messageOf(error))
    })
  }
  // biome-ignore lint/correctness/useExhaustiveDependencies: only another link is to be opened
  useEffect(() => {
    if (text === null) return
    replaceParams(new URLSearchParams())
    try {
      open(decodeAccess(text))
    } catch (error) {
      tellProblem(messageOf(error))
    }
  }, [text])
  return failed && (() => open(failed))
}

/** Saves a study with the access to its collector, and opens it. */
async function openAccess(access: Access): Promise<void> {
  const study = await fetchStudy(access)
  await loadStudies()
  const { url, jwt, seed } = access
  const now = new Date().toISOString()
  const createdAt = entryOf(study.id)?.createdAt ?? now
  await keepEntry({
    ...{ id: study.id, version: 1, study, createdAt, changedAt: now },
    access: { url, jwt, seed },
  })
  tell(`“${study.title}” is connected to its collector. This browser keeps the access.`)
  window.location.hash = studyAddress(study.id, 'progress')
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
