import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import type { Results } from '../procedure/index.ts'
import { madeUpResults } from '../procedure/testing/made-up-results.ts'
import { changeResults, readResultsFile, resultsPath } from './results-file.ts'

const folder = mkdtempSync(join(tmpdir(), 'jumppad-results-'))
afterAll(() => rmSync(folder, { recursive: true }))

const results = madeUpResults(1)

async function present(): Promise<Results> {
  return (await readResultsFile(folder)) ?? results
}

it('loses nothing of what several commands add at once', async () => {
  const commands = ['sweep', 'methods', 'islands', 'wishes']
  await Promise.all(
    commands.map((command) =>
      changeResults(folder, async () => {
        const { wallClock, ...rest } = await present()
        return { ...rest, wallClock: { ...wallClock, [command]: 1 } }
      }),
    ),
  )
  expect(Object.keys((await present()).wallClock)).toEqual(expect.arrayContaining(commands))
})

it('leaves the file as it was rather than write what nobody can read', async () => {
  await changeResults(folder, present)
  const before = readFileSync(resultsPath(folder), 'utf8')
  const wallClock = { sweep: Number.NaN }
  await expect(
    changeResults(folder, async () => ({ ...(await present()), wallClock })),
  ).rejects.toThrow('the new ones would be unreadable at wallClock.sweep ')
  expect(readFileSync(resultsPath(folder), 'utf8')).toBe(before)
})
