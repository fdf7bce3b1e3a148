import type { CellKind } from '../cells/kind.ts'
import { alignmentCell } from './alignment-cell.ts'
import { fineTunedCell } from './fine-tuned-cell.ts'
import { islandPlayCell, islandRewardCell } from './island-cell.ts'
import { methodCell } from './method-cell.ts'
import { rewardCell } from './reward-cell.ts'
import { varietyCell } from './variety-cell.ts'
import { wishCell } from './wish-cell.ts'

/** Kinds of cells that every machine can compute. */
export const KINDS: readonly CellKind[] = [
  rewardCell,
  alignmentCell,
  fineTunedCell,
  methodCell,
  islandPlayCell,
  islandRewardCell,
  varietyCell,
  wishCell,
]
