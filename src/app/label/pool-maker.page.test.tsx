import { expect, it } from 'vitest'
import type { Candidate } from '../data/candidates.ts'
import { PoolMaker } from './pool-maker.ts'

it('asks for a policy again that could not be read', async () => {
  const maker = new PoolMaker(
    () => {},
    () => {},
  )
  let asked = 0
  const model: Candidate = {
    ...{ name: 'base', title: 'Base', file: 'base.onnx', stage: 'base', kind: 'policy' },
    ...{ from: 'site', sha256: '0'.repeat(64), parameters: undefined },
    source: () => Promise.reject(new Error(`not read ${++asked}`)),
  }
  const lesson = { clips: [], comparisons: [], seed: 1 }
  await expect(maker.learn(model, lesson)).rejects.toThrow('not read 1')
  await expect(maker.learn(model, lesson)).rejects.toThrow('not read 2')
  maker.end()
})
