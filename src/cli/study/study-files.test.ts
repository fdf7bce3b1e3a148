import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { readStudy, type Study } from '../../study/index.ts'
import { madeUpPreparedStudy, madeUpStudy } from '../../study/testing/made-up-study.ts'
import { lab } from '../testing/run-lab.ts'
import { studyText } from './files.ts'

const folder = mkdtempSync(join(tmpdir(), 'jumppad-study-'))
afterAll(() => rmSync(folder, { recursive: true }))

const prepared = madeUpPreparedStudy()

function written(name: string, content: string): string {
  const path = join(folder, name)
  writeFileSync(path, content)
  return path
}

function check(name: string, study: Study | string) {
  const text = typeof study === 'string' ? study : studyText(study)
  return lab('study', 'check', written(name, text))
}

describe('study check', () => {
  it('sums up a study that is in order', async () => {
    const { code, out, err } = await check('good.json', prepared)
    expect({ code, err }).toEqual({ code: 0, err: '' })
    expect(out).toContain('6 labellers with 12 pairs each, 24 different pairs answered by 2 each')
  })

  it.each([
    ['not there', undefined, 'There is no study file'],
    ['not JSON', '{"format": "jumppad-study", ', 'is damaged: it is not valid JSON'],
    ['of another format', '{"format": "jumppad-labels"}', 'This is not a study file'],
    ['too new', JSON.stringify({ ...prepared, version: 99 }), 'open it with a newer Jumppad'],
    [
      'contradictory',
      JSON.stringify({ ...prepared, design: { ...prepared.design, overlap: 7 } }),
      'answered by 7 different people, but there are 6 labellers',
    ],
    ['of a strange agent', studyText(madeUpStudy()), 'no model in models has its digest abab'],
    [
      'damaged in its clips',
      studyText({
        ...prepared,
        material: {
          ...prepared.material,
          episodes: prepared.material.episodes.map((each, index) =>
            index === 3 ? { ...each, seed: each.seed + 1 } : each,
          ),
        },
      }),
      'a pair refers to clip',
    ],
  ])('says in a sentence that a study file is %s', async (name, content, sentence) => {
    const path = join(folder, `${name}.json`)
    if (content !== undefined) writeFileSync(path, content)
    const { code, out, err } = await lab('study', 'check', path)
    expect({ code, out }).toEqual({ code: 2, out: '' })
    expect(err).toContain(sentence)
    expect(err.trim().split('\n')).toHaveLength(1)
  })
})

describe('study new', () => {
  const words = ['--title', 'Ways', '--question', 'Which reaches the left jumppad sooner?']

  it('says which islands there are where one is not found', async () => {
    const path = join(folder, 'nowhere.json')
    const { code, err } = await lab('study', 'new', path, ...words, '--island', 'atlantis')
    expect(code).toBe(2)
    expect(err).toContain(
      'no island “atlantis” (there is no file atlantis): expected home, farther',
    )
  })

  it('writes a study that can be checked, and overwrites no file', async () => {
    const path = join(folder, 'new.json')
    const model = ['--agent', 'models/nano.onnx', '--labellers', '5', '--overlap', '2']
    expect(await lab('study', 'new', path, ...words, ...model)).toMatchObject({ code: 0 })
    const study = readStudy(readFileSync(path, 'utf8'))
    expect(study).toMatchObject({
      title: 'Ways',
      agents: [{ file: 'nano.onnx' }],
      design: { labellers: 5, overlap: 2 },
      golden: { jumppad: 'left' },
    })
    expect(await lab('study', 'check', path)).toMatchObject({ code: 0, err: '' })
    const elsewhere = join(folder, 'elsewhere.json')
    const island = ['--island', 'no-left', ...model]
    expect(await lab('study', 'new', elsewhere, ...words, ...island)).toMatchObject({ code: 0 })
    const moved = readStudy(readFileSync(elsewhere, 'utf8'))
    expect(moved.island?.title).toBe('Without the left one')
    // The question names a jumppad that this island does not have.
    expect(moved.golden).toBeUndefined()
    const again = await lab('study', 'new', path, ...words)
    expect(again).toMatchObject({ code: 2, err: expect.stringContaining('exists already') })
  })

  it('refuses numbers that exclude each other', async () => {
    const numbers = ['--labellers', '3', '--overlap', '4']
    const { code, err } = await lab('study', 'new', join(folder, 'x.json'), ...words, ...numbers)
    expect(code).toBe(2)
    expect(err).toContain('answered by 4 different people, but there are 3 labellers')
  })
})

describe('study prepare', () => {
  it('plays the clips from the study’s seed, and plays them once', async () => {
    const small = ['--labellers', '2', '--pairs-each', '4', '--overlap', '2', '--clips', '8']
    const path = join(folder, 'small.json')
    const words = ['--title', 'Small', '--question', 'Which looks better?', '--re-shows', '0']
    await lab('study', 'new', path, ...words, ...small, '--agent', 'models/nano.onnx')
    const prepare = async (output: string) => {
      const to = join(folder, output)
      expect(await lab('study', 'prepare', path, '--output', to)).toMatchObject({ code: 0 })
      expect(await lab('study', 'check', to)).toMatchObject({ code: 0, err: '' })
      return readFileSync(to, 'utf8')
    }
    expect(await prepare('one.json')).toBe(await prepare('two.json'))
    const again = await lab('study', 'prepare', join(folder, 'one.json'))
    expect(again).toMatchObject({ code: 2, err: expect.stringContaining('already') })
  })
})

describe('a study file', () => {
  it('is written readably and read as it was', () => {
    const text = studyText(prepared)
    expect(readStudy(text)).toEqual(prepared)
    expect(text.split('\n').length).toBeGreaterThan(prepared.material.pairs.length)
  })
})
