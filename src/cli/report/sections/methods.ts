/** Section on the methods that learn from the same labels. */
import {
  METHOD_NAMES,
  type MethodGroup,
  methodGroups,
  type Results,
} from '../../../procedure/index.ts'
import { methodsPicture } from '../figures/methods.ts'
import {
  changesOf,
  duration,
  markdownTable,
  numbers,
  percent,
  percentAndSpread,
  type Row,
  shareWithInterval,
  whole,
  wholeRange,
  words,
} from '../format.ts'
import { drawn, notMeasured, type Section } from '../section.ts'

const FIGURES = [
  numbers('labels'),
  numbers('pairs asked'),
  numbers('seeds'),
  numbers('reached wanted'),
  numbers('mean ± sd'),
  numbers('none'),
  numbers('KL'),
  numbers('training'),
]

export function methodsSection(results: Results): Section {
  const groups = methodGroups(results)
  const title = 'Methods that learn from the same labels'
  if (groups.length === 0) {
    return { title, body: [notMeasured('the methods that learn from labels, side by side')] }
  }
  return {
    title,
    body: [
      `All methods begin with the fine-tuned agent and learn from the same answers of a judge, with the settings of the Train page${changesIn(results)}. Labels are answers that prefer one clip; ties are learned from as well. Percent of fresh episodes that reached the wanted jumppad: mean over seeds with a Wilson 95 % interval over the episodes of all seeds, which does not cover how seeds differ, and mean ± standard deviation over seeds; n = ${wholeRange(groups.map(({ episodes }) => episodes))} episodes per seed. A seed has its own clips, pairs and order of training. KL is the divergence from the fine-tuned agent, in nats per episode. Training is the median over seeds, and includes the reward model where there is one.`,
      ...drawn(methodsPicture(results)),
      markdownTable([words('method'), words('wanted'), ...FIGURES], groups.map(groupRow)),
      ...tellingPairs(results),
    ],
  }
}

/** Returns the comparison of labels on telling pairs with those on random ones; nothing before it was made. */
function tellingPairs(results: Results): string[] {
  const telling = methodGroups(results, 'telling')
  if (telling.length === 0) return []
  const random = methodGroups(results)
  const rows = telling.flatMap((group) => [
    pairsRow('telling', group),
    ...random.filter((other) => isAlike(other, group)).map((other) => pairsRow('random', other)),
  ])
  return [
    `Telling pairs have exactly one clip that reaches the wanted jumppad, so that every answer prefers one. The same judge and numbers of such answers${changesIn(results, 'telling')}; random pairs need more questions for them, and their ties are learned from as well.`,
    markdownTable(
      [words('method'), words('wanted'), words('pairs'), ...FIGURES.slice(0, -1)],
      rows,
    ),
  ]
}

/** Returns in which settings these runs differ from the defaults, as a part of a sentence. */
function changesIn({ methods = [] }: Results, pairs?: 'telling'): string {
  return changesOf(
    methods
      .filter((run) => run.pairs === pairs)
      .flatMap(({ changes }) => (changes ? [changes] : [])),
  )
}

function isAlike(a: MethodGroup, b: MethodGroup): boolean {
  return a.method === b.method && a.wanted === b.wanted && a.decisive === b.decisive
}

/** Returns a row without the duration: the two kinds of pairs were trained on under different loads. */
function pairsRow(pairs: string, group: MethodGroup): Row {
  return groupRow(group).toSpliced(2, 0, pairs).slice(0, -1)
}

function groupRow(group: MethodGroup): Row {
  return [
    METHOD_NAMES[group.method],
    group.wanted,
    whole(group.decisive),
    whole(Math.round(group.asked)),
    whole(group.shares.length),
    shareWithInterval(group.share, group.interval),
    percentAndSpread(group.shares),
    percent(group.none),
    group.kl.toFixed(0),
    duration(group.seconds),
  ]
}
