/** Who can be watched and who can judge: the models of this site, and those that this browser keeps. */
import type { ManifestEntry } from '../../lab/manifest.ts'
import type { ShelfEntry } from '../../lab/model-shelf.ts'
import type { ModelSource } from '../../lab/protocol.ts'
import { evaluationOf } from '../../procedure/manifest.ts'
import { sourceOf } from '../site.ts'
import { stageName } from '../stages.ts'
import { keptBytes } from './shelf.ts'

export interface Candidate {
  /** As the address has it. */
  readonly name: string
  readonly title: string
  readonly stage: string
  readonly kind: 'policy' | 'reward'
  readonly from: 'site' | 'browser'
  readonly sha256: string
  /** Where its file comes from; throws a sentence where it is gone. */
  source(): Promise<ModelSource>
}

export function candidatesOf(
  models: readonly ManifestEntry[],
  shelf: readonly ShelfEntry[],
): Candidate[] {
  return [...models.map((entry, index) => shipped(entry, index, models)), ...shelf.map(kept)]
}

/** Of a stage's models the first has the stage's name, the others, in other sizes, their files'. */
function shipped(entry: ManifestEntry, index: number, models: readonly ManifestEntry[]): Candidate {
  const { stage, file, sha256 } = entry
  const first = models.findIndex((each) => each.stage === stage) === index
  const fileName = file.replace(/\.onnx$/, '')
  return {
    name: first ? stage : fileName,
    title: first ? stageName(stage) : `${stageName(stage)} (${fileName})`,
    stage,
    kind: evaluationOf(entry) === undefined ? 'reward' : 'policy',
    from: 'site',
    sha256,
    source: async () => sourceOf(entry),
  }
}

function kept(entry: ShelfEntry): Candidate {
  const { sha256, name, card, kind } = entry
  return {
    name: shelfName(sha256),
    title: name.replace(/\.onnx$/i, ''),
    stage: card.stage,
    kind,
    from: 'browser',
    sha256,
    source: async () => ({ kind: 'bytes', bytes: await keptBytes(entry) }),
  }
}

/** How the address calls a model of this browser. */
export function shelfName(sha256: string): string {
  return `file-${sha256.slice(0, 12)}`
}

/** The candidate of this name, or the shipped one whose file has it. */
export function findCandidate(
  candidates: readonly Candidate[],
  name: string,
  models: readonly ManifestEntry[],
): Candidate | undefined {
  const file = models.find((entry) => entry.file === `${name}.onnx`)
  return (
    candidates.find((each) => each.name === name) ??
    candidates.find((each) => each.sha256 === file?.sha256)
  )
}
