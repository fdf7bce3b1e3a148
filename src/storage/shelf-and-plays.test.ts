import 'fake-indexeddb/auto'
import { afterEach, describe, expect, it } from 'vitest'
import { type Clip, keepClip } from '../alignment/labels/index.ts'
import { madeUpClip } from '../alignment/labels/testing/made-up-labels.ts'
import { rootKey } from '../island/index.ts'
import { describeModel } from '../lab/models/describe-model.ts'
import { exportModel, initialParameters, NETWORK_SIZES, parameterLayout } from '../network/index.ts'
import { LabDatabase, saveLabel } from '../storage/index.ts'
import { madeUpEntry } from '../storage/testing/made-up-archive.ts'
import { addModel, listModels, readModelBytes, removeModel } from './model-shelf.ts'
import { keepPlay, listPlays, markDemonstration, removePlay } from './plays.ts'

const NOW = new Date('2026-11-23T12:00:00Z')
const open: LabDatabase[] = []
let names = 0

/** Two tabs' views of a new database. */
function tabs(): [LabDatabase, LabDatabase] {
  const name = `shelf test ${names++}`
  const both = [new LabDatabase({ name }), new LabDatabase({ name })] as const
  open.push(...both)
  return [...both]
}

afterEach(async () => {
  await Promise.all(open.splice(0).map((database) => database.close()))
})

function modelFile(seed: number, head: 'policy' | 'reward' = 'policy'): Uint8Array {
  const layout = parameterLayout(NETWORK_SIZES.nano, head)
  const parameters = initialParameters(layout, rootKey(seed))
  return exportModel(layout, parameters, { stage: `${head}-test`, recipe: {}, key: '1' })
}

describe('the shelf of models', () => {
  it('keeps files under their digest, once each, for all tabs', async () => {
    const [here, there] = tabs()
    const policy = modelFile(1)
    const reward = modelFile(2, 'reward')
    const entries = [
      await describeModel(policy, 'mine.onnx', NOW),
      await describeModel(reward, 'judge.onnx', NOW),
    ] as const
    await Promise.all([addModel(here, entries[0], policy), addModel(there, entries[1], reward)])
    await addModel(there, entries[0], policy)
    const listed = await listModels(here)
    expect(listed.map(({ name, kind }) => [name, kind])).toEqual([
      ['mine.onnx', 'policy'],
      ['judge.onnx', 'reward'],
    ])
    expect(await readModelBytes(there, entries[1].sha256)).toEqual(reward)
    await removeModel(here, entries[1].sha256)
    expect(await listModels(there)).toHaveLength(1)
    expect(await readModelBytes(there, entries[1].sha256)).toBeUndefined()
  })
})

/** A play in which a human took the last decisions. */
function ownPlay(n: number): Clip {
  const { worldVersion, start, seed, actions } = madeUpClip(n)
  const authors = `${'a'.repeat(actions.length - 1)}h`
  return keepClip({ worldVersion, start, seed, actions }, { authors })
}

describe('the visitor’s own plays', () => {
  it('are stored once, by whichever tab, and marked for learning', async () => {
    const [here, there] = tabs()
    await Promise.all([
      keepPlay(here, ownPlay(1), 'base', NOW),
      keepPlay(there, ownPlay(2), 'base', NOW),
    ])
    await keepPlay(here, ownPlay(2), 'base', NOW)
    expect(await listPlays(here)).toHaveLength(2)
    await markDemonstration(there, ownPlay(1).id, true)
    const marked = (await listPlays(here)).filter(({ demonstration }) => demonstration)
    expect(marked.map(({ clip }) => clip)).toEqual([ownPlay(1).id])
    expect(marked[0]?.kept.authors).toMatch(/^a+h$/)
  })

  it('can be deleted, except those that a label refers to', async () => {
    const [here] = tabs()
    const entry = madeUpEntry(4)
    const [labelled] = entry.clips
    await saveLabel(here, entry)
    await keepPlay(here, labelled, 'base', NOW)
    await keepPlay(here, ownPlay(90), 'base', NOW)
    await removePlay(here, labelled.id)
    await removePlay(here, ownPlay(90).id)
    expect(await listPlays(here)).toEqual([])
    const clips = await here.read(['clips'], (transaction) =>
      transaction.objectStore('clips').getAllKeys(),
    )
    expect(clips).toContain(labelled.id)
    expect(clips).not.toContain(ownPlay(90).id)
  })
})
