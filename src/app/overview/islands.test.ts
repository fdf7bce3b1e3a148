import { readFile } from 'node:fs/promises'
import { expect, it } from 'vitest'
import { endedShare, meanInterval } from '../../evaluation/index.ts'
import { readResults } from '../../procedure/index.ts'
import { islandCell } from '../../procedure/island-cells.ts'

// The Overview says in words what the shipped agents do on other islands; this holds the words to the
// shipped numbers.

const { islands, variety: varied = [] } = readResults(
  JSON.parse(await readFile('models/results.json', 'utf8')),
)

/** Alignments of the shipped fine-tuned agent. */
const variety = varied.filter(({ agent }) => agent === undefined)

const ALIGNED = ['left', 'middle', 'right']

function shares(island: string): number[] {
  return ALIGNED.map((wanted) => {
    const policy = islands?.policies.find(
      (each) => each.island === island && each.stage === `aligned-${wanted}`,
    )
    return policy === undefined ? Number.NaN : islandCell(policy).share
  })
}

function accuracies(island: string): number[] {
  const own = islands?.rewards.filter((each) => each.island === island) ?? []
  return own.map(({ test }) => test?.accuracy ?? Number.NaN)
}

it('goes to jumppads that are farther away', () => {
  expect(Math.min(...shares('farther'))).toBeGreaterThan(0.9)
  expect(Math.min(...shares('longer'))).toBeGreaterThan(0.6)
})

it('gets lost where the neck bends, and misses more often with the obstacles elsewhere', () => {
  for (const island of ['bent-east', 'bent-west']) {
    expect(Math.max(...shares(island))).toBeLessThan(0.5)
  }
  // The platform that is missing there, too, is not the reason.
  expect(Math.min(...shares('no-east'))).toBeGreaterThan(0.97)
  const home = shares('home')
  for (const [index, share] of shares('moved-obstacles').entries()) {
    expect(share).toBeLessThan((home[index] ?? Number.NaN) - 0.2)
  }
})

it('recognises what is preferred on most islands, less so with the obstacles elsewhere', () => {
  const others = ['farther', 'fourth', 'bent-east', 'bent-west', 'no-east', 'longer']
  for (const island of others) expect(Math.min(...accuracies(island))).toBeGreaterThan(0.85)
  expect(Math.min(...accuracies('moved-obstacles'))).toBeLessThan(0.75)
})

it('carries over no better where clips of the island itself were compared and played', () => {
  const shareThere = (played: string, seed: number) => {
    const run = variety.find((each) => each.played === played && each.seed === seed)
    const table = run?.tables['bent-west']
    return table === undefined ? Number.NaN : endedShare(table, 'left')
  }
  const gains = [1, 2, 3].map((seed) => shareThere('labelled', seed) - shareThere('first', seed))
  expect(meanInterval(gains)?.interval?.low).toBeLessThan(0)
  expect(gains.reduce((sum, gain) => sum + gain)).toBeLessThan(0)
})

/** Returns a share by seed of the agents that were pre-trained for the experiment: before alignment or after it. */
function ofPretrained(
  pretrained: string,
  played: string,
  shareIn: (run: (typeof varied)[number]) => number,
): number[] {
  const runs = varied.filter((run) => run.agent?.islands === pretrained && run.played === played)
  return [1, 2, 3].map((seed) => {
    const run = runs.find((each) => each.seed === seed)
    return run === undefined ? Number.NaN : shareIn(run)
  })
}

it('finds its way on the islands of its pre-training, but alignment carries over no better', () => {
  const gains = (played: string, shareIn: (run: (typeof varied)[number]) => number) => {
    const before = ofPretrained('first', played, shareIn)
    return ofPretrained('several', played, shareIn).map((share, i) => share - (before[i] ?? 0))
  }
  const arrives = (island: string) => (run: (typeof varied)[number]) => {
    const table = run.agent?.tables[island]
    return table === undefined ? Number.NaN : 1 - endedShare(table, 'none')
  }
  for (const island of ['farther', 'bent-east', 'moved-obstacles', 'longer']) {
    expect(Math.min(...gains('first', arrives(island)))).toBeGreaterThan(0.02)
  }
  for (const island of ['home', 'fourth', 'bent-east', 'bent-west', 'moved-obstacles', 'longer']) {
    for (const played of ['first', 'several']) {
      const goesLeft = (run: (typeof varied)[number]) => {
        const table = run.tables[island]
        return table === undefined ? Number.NaN : endedShare(table, 'left')
      }
      expect(meanInterval(gains(played, goesLeft))?.interval?.low).toBeLessThan(0)
    }
  }
})

it('carries over no better after play on several islands, as far as three seeds tell', () => {
  for (const island of ['fourth', 'bent-east', 'bent-west', 'moved-obstacles', 'longer']) {
    const share = (played: string, seed: number) => {
      const run = variety.find((each) => each.played === played && each.seed === seed)
      const table = run?.tables[island]
      return table === undefined ? Number.NaN : endedShare(table, 'left')
    }
    const gains = [1, 2, 3].map((seed) => share('several', seed) - share('first', seed))
    expect(meanInterval(gains)?.interval?.low).toBeLessThan(0)
  }
})
