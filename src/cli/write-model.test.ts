import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { NETWORK_SIZES, parameterLayout } from '../network/index.ts'
import { type ManifestEntry, readManifest } from '../procedure/index.ts'
import { enterInManifest, tryOutput } from './write-model.ts'

const folder = mkdtempSync(join(tmpdir(), 'jumppad-write-model-'))
afterAll(() => rmSync(folder, { recursive: true }))

function entryOf(file: string, accuracy = 0.9): ManifestEntry {
  return {
    ...{ version: 1, file, sha256: '0'.repeat(64), parameters: 1 },
    ...{ stage: 'reward-left', recipe: {}, key: '1' },
    scores: {
      ...{ step: 1, trainingSeconds: 1, machine: 'any' },
      test: { accuracy, comparisons: 10 },
    },
  }
}

const manifestText = () => readFileSync(join(folder, 'manifest.json'), 'utf8')

it('enters all models that are finished at once', async () => {
  const files = ['a.onnx', 'b.onnx', 'c.onnx', 'd.onnx']
  await Promise.all(files.map((file) => enterInManifest(folder, entryOf(file))))
  const entered = readManifest(JSON.parse(manifestText())).map(({ file }) => file)
  expect(entered.toSorted()).toEqual(files)
})

it.each([
  [
    'a score that is no number',
    entryOf('b.onnx', Number.NaN),
    /the new one would be unreadable at \d\.scores /,
  ],
  [
    'a name that is none of a model',
    entryOf('my model.onnx'),
    /the new one would be unreadable at \d\.file /,
  ],
])('leaves the manifest as it was rather than enter %s', async (_, entry, sentence) => {
  await enterInManifest(folder, entryOf('a.onnx'))
  const before = manifestText()
  await expect(enterInManifest(folder, entry)).rejects.toThrow(sentence)
  expect(manifestText()).toBe(before)
})

it.each(['mine', 'my model.onnx', 'größer.onnx', '.onnx'])(
  'refuses to train a model for the file %s, which no manifest could name',
  async (name) => {
    const layout = parameterLayout(NETWORK_SIZES.nano, 'policy')
    await expect(tryOutput(join(folder, name), layout)).rejects.toThrow(
      `found the file name “${name}”, expected letters, digits`,
    )
    await expect(tryOutput(join(folder, 'mine-2.1.onnx'), layout)).resolves.toBeUndefined()
  },
)

it('refuses to train a model that could not be entered in the manifest', async () => {
  const layout = parameterLayout(NETWORK_SIZES.nano, 'policy')
  const damaged = join(folder, 'damaged')
  mkdirSync(damaged)
  writeFileSync(join(damaged, 'manifest.json'), '[{}]')
  await expect(tryOutput(join(damaged, 'mine.onnx'), layout)).rejects.toThrow(
    'The list of models is damaged',
  )
})
