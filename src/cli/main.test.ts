import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { islandNamed } from '../island/index.ts'
import { islandText } from '../procedure/island-file.ts'
import { lab, type Said } from './testing/run-lab.ts'
import { cannotWrite } from './write-model.ts'

const folder = mkdtempSync(join(tmpdir(), 'jumppad-cli-'))
afterAll(() => rmSync(folder, { recursive: true }))

/** Runs a command in a child process, as from a shell. */
function spawned(...words: string[]): Said {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ['node_modules/tsx/dist/cli.mjs', 'src/cli/main.ts', ...words],
    { encoding: 'utf8' },
  )
  return { code: status, out: stdout, err: stderr }
}

function file(name: string, bytes: Uint8Array | string): string {
  const path = join(folder, name)
  writeFileSync(path, bytes)
  return path
}

const nano = new Uint8Array(readFileSync('models/nano.onnx'))

/** Protobuf message that decodes as an ONNX model without any of our metadata. */
const foreign = Uint8Array.of(0x08, 0x0a, 0x3a, 0x03, 0x12, 0x01, 0x78)

const interval = z.object({ low: z.number(), high: z.number() })
const result = z.object({
  policy: z.string(),
  episodes: z.literal(12),
  seed: z.literal(9001),
  outcomes: z.object({ none: z.int(), left: z.int(), middle: z.int(), right: z.int() }),
  intervals: z.object({ none: interval, left: interval, middle: interval, right: interval }),
  meanDecisions: z.number().positive(),
  decisionsPerSecond: z.number().positive(),
})

describe('lab evaluate', () => {
  it('prints one JSON object and nothing else, the same for the same seed', async () => {
    const words = ['evaluate', 'models/nano.onnx', '--episodes', '12', '--seed', '9001', '--json']
    const first = spawned(...words)
    expect(first.code).toBe(0)
    const found = result.parse(JSON.parse(first.out))
    const { none, left, middle, right } = found.outcomes
    expect(none + left + middle + right).toBe(12)
    expect(found.policy).toBe('models/nano.onnx')
    expect(result.parse(JSON.parse((await lab(...words)).out)).outcomes).toEqual(found.outcomes)
  })

  it('plays on a shipped island or one from a file, and counts its outcomes', async () => {
    const { title, about, map } = islandNamed('fourth') ?? expect.fail('The island is missing')
    const path = file('fourth.json', islandText({ title, about, map }))
    const words = ['evaluate', 'models/nano.onnx', '--episodes', '4', '--json', '--island']
    const [shipped, own] = [await lab(...words, 'fourth'), await lab(...words, path)].map(
      ({ out }) =>
        z
          .object({ island: z.string(), outcomes: z.record(z.string(), z.int()) })
          .parse(JSON.parse(out)),
    )
    expect(shipped?.island).toBe('fourth')
    expect(Object.keys(shipped?.outcomes ?? {})).toContain('far left')
    expect(own?.outcomes).toEqual(shipped?.outcomes)
  })

  it.each([
    ['an unknown island', () => ['models/nano.onnx', '--island', 'nowhere']],
    ['a file that holds no island', () => ['models/nano.onnx', '--island', 'package.json']],
    [
      'a start that only the first island has',
      () => ['models/nano.onnx', '--island', 'fourth', '--start', 'past-jumppads'],
    ],
    ['a missing file', () => [join(folder, 'none.onnx')]],
    ['an empty file', () => [file('empty.onnx', '')]],
    ['a foreign file', () => [file('foreign.onnx', foreign)]],
    ['text', () => [file('text.onnx', 'not a model at all, but long enough to be read as one')]],
    ['a truncated file', () => [file('cut.onnx', nano.subarray(0, nano.length >> 1))]],
    ['a bad option', () => ['models/nano.onnx', '--episodes', 'many']],
    ['an unknown option', () => ['models/nano.onnx', '--episode', '3']],
    ['no file', () => []],
  ])('exits with one sentence and code 2 for %s', async (name, words) => {
    // The native runtime library, which a foreign file might reach, bypasses Node's streams when it writes.
    const run = name === 'a foreign file' ? spawned : lab
    const { code, out, err } = await run('evaluate', ...words(), '--json')
    expect(err).toMatch(/^[^\n]{15,400}\n$/)
    expect(out).toBe('')
    expect(code).toBe(2)
  })
})

