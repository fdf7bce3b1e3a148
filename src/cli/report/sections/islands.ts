/** Section on islands that the shipped models were not trained on. */
import { endedShare } from '../../../evaluation/index.ts'
import { ISLANDS, type ShippedIsland } from '../../../island/index.ts'
import { type IslandsResult, islandCell, type Results } from '../../../procedure/index.ts'
import { stageName } from '../../../procedure/model-stages.ts'
import {
  markdownTable,
  numbers,
  percent,
  type Row,
  shareOfRatio,
  shareWithInterval,
  whole,
  wholeRange,
  words,
} from '../format.ts'
import { notMeasured, type Section } from '../section.ts'

export function islandsSection({ islands }: Results): Section {
  const title = 'Other islands'
  if (islands === undefined) {
    return { title, body: [notMeasured('the shipped models on other islands')] }
  }
  const { policies, rewards } = islands
  const known = ISLANDS.filter(({ id }) => policies.some(({ island }) => island === id))
  const episodes = wholeRange(policies.map(({ table }) => table.episodes))
  return {
    title,
    body: [
      'All models were trained on the first island alone. Each other one is changed in a few places, so that explanations of what was learned can be told apart:',
      known.map(({ title: name, about }) => `- **${name}.** ${about}`).join('\n'),
      `Percent of fresh episodes from a spawn that reached the wanted jumppad or, for agents that prefer none, any jumppad, with Wilson 95 % intervals; n = ${episodes} episodes a cell, with the same seeds on every island.`,
      policyTable(known, policies),
      'How all of these episodes ended, in percent:',
      endingTable(known, policies),
      'Accuracy of the reward models, in percent with Wilson 95 % intervals, on decisive pairs of the fine-tuned agent’s clips on each island, no two of which share a clip, and the number of these pairs. A judge prefers the jumppad of that name wherever it is; without it nothing is decisive.',
      rewardTable(known, rewards),
    ],
  }
}

type Policies = IslandsResult['policies']

function policyTable(islands: readonly ShippedIsland[], policies: Policies): string {
  const stages = [...new Set(policies.map(({ stage }) => stage))]
  return markdownTable(
    [words('island'), ...stages.map((stage) => numbers(stageName(stage)))],
    islands.map(({ id, title }) => [
      title,
      ...stages.map((stage) => {
        const found = policies.find((each) => each.island === id && each.stage === stage)
        return found === undefined ? '–' : reachedCell(found)
      }),
    ]),
  )
}

function reachedCell(policy: Policies[number]): string {
  const { exists, share, interval } = islandCell(policy)
  return exists ? shareWithInterval(share, interval) : 'none there'
}

function endingTable(islands: readonly ShippedIsland[], policies: Policies): string {
  const endings = [...new Set(policies.flatMap(({ table }) => Object.keys(table.outcomes)))]
  const rows = islands.flatMap(({ id, title }) =>
    policies
      .filter(({ island }) => island === id)
      .map(
        ({ stage, table }): Row => [
          title,
          stageName(stage),
          ...endings.map((ending) =>
            table.outcomes[ending] === undefined ? '' : percent(endedShare(table, ending)),
          ),
          table.meanDecisions.toFixed(1),
        ],
      ),
  )
  return markdownTable(
    [words('island'), words('agent'), ...endings.map(numbers), numbers('decisions per episode')],
    rows,
  )
}

function rewardTable(islands: readonly ShippedIsland[], rewards: IslandsResult['rewards']): string {
  const wanted = [...new Set(rewards.map((each) => each.wanted))]
  return markdownTable(
    [words('island'), ...wanted.flatMap((each) => [numbers(`prefers ${each}`), numbers('pairs')])],
    islands.map(({ id, title }) => [
      title,
      ...wanted.flatMap((each) => {
        const test = rewards.find((found) => found.island === id && found.wanted === each)?.test
        return test === undefined ? ['–', '0'] : [shareOfRatio(test), whole(test.comparisons)]
      }),
    ]),
  )
}
