import 'fake-indexeddb/auto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { identityOf } from '../procedure/training/job.ts'
import { clipFromText } from './archive/clip-text.ts'
import {
  addModel,
  changeRun,
  clipFormat,
  encodeLines,
  exportLabels,
  importLabels,
  keepPlay,
  LabDatabase,
  labelFormat,
  listModels,
  listPlays,
  modelEntryFormat,
  planFormat,
  playFormat,
  RecordFormat,
  readLabels,
  readRuns,
  readSessions,
  resultEntryFormat,
  runFormat,
  type ShelfEntry,
  saveLabel,
  sessionFormat,
  sittingFormat,
  studyEntryFormat,
  studyMessageFormat,
} from './index.ts'
import { madeUpArchive, madeUpEntry } from './testing/made-up-archive.ts'

/** Format with two steps: version 3 says in one field what version 1 said in two. */
const format = new RecordFormat({
  name: 'walk',
  first: 1,
  steps: [
    ({ metres, ...rest }) => ({ ...rest, length: metres }),
    ({ length, hours, ...rest }) => ({ ...rest, speed: Number(length) / Number(hours) }),
  ],
  schema: z.strictObject({ id: z.string(), version: z.literal(3), speed: z.number() }),
})

describe('a format', () => {
  it.each([
    ['two versions older', { id: 'a', version: 1, metres: 10, hours: 2 }],
    ['without a version, like the first', { id: 'a', metres: 10, hours: 2 }],
    ['one version older', { id: 'a', version: 2, length: 10, hours: 2 }],
    ['current', { id: 'a', version: 3, speed: 5 }],
  ])('reads a record that is %s', (_, found) => {
    expect(format.read(found)).toEqual({
      kind: 'read',
      record: { id: 'a', version: 3, speed: 5 },
    })
  })

  it('distinguishes newer records from invalid ones', () => {
    expect(format.read({ id: 'a', version: 4 })).toEqual({ kind: 'newer', version: 4 })
    for (const found of [undefined, 7, { version: 'new' }, { version: 0 }, { version: 3 }]) {
      expect(format.read(found).kind).toBe('invalid')
    }
  })

  it('reads a nested record of its own version, and does not read a newer one', () => {
    const trip = new RecordFormat({
      name: 'trip',
      first: 1,
      steps: [],
      schema: z.strictObject({ walk: z.object({ speed: z.number() }) }),
      nested: { walk: format },
    })
    expect(trip.read({ walk: { id: 'a', version: 2, length: 4, hours: 2 } })).toEqual({
      kind: 'read',
      record: { walk: { speed: 2 } },
    })
    expect(trip.read({ walk: { version: 9 } })).toEqual({ kind: 'newer', version: 9 })
  })
})

const FORMATS: readonly RecordFormat<unknown>[] = [
  ...[labelFormat, sessionFormat, clipFormat, planFormat],
  ...[runFormat, playFormat, modelEntryFormat],
  ...[studyEntryFormat, sittingFormat, studyMessageFormat, resultEntryFormat],
]
const SAMPLES = join(import.meta.dirname, 'testing', 'samples')

function samplesOf(name: string, version: number): unknown[] {
  const text = readFileSync(join(SAMPLES, `${name}-${version}.json`), 'utf8')
  const records = z.array(z.unknown()).parse(JSON.parse(text))
  return name === 'clip' ? records.map((record) => clipFromText(record, 'a sample')) : records
}

describe('samples of records that releases wrote', () => {
  const versions = FORMATS.flatMap((each) =>
    Array.from(
      { length: each.version - each.first + 1 },
      (_, n) => [each, each.first + n] as const,
    ),
  )

  it('exist for every version of every format, and for nothing else', () => {
    const names = versions.map(([{ name }, version]) => `${name}-${version}.json`)
    expect(readdirSync(SAMPLES).toSorted()).toEqual(names.toSorted())
  })

  it.each(versions)('are read: %o, version %i', (each, version) => {
    const samples = samplesOf(each.name, version)
    expect(samples.length).toBeGreaterThan(0)
    for (const sample of samples) {
      const read = each.read(sample)
      expect(read).toMatchObject({ kind: 'read' })
      // A sample of the current version comes back unchanged.
      if (version === each.version && read.kind === 'read') expect(read.record).toEqual(sample)
    }
  })
})

it.each([2, 3, 4, 5, 6, 7, 8, 9])('runs of version %i migrate to the current one', (version) => {
  const current = samplesOf('run', runFormat.version).map((sample) =>
    z.looseObject({ id: z.string() }).parse(sample),
  )
  for (const sample of samplesOf('run', version)) {
    const { id } = z.looseObject({ id: z.string() }).parse(sample)
    const record = current.find((each) => each.id === id)
    if (version < 5) expect(record).toMatchObject({ tags: [], note: '' })
    expect(runFormat.read(sample)).toEqual({ kind: 'read', record })
  }
})

it.each([
  [1, 'label', labelFormat],
  [1, 'session', sessionFormat],
  [2, 'session', sessionFormat],
  [1, 'study', studyEntryFormat],
  [1, 'sitting', sittingFormat],
] as const)('version %i of a %s migrates unchanged', (version, name, format) => {
  for (const sample of samplesOf(name, version)) {
    const record = { ...z.looseObject({}).parse(sample), version: format.version }
    expect(format.read(sample)).toEqual({ kind: 'read', record })
  }
})

