import 'fake-indexeddb/auto'
import { describe, expect, it } from 'vitest'
import { RandomStream, rootKey, splitKey } from '../island/index.ts'
import { resealed } from './archive/testing/reseal.ts'
import {
  ArchiveError,
  countUnexported,
  encodeLines,
  encodeNpz,
  exportLabels,
  importLabels,
  LabDatabase,
  noteBackup,
  readClips,
  readLabels,
  readSessions,
  saveLabel,
} from './index.ts'
import { madeUpArchive, madeUpEntry, smallArchive } from './testing/made-up-archive.ts'

let names = 0
const fresh = (): LabDatabase => new LabDatabase({ name: `exchange ${names++}` })

/** Reads all stored records, to check whether anything has changed. */
async function contents(database: LabDatabase) {
  const [labels, clips, sessions] = [
    await readLabels(database),
    await readClips(database),
    await readSessions(database),
  ]
  return { labels, clips, sessions }
}

const NOW = '2026-10-05T12:00:00.000Z'

describe('exchange', () => {
  it('imports a file from another browser once', async () => {
    const [here, there] = [fresh(), fresh()]
    for (const n of [1, 2, 3]) await saveLabel(here, madeUpEntry(n))
    await saveLabel(there, madeUpEntry(3))
    const { archive, leftOut } = await exportLabels(here, '0.1.0', NOW)
    expect(leftOut).toBe(0)
    for (const encode of [encodeLines, encodeNpz]) {
      await importLabels(there, encode(archive))
      expect((await readLabels(there)).records).toHaveLength(3)
      expect((await readClips(there)).records).toHaveLength(4)
    }
    expect((await importLabels(there, encodeLines(archive))).known).toBe(8)
    await Promise.all([here.close(), there.close()])
  })

  it('counts entries that have not been exported yet', async () => {
    const database = fresh()
    for (const n of [1, 2]) await saveLabel(database, madeUpEntry(n))
    const { upTo } = await exportLabels(database, '0.1.0', NOW)
    await saveLabel(database, madeUpEntry(3))
    expect(await countUnexported(database)).toBe(3)
    await noteBackup(database, upTo)
    expect(await countUnexported(database)).toBe(1)
    // One label was made here and not exported: an import must not hide that.
    await importLabels(database, encodeLines(madeUpArchive([madeUpEntry(8)])))
    expect(await countUnexported(database)).toBeGreaterThan(0)
    await database.close()
    const empty = fresh()
    await importLabels(empty, encodeLines(smallArchive()))
    expect(await countUnexported(empty)).toBe(0)
    await empty.close()
  })
})

/** Overwrites, removes, repeats, inserts or cuts off bytes, up to three times. */
function mutated(bytes: Uint8Array, random: RandomStream): Uint8Array {
  let list = [...bytes]
  for (let times = 1 + random.below(3); times > 0; times--) {
    const at = random.below(list.length || 1)
    const length = 1 + random.below(40)
    const kind = random.below(5)
    if (kind === 0) list[at] = random.below(256)
    else if (kind === 1) list.splice(at, length)
    else if (kind === 2) list.splice(at, 0, ...list.slice(at, at + length))
    else if (kind === 3) list.splice(at, 0, ...Array.from({ length }, () => random.below(128)))
    else list = list.slice(0, at)
  }
  return Uint8Array.from(list)
}

describe('a thousand damaged files', () => {
  it.each([
    ['JSON Lines', encodeLines],
    ['NPZ', encodeNpz],
  ])(
    'of %s are refused with a sentence or read as the same, and change nothing',
    async (_, encode) => {
      const database = fresh()
      const bytes = encode(smallArchive())
      await importLabels(database, bytes)
      const before = await contents(database)
      let refused = 0
      for (let n = 0; n < 1000; n++) {
        const file = mutated(bytes, new RandomStream(splitKey(rootKey(5), 'damage', n)))
        try {
          const { added, conflicts } = await importLabels(database, file)
          expect([added.labels, added.clips, added.sessions, conflicts]).toEqual([[], [], [], []])
        } catch (error) {
          refused++
          expect(error).toBeInstanceOf(ArchiveError)
          expect(String(error)).toMatch(/^ArchiveError: The label file cannot be read: .+; .+\.$/s)
        }
      }
      expect(refused).toBeGreaterThan(900)
      expect(await contents(database)).toEqual(before)
      await database.close()
    },
  )

  it('that were resealed are also refused, or contain complete labels', async () => {
    const bytes = encodeLines(smallArchive())
    let refused = 0
    for (let n = 0; n < 1000; n++) {
      const file = resealed(mutated(bytes, new RandomStream(splitKey(rootKey(6), 'harm', n))))
      const database = fresh()
      try {
        await importLabels(database, file)
        const { archive, leftOut } = await exportLabels(database, '0.1.0', NOW)
        expect([leftOut, archive.labels.length]).toEqual([0, 4])
      } catch (error) {
        refused++
        expect(error).toBeInstanceOf(ArchiveError)
        expect(await contents(database)).toMatchObject({ labels: { records: [] } })
      }
      await database.close()
    }
    expect(refused).toBeGreaterThan(700)
    expect(refused).toBeLessThan(1000)
  })
})
