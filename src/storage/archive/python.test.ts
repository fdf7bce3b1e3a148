import { spawnSync } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { expect, it } from 'vitest'
import { currentLabels, toComparisons } from '../../alignment/labels/index.ts'
import { headsFromAction } from '../../island/index.ts'
import { madeUpArchive, madeUpCorrection, madeUpEntry } from '../testing/made-up-archive.ts'
import { decodeArchive, encodeNpz } from './index.ts'

const DOCS = resolve(import.meta.dirname, '../../../docs/labels.md')
const hasNumpy = spawnSync('python3', ['-c', 'import numpy']).status === 0

const REPORT = `
import sys
data = load(sys.argv[1])
np.savez(sys.argv[3], **np.load(sys.argv[1]))
pairs, preferences = imitation_style(data)
dataset, one, two, labels = uni_rlhf_style(data)
write_uni_rlhf(sys.argv[2], data)
print(json.dumps({
    "labeller": data["texts"][data["label_labeller"]].tolist()[0],
    "current": data["label_id"][current(data)].tolist(),
    "preferences": preferences.tolist(), "dtype": str(preferences.dtype),
    "first": [a["acts"].tolist() for a, b in pairs],
    "obs": [len(b["obs"]) for a, b in pairs],
    "shapes": [dataset[name].shape for name in ("observations", "actions", "rewards")],
    "one": one.tolist(), "two": two.tolist(), "labels": labels.tolist(),
}))
`

// Jumppad itself does not need Python; without NumPy the reader cannot be tested.
it.skipIf(!hasNumpy)(
  'the Python reader of docs/labels.md finds the same labels as Jumppad',
  async () => {
    const second = madeUpEntry(2)
    const entries = [
      madeUpEntry(1, undefined, { verdict: 'tie' }),
      second,
      madeUpEntry(3, undefined, { kind: 'golden', known: 'first' }),
      madeUpEntry(4, undefined, { verdict: 'cannot tell' }),
      madeUpEntry(5, undefined, { verdict: 'second', strength: 'much', reasons: ['shorter'] }),
      madeUpEntry(6, undefined, { strength: 'slight', awayMs: 1500 }),
      madeUpCorrection(second, 9, 'second'),
      madeUpCorrection(madeUpCorrection(second, 9, 'second'), 10, 'first'),
    ]
    const archive = madeUpArchive(entries)
    const folder = await mkdtemp(join(tmpdir(), 'jumppad-labels-'))
    try {
      const [, reader = ''] = /```python\n(.*?)```/s.exec(await readFile(DOCS, 'utf8')) ?? []
      await writeFile(join(folder, 'reader.py'), reader + REPORT)
      await writeFile(join(folder, 'labels.npz'), encodeNpz(archive))
      const again = join(folder, 'again.npz')
      const call = [join(folder, 'reader.py'), join(folder, 'labels.npz'), folder, again]
      const { stdout, stderr } = spawnSync('python3', call, { encoding: 'utf8' })
      expect(stderr).toBe('')
      expect(decodeArchive(await readFile(again))).toEqual(archive)
      const index = new Map(archive.clips.map(({ id }, place) => [id, place]))
      const comparisons = toComparisons(archive.labels, index)
      const firstActions = comparisons.map(({ first }) =>
        Array.from(archive.clips[first]?.actions ?? [], (action) => {
          const heads = new Int32Array(6)
          headsFromAction(action, heads, 0)
          return [...heads]
        }),
      )
      expect(JSON.parse(stdout)).toEqual({
        labeller: 'Ada',
        current: currentLabels(archive.labels).map(({ id }) => id),
        preferences: comparisons.map(({ verdict }) => Math.fround(verdict)),
        dtype: 'float32',
        first: firstActions,
        obs: comparisons.map(({ second }) => (archive.clips[second]?.path.length ?? 0) / 2),
        shapes: [[700, 2], [700, 6], [700]],
        one: comparisons.map(({ first }) => 100 * first),
        two: comparisons.map(({ second }) => 100 * second),
        labels: [-1, 0, 1, 0],
      })
    } finally {
      await rm(folder, { recursive: true })
    }
  },
)
