/** Trajectories of each stage on a map of the island, in the paper's colours. */

import { type Point, replay } from '../../../island/index.ts'
import type { EpisodeRecord, Results } from '../../../procedure/index.ts'
import { episodeOf } from '../../../procedure/index.ts'
import { stageName } from '../../../procedure/model-stages.ts'
import { counted } from '../format.ts'
import { GAP, heading, inRows, type Panel, type Picture } from '../picture.ts'
import { mainLineRows, stageColour } from '../stages.ts'
import { ground, MAP_PANEL, rings, spawnCrosses, trails } from './island-map.ts'

/**
 * Maximum length in metres of a step between two decisions. A longer one was not walked: the
 * character was reset from the sea.
 */
const LONGEST_PIECE = 2

/** Number of decisions between drawn points: at most 1.2 m, too short for corners to be visible. */
const STRIDE = 2

export function trajectoriesPicture(results: Results): Picture | undefined {
  const drawn = results.trajectories.filter(({ episodes }) => episodes.length > 0)
  const rows = mainLineRows(drawn.map(({ stage }) => stage))
  if (rows.length === 0) return undefined
  const panelOf = (stage: string): Panel =>
    panel(
      stage,
      drawn.filter((each) => each.stage === stage).flatMap(({ episodes }) => episodes),
      results.worldVersion,
    )
  return {
    file: 'trajectories.svg',
    alt: 'The paths of each stage’s episodes over a map of the island, seen from above',
    spec: {
      title: heading(
        'Where each stage goes',
        ['× spawns', '● jumppads (yellow)', '○ end of an episode that reached none'].join(GAP),
      ),
      ...inRows(
        rows.map((row) => row.map(panelOf)),
        { across: 16, down: 24 },
      ),
    },
  }
}

function panel(stage: string, records: readonly EpisodeRecord[], worldVersion: number): Panel {
  const colour = stageColour(stage)
  const walks = records.map((record) => walkedPieces(record, worldVersion))
  const astray = walks.filter((_, index) => records[index]?.ending === 'none')
  return {
    ...MAP_PANEL,
    title: {
      text: stageName(stage),
      color: colour,
      subtitle: `${counted(records.length, 'episode')}, ${astray.length} without a jumppad`,
    },
    layer: [
      ...ground(),
      trails(walks, colour),
      rings(
        astray.flatMap((pieces) => pieces.at(-1)?.slice(-1) ?? []),
        colour,
      ),
      spawnCrosses(),
    ],
  }
}

/**
 * Replays an episode and returns its walked segments. Throws if its outcome differs from the
 * recorded one.
 */
function walkedPieces(record: EpisodeRecord, worldVersion: number): Point[][] {
  const { path, ending } = replay(episodeOf(record, worldVersion))
  if (ending !== record.ending) {
    throw new Error(
      `The episode of seed ${record.seed} ended with ${ending} when replayed, expected ${record.ending}: the results are from another world, run the pipeline again`,
    )
  }
  return pieces(path).map((piece) =>
    piece.filter((_, index) => index % STRIDE === 0 || index === piece.length - 1),
  )
}

/** Splits a path `[2 × (decisions + 1)]` where the character was reset. */
function pieces(path: Float32Array): Point[][] {
  const cut: Point[][] = []
  let last: Point | undefined
  for (let i = 0; i < path.length; i += 2) {
    const [x = 0, z = 0] = path.subarray(i, i + 2)
    if (last === undefined || Math.hypot(x - last.x, z - last.z) > LONGEST_PIECE) cut.push([])
    last = { x, z }
    cut.at(-1)?.push(last)
  }
  return cut
}
