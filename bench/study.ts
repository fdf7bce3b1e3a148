/**
 * A study with 50 simulated labellers, 40 pairs each, whose answers three nats-servers store. All the
 * while a random server is killed and started again, browsers go offline, and pages are reloaded. Exits
 * with code 1 unless every label that counts as sent is in the export exactly once, and no other label
 * is. Prints Markdown for docs/benchmarks.md.
 *
 * Run with `npx tsx --experimental-websocket bench/study.ts`, followed by another number of labellers if
 * needed. (Node 20 has WebSocket only with this option.)
 */
import 'fake-indexeddb/auto'
import { execFile } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { dialTcp } from '../src/cli/study/connect.ts'
import { StudyFolder } from '../src/cli/study/folder.ts'
import { startForwarder } from '../src/cli/study/forwarder.ts'
import { freePort } from '../src/cli/study/free-ports.ts'
import { linkOf } from '../src/cli/study/invitations.ts'
import { prepareStream, serversOf, webSocketsOf } from '../src/cli/study/servers.ts'
import { createResearcher } from '../src/collector/identities.ts'
import { decodeInvitation } from '../src/collector/invitation.ts'
import { openReader } from '../src/collector/nats-reader.ts'
import { readEverything } from '../src/collector/read-everything.ts'
import { RandomStream, rootKey, splitKey } from '../src/island/index.ts'
import { decodeArchive } from '../src/storage/archive/index.ts'
import { clipsOfStudy } from '../src/study/index.ts'
import { madeUpPreparedStudy } from '../src/study/testing/made-up-study.ts'
import { Labeller, type Measured } from './study/labeller.ts'
import { Nodes } from './study/nodes.ts'

const NODES = 3
const labellers = Number(process.argv[2] ?? 50)
const key = rootKey(Date.now())

const study = madeUpPreparedStudy({
  design: { seed: 3, labellers, pairsEach: 40, overlap: 2, clipsPerAgent: 80, reShows: 0 },
  golden: { jumppad: 'left', pairs: 0, least: 0, below: 'note' },
  practice: { pairs: 0, least: 0 },
})

const dir = await mkdtemp(join(tmpdir(), 'jumppad-study-'))
try {
  process.exitCode = (await run()) ? 0 : 1
} finally {
  await rm(dir, { recursive: true, force: true, maxRetries: 5 })
}

async function run(): Promise<boolean> {
  const folder = await StudyFolder.create(dir, study)
  const nodes = await Promise.all(Array.from({ length: NODES }, freeNode))
  await folder.change(() => ({ cluster: { secret: 'bench', nodes } }))
  const servers = await Nodes.start(folder)
  await prepareStream(folder)
  const forwarder = await startForwarder(() => webSocketsOf(folder))
  const ended = new AbortController()
  const killing = servers.killAgainAndAgain(new RandomStream(splitKey(key, 'nodes')), ended.signal)
  const begun = performance.now()
  try {
    const measured = await label(folder, `ws://127.0.0.1:${forwarder.port}`)
    const seconds = (performance.now() - begun) / 1000
    ended.abort()
    await killing
    return await report(folder, measured, servers.kills, seconds)
  } finally {
    ended.abort()
    await killing
    await forwarder.close()
    await servers.stop()
  }
}

async function freeNode() {
  const [client, webSocket, cluster] = await Promise.all([freePort(), freePort(), freePort()])
  return { host: '127.0.0.1', ports: { client, webSocket, cluster } }
}

async function label(folder: StudyFolder, address: string): Promise<Measured> {
  const clips = clipsOfStudy(study)
  const measured: Measured = {
    ...{ latencies: [], sent: new Map() },
    ...{ offline: 0, reloads: 0, reconnects: 0 },
  }
  let done = 0
  await Promise.all(
    folder.state.labellers.map(async (each) => {
      const text = linkOf(folder, each).split('invitation=')[1] ?? ''
      const invitation = decodeInvitation(text)
      const random = new RandomStream(splitKey(key, 'labeller', each.number))
      await new Labeller({ study, clips, invitation, address, random, measured }).run()
      process.stderr.write(`${++done} of ${labellers} labellers have finished\n`)
    }),
  )
  return measured
}

/** Returns the number of messages that are stored more than once, which readers drop. */
async function countDuplicates({ state, limits }: StudyFolder, servers: string[]): Promise<number> {
  const user = await createResearcher(state.seeds, study, { limits, now: Date.now() })
  const reader = openReader(user, study.id, dialTcp(servers))
  const { messages } = await readEverything(reader)
  await reader.close()
  return messages.length - new Set(messages.map(({ id }) => id)).size
}

async function report(
  folder: StudyFolder,
  measured: Measured,
  kills: number,
  seconds: number,
): Promise<boolean> {
  const { stdout, stderr } = await promisify(execFile)(
    process.execPath,
    ['node_modules/tsx/dist/cli.mjs', 'src/cli/main.ts', 'study', 'export', dir],
    { encoding: 'buffer', maxBuffer: 2 ** 28 },
  )
  process.stderr.write(stderr)
  const { labels, sessions } = decodeArchive(stdout)
  const author = new Map(sessions.map(({ id, study: of }) => [id, of?.labeller]))
  const found = new Set(labels.map(({ id, session }) => `${author.get(session)} ${id}`))
  const sent = [...measured.sent].flatMap(([number, ids]) =>
    [...ids].map((id) => `${number} ${id}`),
  )
  const lost = sent.filter((each) => !found.has(each)).length
  const others = found.size - (sent.length - lost)
  const twice = labels.length - found.size
  const duplicates = await countDuplicates(folder, serversOf(folder))
  const sorted = measured.latencies.toSorted((a, b) => a - b)
  const at = (share: number) => (sorted[Math.floor(share * (sorted.length - 1))] ?? 0).toFixed(1)
  process.stdout.write(
    [
      `${labellers} labellers, ${sent.length} labels counted as sent in ${seconds.toFixed(0)} s, ${NODES} servers`,
      '',
      '| sent, not in the export | in the export twice | in the export, not sent or another’s | servers killed | browsers offline | pages reloaded | connections made again | duplicates dropped |',
      '|---:|---:|---:|---:|---:|---:|---:|---:|',
      `| ${lost} | ${twice} | ${others} | ${kills} | ${measured.offline} | ${measured.reloads} | ${measured.reconnects} | ${duplicates} |`,
      '',
      '| ms from the first attempt to the acknowledgement: median | 95 % | most |',
      '|---:|---:|---:|',
      `| ${at(0.5)} | ${at(0.95)} | ${at(1)} |`,
      '',
    ].join('\n'),
  )
  const isComplete = sent.length === labels.length && sent.length === labellers * 40
  return lost === 0 && twice === 0 && others === 0 && isComplete
}