it('plans of earlier versions keep the identity by which an interrupted run finds its checkpoints', () => {
  for (const sample of samplesOf('plan', 1)) {
    const read = planFormat.read(sample)
    if (read.kind !== 'read') throw new Error('The sample of a plan is unreadable.')
    expect(identityOf({ plan: read.record }, 'reward')).toBe(JSON.stringify(['reward', sample]))
  }
  // The last samples of a version have the forms that it adds.
  const added = [2, 3, 4, 5].flatMap((version) =>
    samplesOf('plan', version).slice(version === 5 ? -3 : -1),
  )
  for (const sample of added) {
    const read = planFormat.read(sample)
    if (read.kind !== 'read') throw new Error('The sample of a plan is unreadable.')
    expect(identityOf({ plan: read.record }, 'reward')).toBe(JSON.stringify(['reward', sample]))
  }
})

let names = 0
const open: LabDatabase[] = []

function fresh(): LabDatabase {
  const database = new LabDatabase({ name: `formats ${names++}` })
  open.push(database)
  return database
}

afterEach(async () => {
  await Promise.all(open.splice(0).map((database) => database.close()))
})

/** Converts a record to the form of a future release. */
function fromTheFuture<T extends object>(record: T): T {
  return { ...record, version: 99, mood: 'bright' }
}

/** Stores the records of an entry as a newer release in another tab would. */
async function storeNewer(database: LabDatabase, n: number): Promise<void> {
  const { label, session, clips } = madeUpEntry(n)
  await database.write(['labels', 'clips', 'sessions'], async (transaction) => {
    await transaction.objectStore('labels').add(fromTheFuture(label))
    await transaction.objectStore('sessions').put(fromTheFuture(session))
    for (const clip of clips) await transaction.objectStore('clips').put(clip)
  })
}

/** Reads the raw labels and sessions of the future release. */
async function newerOnes(database: LabDatabase): Promise<unknown[]> {
  return database.read(['labels', 'sessions'], async (transaction) => {
    const labels = await transaction.objectStore('labels').getAll()
    const sessions = await transaction.objectStore('sessions').getAll()
    return [...labels, ...sessions].filter(({ version }) => Number(version) === 99)
  })
}

describe('an older tab beside a newer one', () => {
  it('labels, exports and imports, and leaves newer records unchanged', async () => {
    const database = fresh()
    await storeNewer(database, 1)
    const before = await newerOnes(database)
    // Both entries are of one session, which the newer release has stored already.
    await saveLabel(database, madeUpEntry(2))
    expect(await readLabels(database)).toMatchObject({
      records: [{ id: madeUpEntry(2).label.id }],
      ...{ unreadable: 1, newer: 1 },
    })
    expect(await readSessions(database)).toMatchObject({ records: [], newer: 1 })
    expect((await exportLabels(database, 'test', '2026-11-29T00:00:00.000Z')).leftOut).toBe(3)

    const file = encodeLines(madeUpArchive([madeUpEntry(1), madeUpEntry(3)]))
    const { added, conflicts } = await importLabels(database, file)
    expect(added.labels.map(({ id }) => id)).toEqual([madeUpEntry(3).label.id])
    expect(conflicts.map(({ kind, fields }) => [kind, fields])).toEqual([
      ['sessions', ['version']],
      ['labels', ['version']],
    ])
    expect(await newerOnes(database)).toEqual(before)
  })

  it('leaves newer runs, and newer list entries, unchanged', async () => {
    const database = fresh()
    const [run] = samplesOf('run', runFormat.version)
    const [play] = samplesOf('play', playFormat.version)
    const [model] = z.array(z.record(z.string(), z.unknown())).parse(samplesOf('model', 1))
    const entry = modelEntryFormat.read(model)
    if (entry.kind !== 'read') throw new Error('The sample of a model is unreadable.')
    const later = runFormat.read(run)
    if (later.kind !== 'read') throw new Error('The sample of a run is unreadable.')
    await database.write(['runs', 'settings'], async (transaction) => {
      await transaction.objectStore('runs').put(fromTheFuture(later.record))
      const settings = transaction.objectStore('settings')
      await settings.put([fromTheFuture(z.looseObject({}).parse(play))], 'plays')
      await settings.put([fromTheFuture(entry.record)], 'models')
    })
    expect(await readRuns(database)).toMatchObject({ records: [], newer: 1 })
    expect(await changeRun(database, later.record.id, (each) => each)).toBeUndefined()

    const own: ShelfEntry = { ...entry.record, sha256: 'ab'.repeat(32) }
    await addModel(database, own, new Uint8Array(1))
    await keepPlay(database, madeUpEntry(4).clips[0], 'base', new Date(0))
    expect(await listModels(database)).toEqual([own])
    expect(await listPlays(database)).toHaveLength(1)
    const kept = await database.read(['runs', 'settings'], async (transaction) => ({
      run: await transaction.objectStore('runs').get(later.record.id),
      plays: await transaction.objectStore('settings').get('plays'),
      models: await transaction.objectStore('settings').get('models'),
    }))
    expect(kept).toMatchObject({
      run: { version: 99, mood: 'bright' },
      plays: [{ agent: 'base' }, { version: 99, mood: 'bright' }],
      models: [own, { version: 99, mood: 'bright' }],
    })
  })
})
