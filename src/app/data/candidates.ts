/** Models that can be chosen on a page: those that ship with the site, and those kept in this browser. */

import { useMemo } from 'react'
import type { ManifestEntry } from '../../lab/models/manifest.ts'
import type { ModelSource } from '../../lab/worker/choices.ts'
import { evaluationOf } from '../../procedure/manifest.ts'
import { stageName } from '../../procedure/model-stages.ts'
import type { ShelfEntry } from '../../storage/model-shelf.ts'
import { shelfName, useCatalogue } from './catalogue.ts'
import { keptBytes } from './shelf.ts'
import { sourceOf } from './site.ts'

export interface Candidate {
  /** Name in addresses. */
  readonly name: string
  readonly title: string
  /** File name. */
  readonly file: string
  readonly stage: string
  readonly kind: 'policy' | 'reward'
  readonly from: 'site' | 'browser'
  readonly sha256: string
  /** Number of the network's parameters; undefined where the site's list does not say. */
  readonly parameters: number | undefined
  /** Returns the source of its file; rejects with a sentence where that is gone. */
  source(): Promise<ModelSource>
}

function candidatesOf(models: readonly ManifestEntry[], shelf: readonly ShelfEntry[]): Candidate[] {
  return [...models.map((entry, index) => shipped(entry, index, models)), ...shelf.map(kept)]
}

/**
 * Returns the candidate of a shipped model. The first model of a stage is named after the stage; others,
 * of other sizes, after their files.
 */
function shipped(entry: ManifestEntry, index: number, models: readonly ManifestEntry[]): Candidate {
  const { stage, file, sha256, parameters } = entry
  const first = models.findIndex((each) => each.stage === stage) === index
  const fileName = file.replace(/\.onnx$/, '')
  return {
    name: first ? stage : fileName,
    title: first ? stageName(stage) : `${stageName(stage)} (${fileName})`,
    file,
    stage,
    kind: evaluationOf(entry) === undefined ? 'reward' : 'policy',
    from: 'site',
    sha256,
    parameters,
    source: async () => sourceOf(entry),
  }
}

function kept(entry: ShelfEntry): Candidate {
  const { sha256, name, card, kind, parameters } = entry
  return {
    name: shelfName(sha256),
    title: name.replace(/\.onnx$/i, ''),
    file: name,
    stage: card.stage,
    kind,
    from: 'browser',
    sha256,
    parameters,
    source: async () => ({ kind: 'bytes', bytes: await keptBytes(entry) }),
  }
}

/** Returns the candidate of this name, or the shipped one whose file has it. */
export function findCandidate(
  candidates: readonly Candidate[],
  name: string,
): Candidate | undefined {
  return (
    candidates.find((each) => each.name === name) ??
    candidates.find((each) => each.from === 'site' && each.file === `${name}.onnx`)
  )
}

/** Returns the candidates that are known now. */
export function currentCandidates(kind?: Candidate['kind']): Candidate[] {
  const { models, shelf } = useCatalogue.getState()
  return ofKind(candidatesOf(models ?? [], shelf ?? []), kind)
}

/** Returns the candidates that are known now, and rerenders when they change. */
export function useCandidates(kind?: Candidate['kind']): readonly Candidate[] {
  const models = useCatalogue((state) => state.models)
  const shelf = useCatalogue((state) => state.shelf)
  return useMemo(() => ofKind(candidatesOf(models ?? [], shelf ?? []), kind), [models, shelf, kind])
}

function ofKind(candidates: Candidate[], kind: Candidate['kind'] | undefined): Candidate[] {
  return kind === undefined ? candidates : candidates.filter((each) => each.kind === kind)
}

/** Stages in the natural order of comparison. */
const MAIN_LINE = ['base', 'fine-tuned', 'aligned-left', 'aligned-right', 'aligned-middle']

/** Returns the name of the policy to add next to those that are compared already. */
export function nextOf(policies: readonly Candidate[], names: readonly string[]): string {
  const others = policies.map(({ name }) => name).filter((name) => !names.includes(name))
  return MAIN_LINE.find((name) => others.includes(name)) ?? others[0] ?? 'base'
}
