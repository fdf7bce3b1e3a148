/** Sections on the labels of the main line's reward models and on their accuracy. */
import type { Results } from '../../../procedure/index.ts'
import { calibrationPicture } from '../figures/calibration.ts'
import { rewardsPicture } from '../figures/rewards.ts'
import {
  duration,
  markdownTable,
  numbers,
  percent,
  shareOfRatio,
  whole,
  wholeRange,
  words,
} from '../format.ts'
import { drawn, notMeasured, type Section } from '../section.ts'
import { byWanted } from '../stages.ts'

export function labelsSection({ labels }: Results): Section {
  const title = 'Labels'
  if (labels.length === 0) {
    return { title, body: [notMeasured('how many comparisons were asked for and decided')] }
  }
  const wanted = [...new Set(labels.toSorted(byWanted).map((set) => set.wanted))]
  return {
    title,
    body: [
      `What the judge was asked, and how often it preferred one side: n = ${wholeRange(labels.map(({ asked }) => asked))} pairs for each wanted jumppad and seed. Ties are pairs of clips that are equally good to it.`,
      markdownTable(
        [
          words('wanted'),
          ...[
            'seeds',
            'clips',
            'pairs asked',
            'decisive',
            'decisive (%)',
            'ties',
            'can’t tell',
          ].map(numbers),
        ],
        wanted.map((jumppad) => labelsRow(labels.filter((set) => set.wanted === jumppad))),
      ),
    ],
  }
}

/** Returns the cells of the label sets for one jumppad, one set for each seed. */
function labelsRow(sets: Results['labels']): readonly string[] {
  const range = (field: 'clips' | 'asked' | 'decisive' | 'ties' | 'cantTell') =>
    wholeRange(sets.map((set) => set[field]))
  const asked = sets.reduce((sum, set) => sum + set.asked, 0)
  const decisive = sets.reduce((sum, set) => sum + set.decisive, 0)
  return [
    sets[0]?.wanted ?? '',
    whole(sets.length),
    range('clips'),
    range('asked'),
    range('decisive'),
    asked === 0 ? '–' : percent(decisive / asked),
    range('ties'),
    range('cantTell'),
  ]
}

export function rewardModelsSection(results: Results): Section {
  const title = 'Reward models of the main line'
  const models = results.rewardModels.toSorted((a, b) => byWanted(a, b) || a.seed - b.seed)
  if (models.length === 0) {
    return { title, body: [notMeasured('how the reward models of the main line judge')] }
  }
  return {
    title,
    body: [
      `Accuracy in percent with Wilson 95 % intervals on decisive held-out pairs of the fine-tuned agent’s play, n = ${wholeRange(models.map(({ test }) => test.comparisons))} pairs; a coin has 50 %. The intervals take pairs as independent; pairs that share clips are not, so they are slightly too narrow. Among pairs of about equal length, which differ by at most 3 decisions, telling long clips from short ones is no help: n = ${wholeRange(models.map(({ equalLength }) => equalLength.comparisons))}.`,
      markdownTable(
        [
          words('wanted'),
          numbers('training seed'),
          numbers('training comparisons'),
          numbers('accuracy'),
          numbers('n'),
          numbers('about equal length'),
          numbers('n'),
          numbers('training'),
        ],
        models.map((model) => [
          model.wanted,
          String(model.seed),
          whole(model.trainingComparisons),
          shareOfRatio(model.test),
          whole(model.test.comparisons),
          shareOfRatio(model.equalLength),
          whole(model.equalLength.comparisons),
          duration(model.trainingSeconds),
        ]),
      ),
      'How often the first clip of a pair was preferred, by how probable the model called that: models on the dashed line are calibrated.',
      ...drawn(calibrationPicture(results)),
      'The learned reward of held-out clips by how these ended, of the model with the lowest training seed: the wanted jumppad’s clips should lie to the right of all others.',
      ...drawn(rewardsPicture(results)),
    ],
  }
}
