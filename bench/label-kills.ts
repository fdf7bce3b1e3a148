/**
 * Kills Chromium 50 times at random moments during labelling and counts the labels left. Exits with
 * code 1 if a counted label was lost, an entry is incomplete, or a kill is missing. Prints Markdown
 * for docs/benchmarks.md.
 *
 * Run with `npx tsx bench/label-kills.ts`, followed by another number of kills if needed.
 */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type KillReport, killAgainAndAgain } from '../e2e/support/kill.ts'
import { RandomStream, rootKey } from '../src/island/index.ts'
import { withLab } from './label/lab.ts'

const kills = Number(process.argv[2] ?? 50)
const folder = await mkdtemp(join(tmpdir(), 'jumppad-kills-'))
const reports: KillReport[] = []
try {
  await withLab((address) =>
    killAgainAndAgain({
      address,
      folder,
      kills,
      random: new RandomStream(rootKey(Date.now())),
      onReport(report) {
        reports.push(report)
        process.stderr.write(`${reports.length}: ${JSON.stringify(report)}\n`)
      },
    }),
  )
} finally {
  await rm(folder, { recursive: true, force: true, maxRetries: 5 })
}
const lost = reports.filter(({ acknowledged, counted }) => counted < acknowledged).length
const broken = reports.reduce((sum, report) => sum + report.broken, 0)
const unseen = reports.filter(({ acknowledged, counted }) => counted > acknowledged).length
process.stdout.write(
  [
    '| kills | lost a counted label | entries that are not whole | had committed more than the page had counted | labels at the end |',
    '|---:|---:|---:|---:|---:|',
    `| ${reports.length} | ${lost} | ${broken} | ${unseen} | ${reports.at(-1)?.counted ?? 0} |`,
    '',
  ].join('\n'),
)
process.exitCode = lost + broken > 0 || reports.length < kills ? 1 : 0
