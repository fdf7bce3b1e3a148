import { expect, it } from 'vitest'
import { startState } from '../../island/index.ts'
import { createActingHost } from './host.ts'
import type { Policy } from './policy.ts'
import type { OpenedModel } from './protocol.ts'

const OPENED: OpenedModel = {
  device: 'wasm',
  deviceName: '',
  reason: '',
  stage: 'base',
  parameters: 1,
}

/** Creates a host whose agents always choose the action that their model is named after. */
function hostOfActions() {
  const closed: string[] = []
  const host = createActingHost(
    async ({ model }, onProgress) => {
      const name = model.kind === 'url' ? model.url : ''
      onProgress?.(1)
      const policy: Policy = {
        reset: () => undefined,
        rewind: () => undefined,
        act: async () => ({ action: Number(name), probabilities: new Float32Array(48) }),
        close: async () => {
          closed.push(name)
        },
      }
      return { policy, opened: OPENED }
    },
    () => 0,
    { openModels: async () => undefined, rewards: async () => [] },
  )
  return { host, closed }
}

const choiceOf = (url: string) => ({ model: { kind: 'url', url }, device: 'wasm' }) as const

it('lets several agents act at once, each on a separate island', async () => {
  const { host } = hostOfActions()
  await Promise.all([host.open(0, choiceOf('12')), host.open(1, choiceOf('700'))])
  const starts = await Promise.all([
    host.start(0, { start: 'spawn', seed: 3, temperature: 1 }),
    host.start(1, { start: 'spawn', seed: 4, temperature: 1 }),
  ])
  expect(starts).toEqual([
    startState({ start: 'spawn', seed: 3 }),
    startState({ start: 'spawn', seed: 4 }),
  ])
  const steps = await Promise.all([host.step(0), host.step(1), host.step(0)])
  expect(steps.map(({ action, index }) => [action, index])).toEqual([
    [12, 0],
    [700, 0],
    [12, 1],
  ])
})

it('releases one agent and leaves the others unchanged', async () => {
  const { host, closed } = hostOfActions()
  const parts: number[] = []
  await host.open(0, choiceOf('1'), (part) => parts.push(part))
  await host.open(1, choiceOf('2'))
  await host.start(1, { start: 'spawn', seed: 1, temperature: 1 })
  await host.close(0)
  expect(closed).toEqual(['1'])
  expect(parts).toEqual([1])
  expect((await host.step(1)).index).toBe(0)
})
