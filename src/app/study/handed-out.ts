/** Whether links of a study were handed out: they name the study as it is, so it is fixed from then on. */

import { useEffect } from 'react'
import { z } from 'zod'
import { create } from 'zustand'
import { readSetting, saveSetting } from '../../storage/index.ts'
import type { Study } from '../../study/index.ts'
import { labDatabase } from '../data/database.ts'
import { problemOf } from '../sentences.ts'
import { linksSetting } from './settings.ts'
import { tellProblem } from './store.ts'

/** Digests of the studies whose links were handed out, by study. */
const useLinks = create<Readonly<Record<string, string | undefined>>>(() => ({}))

/** Returns whether links of this version of a study were copied or exported in this browser. */
export function useHandedOut({ id }: Study, digest: string | undefined): boolean {
  const known = useLinks((links) => links[id])
  useEffect(() => {
    labDatabase()
      .then((database) => readSetting(database, linksSetting(id), z.string()))
      .then((found) => useLinks.setState({ [id]: found }))
      .catch((error: unknown) => tellProblem(problemOf(error)))
  }, [id])
  return known !== undefined && known === digest
}

/** Records that links of a study leave this browser. */
export function handOut({ id }: Study, digest: string): void {
  useLinks.setState({ [id]: digest })
  labDatabase()
    .then((database) => saveSetting(database, linksSetting(id), digest))
    .catch((error: unknown) => tellProblem(problemOf(error)))
}