it('lists the ablation variants when asked for an unknown one', async () => {
  const { code, out, err } = await lab('ablations', '--only', 'size huge', '--models', folder)
  expect(err).toMatch(/^There is no variant named 'size huge': .*'size medium'[^\n]*\n$/)
  expect(out).toBe('')
  expect(code).toBe(2)
})

it.each([
  [['ablations', '--seeds', '1,100'], 'Found 100 among the training seeds'],
  [['sweep', '--comparisons', '50,70'], 'expected some of 50 (seeds 1, 2'],
  [['sweep', '--page', '4180'], 'Found --page without --collector'],
  [['islands', '--credentials', 'a.creds'], 'Found --credentials without --collector'],
  [['reward', '--evaluation-episodes', '3'], 'unknown option'],
  [['study', 'invite', 'a', '--in-place-of', '7', '--number', '3'], "with option '--number <n>'"],
  [['finetune', 'models/reward-left.onnx'], 'found a reward model, expected a policy'],
  [['reward', 'models/reward-left.onnx'], 'found a reward model, expected a policy'],
  [['contrastive', 'models/reward-left.onnx'], 'found a reward model, expected a policy'],
  ...['preference', 'best-of-play', 'reinforce'].flatMap((command) => [
    [[command, 'models/reward-left.onnx'], 'found a reward model, expected a policy'] as const,
    [
      [command, 'models/nano.onnx', '--reward', 'models/nano.onnx'],
      'found a policy, expected a reward model',
    ] as const,
  ]),
] as const)('refuses %j with one sentence before it does anything', async (words, expected) => {
  const { code, out, err } = await lab(...words)
  expect(err).toContain(expected)
  expect(err).toMatch(/^[^\n]{15,500}\n$/)
  expect([code, out]).toEqual([2, ''])
})

it.each([['worker'], ['sweep', '--collector'], ['ablations', '--collector']])(
  'says in one sentence that no collector can be reached by %s',
  async (...words) => {
    const { code, out, err } = await lab(...words, 'nats://127.0.0.1:1')
    expect(err).toMatch(/^nats:\/\/127\.0\.0\.1:1: no NATS server can be reached [^\n]+\n$/)
    expect([code, out]).toEqual([2, ''])
  },
)

describe('--set', () => {
  const help = async (command: string) => (await lab(command, '--help')).out

  it.each([
    [
      'pretrain',
      /^ {2}steps +12500 +Total number of updates: a whole number from 1 to \d+ updates$/m,
    ],
    ['finetune', /^ {2}steps +160 /m],
    ['reward', /^ {2}peakRate +\S+ /m],
    ['preference', /^ {2}share +0.125 /m],
    ['contrastive', /^ {2}alpha +\S+ /m],
    ['best-of-play', /^ {2}rounds +\d+ .*rounds$/m],
    ['reinforce', /^ {2}episodesPerUpdate +\d+ .*episodes$/m],
  ])('is explained field by field by %s --help', async (command, line) => {
    expect(await help(command)).toMatch(line)
  })

  it.each(['__proto__=1', 'constructor=1', 'steps=', 'steps=1=2', 'step=4'])(
    'refuses %s with one sentence',
    async (pair) => {
      const { code, out, err } = await lab('scratch', '--set', pair)
      expect([code, out]).toEqual([2, ''])
      expect(err).toMatch(/^[^\n]{15,600}\n$/)
    },
  )
})

describe('an output path that cannot be written', () => {
  it('is reported before any training, with a suggested fix', async () => {
    const output = join(file('in-the-way', 'a file'), 'model.onnx')
    const { code, err } = await lab('scratch', '--size', 'nano', '--output', output)
    expect(code).toBe(2)
    expect(err).toContain(`${output} cannot be written: part of its path is a file: choose another`)
    expect(err.trim().split('\n')).toHaveLength(1)
  })

  it('is reported with the system’s reason', () => {
    const why = (code: string) =>
      cannotWrite('models/a.onnx', Object.assign(new Error('bare'), { code }), '; again').message
    expect(why('ENOSPC')).toBe(
      'models/a.onnx cannot be written: the disk is full: free some space; again.',
    )
    expect(why('EROFS')).toMatch(/read-only: choose another place with --output/)
    expect(why('ELSE')).toBe('models/a.onnx cannot be written: bare; again.')
  })
})
