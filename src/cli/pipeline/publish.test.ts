import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { MAIN_LINE, type Results, readResults, resultsText } from '../../procedure/index.ts'
import { madeUpResults } from '../../procedure/testing/made-up-results.ts'
import { readResultsFile } from '../results-file.ts'
import { publish } from './publish.ts'

let folder = ''
let said = ''

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'jumppad-publish-'))
  said = ''
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => {
    said += text
    return true
  })
})

afterEach(() => {
  vi.restoreAllMocks()
  rmSync(folder, { recursive: true })
})

/** Results with everything, as they are read from a file. */
const all = readResults(JSON.parse(resultsText(madeUpResults(1))))
const { ablations, methods, islands, wishes, variety, rewardRuns, ...shared } = all
const experiments = { ablations, methods, islands, wishes, variety, rewardRuns }

/** Results of the main line alone, as a pipeline measures them that was run again. */
const mainLine: Results = {
  ...shared,
  machine: 'another machine',
  reinforcement: shared.reinforcement.filter(({ variant }) => variant === MAIN_LINE).slice(1),
  wallClock: { base: 5 },
}

const writeEarlier = (text: string) => writeFileSync(join(folder, 'results.json'), text)

it('replaces the main line, and keeps what experiments have added, with a word about it', async () => {
  const wallClock = { base: 2040, measuring: 7, sweep: 100, 'methods --seeds 3': 12 }
  writeEarlier(resultsText({ ...all, wallClock }))
  await publish(folder, [], mainLine)

  const { reinforcement, ...found } = (await readResultsFile(folder)) ?? expect.fail('No results')
  expect(found).toMatchObject(experiments)
  expect(found.machine).toBe('another machine')
  expect(found.wallClock).toEqual({ base: 5, sweep: 100, 'methods --seeds 3': 12 })
  const curves = all.reinforcement.filter(({ variant }) => variant !== MAIN_LINE)
  expect(curves).not.toEqual([])
  expect(reinforcement).toEqual([...mainLine.reinforcement, ...curves])
  expect(said).toMatch(
    /^\S+results\.json keeps the results of ablations, methods, [^\n]*sweep: if the models have changed, they describe earlier ones[^\n]*\n$/,
  )
})

it('says nothing where there is nothing to keep', async () => {
  await publish(folder, [], mainLine)
  await publish(folder, [], mainLine)
  expect(await readResultsFile(folder)).toEqual(mainLine)
  expect(said).toBe('')
})

it.each([
  ['are damaged', '{"version": 1}'],
  ['are of another world', resultsText({ ...all, worldVersion: all.worldVersion + 1 })],
])('sets earlier results aside that %s', async (_, text) => {
  writeEarlier(text)
  await publish(folder, [], mainLine)
  expect(await readResultsFile(folder)).toEqual(mainLine)
  expect(readFileSync(join(folder, 'results.earlier.json'), 'utf8')).toBe(text)
  expect(said).toMatch(/^The earlier results are now in \S+results\.earlier\.json, [^\n]*\n$/)
  expect(readdirSync(folder)).toHaveLength(2)
  // Those set aside earlier stay.
  writeEarlier('damaged later')
  await publish(folder, [], mainLine)
  expect(readFileSync(join(folder, 'results.earlier.json'), 'utf8')).toBe(text)
  expect(readFileSync(join(folder, 'results.earlier-2.json'), 'utf8')).toBe('damaged later')
})
