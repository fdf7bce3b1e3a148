/** Histograms of the rewards of held-out clips, by outcome. */

import type { HomeEnding } from '../../../island/index.ts'
import { HOME_ENDINGS } from '../../../island/index.ts'
import type { Results, RewardModelResult } from '../../../procedure/index.ts'
import { counted } from '../format.ts'
import {
  ENDING_COLOURS,
  FAINT_INK,
  heading,
  inRows,
  type Layer,
  type Panel,
  type Picture,
} from '../picture.ts'
import { endingName, WANTED, wantedName } from '../stages.ts'

/** Height of a panel relative to the highest bar. */
const HEADROOM = 1.05

/** Returns one model per preferred jumppad: the one with the lowest training seed. */
function drawnRewardModels(results: Results): RewardModelResult[] {
  return WANTED.flatMap((wanted) =>
    results.rewardModels
      .filter((model) => model.wanted === wanted)
      .sort((a, b) => a.seed - b.seed)
      .slice(0, 1),
  )
}

export function rewardsPicture(results: Results): Picture | undefined {
  const models = drawnRewardModels(results)
  if (models.length === 0) return undefined
  const shares = models.flatMap((model) => HOME_ENDINGS.flatMap((ending) => bins(model, ending)))
  const highest = Math.max(...shares.map(({ share }) => share))
  return {
    file: 'rewards.svg',
    alt: 'Histograms of the learned reward of held-out clips that ended at none, the left, middle and right jumppad',
    spec: {
      title: heading(
        'What the reward models give to clips, by where these ended',
        'Held-out clips; shares are of the clips with that ending.',
      ),
      ...inRows(
        HOME_ENDINGS.map((ending, row) =>
          models.map((model, column) => ({
            ...(row === 0 ? { title: wantedName(model.wanted) } : {}),
            ...panel(model, ending, column, highest),
          })),
        ),
        { across: 48, down: 10 },
      ),
    },
  }
}

/** Returns the bins of a histogram: their edges, and their percentage of the clips with that outcome. */
function bins({ histogram }: RewardModelResult, ending: HomeEnding) {
  const clips = clipsOf(histogram[ending])
  return histogram[ending].map((count, index) => ({
    from: histogram.edges[index],
    to: histogram.edges[index + 1],
    share: clips === 0 ? 0 : (100 * count) / clips,
  }))
}

function clipsOf(counts: readonly number[]): number {
  return counts.reduce((sum, count) => sum + count, 0)
}

function panel(
  model: RewardModelResult,
  ending: HomeEnding,
  column: number,
  highest: number,
): Panel {
  const { edges } = model.histogram
  const lowest = ending === HOME_ENDINGS.at(-1)
  return {
    width: 230,
    height: 64,
    encoding: {
      x: {
        field: 'from',
        type: 'quantitative',
        scale: { domain: [edges[0] ?? 0, edges.at(-1) ?? 0], nice: false },
        axis: {
          title: lowest ? 'Learnt reward (normalised)' : null,
          labels: lowest,
          ticks: lowest,
          grid: false,
          tickCount: 6,
        },
      },
      y: {
        field: 'share',
        type: 'quantitative',
        scale: { domain: [0, HEADROOM * highest], nice: false },
        axis: {
          title: column === 0 ? `${endingName(ending)} (%)` : null,
          ticks: false,
          domain: false,
          tickCount: 3,
        },
      },
    },
    layer: [bars(model, ending), clipCount(model, ending)],
  }
}

function bars(model: RewardModelResult, ending: HomeEnding): Layer {
  return {
    data: { values: bins(model, ending) },
    mark: { type: 'rect', color: ENDING_COLOURS[ending], opacity: 0.9 },
    encoding: { x2: { field: 'to' }, y2: { datum: 0 } },
  }
}

function clipCount({ histogram }: RewardModelResult, ending: HomeEnding): Layer {
  return {
    data: { values: [{}] },
    mark: {
      type: 'text',
      align: 'right',
      baseline: 'bottom',
      color: FAINT_INK,
      text: counted(clipsOf(histogram[ending]), 'clip'),
    },
    encoding: { x: { value: 'width' }, y: { value: -2 } },
  }
}
