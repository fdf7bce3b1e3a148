import { spawnSync } from 'node:child_process'
import { mkdir, mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { folderStore } from '../folder-store.ts'
import { sha256 } from '../write-model.ts'
import { ModelFolder } from './model-folder.ts'
import { ownFolder } from './own-folder.ts'

let folder = ''

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'jumppad-folders-'))
})

afterEach(() => rm(folder, { recursive: true }))

it('lets several write the same model or record at once, and leaves nothing else', async () => {
  const models = new ModelFolder(folder)
  const store = folderStore(folder)
  const bytes = new Uint8Array(200_000).fill(1)
  const added = await Promise.all(Array.from({ length: 8 }, () => models.add(bytes)))
  await Promise.all(Array.from({ length: 8 }, () => store.write('record.json', bytes)))
  const [digest = ''] = added
  expect(sha256(await models.read(digest))).toBe(digest)
  expect((await readdir(folder)).sort()).toEqual([`${digest}.onnx`, 'record.json'].sort())
})

it('removes the partial file of a failed write', async () => {
  await mkdir(join(folder, 'record.json'))
  await expect(folderStore(folder).write('record.json', Uint8Array.of(1))).rejects.toThrow()
  expect(await readdir(folder)).toEqual(['record.json'])
})

it('gives every living process a folder of its own, and a new one those of the dead', async () => {
  const parent = join(folder, 'workers')
  const dead = [0, 1].map(() => spawnSync(process.execPath, ['--version']).pid)
  const left = await Promise.all(dead.map((pid) => ownFolder(parent, pid)))
  expect(new Set(left).size).toBe(2)
  const living = [process.pid, process.ppid]
  const taken = await Promise.all(living.map((pid) => ownFolder(parent, pid)))
  expect(taken.toSorted()).toEqual(left.toSorted())
  // Both are taken now.
  expect(left).not.toContain(await ownFolder(parent, dead[0]))
  expect(await ownFolder(parent, process.pid)).toBe(taken[0])
})
