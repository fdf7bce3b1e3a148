import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from '@playwright/test'
import { RandomStream, rootKey } from '../src/island/index.ts'
import { type KillReport, killAgainAndAgain } from './support/kill.ts'

// bench/label-kills.ts does the same fifty times.
const KILLS = 3

test(`loses no counted label when Chromium is killed, ${KILLS} times`, async ({ baseURL }) => {
  const folder = await mkdtemp(join(tmpdir(), 'jumppad-kill-'))
  const reports: KillReport[] = []
  try {
    await killAgainAndAgain({
      address: `${baseURL}/`,
      folder,
      kills: KILLS,
      random: new RandomStream(rootKey(Date.now())),
      onReport: (report) => reports.push(report),
    })
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 5 })
  }
  expect(reports).toHaveLength(KILLS)
  for (const { acknowledged, counted, entries, broken } of reports) {
    expect(counted).toBeGreaterThanOrEqual(acknowledged)
    expect(entries).toBeGreaterThanOrEqual(counted)
    expect(broken).toBe(0)
  }
  // Otherwise nothing was tested.
  expect(reports.at(-1)?.acknowledged).toBeGreaterThan(0)
})
