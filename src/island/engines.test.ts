/**
 * Tests that the world is identical, bit for bit, in another JavaScript engine: the bundle of this
 * folder runs in QuickJS, an interpreter that shares no code with V8, and gives the same digests.
 */
import { fileURLToPath } from 'node:url'
import { getQuickJS, type QuickJSContext } from 'quickjs-emscripten'
import { build } from 'vite'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { digestsOf, replay } from './episode.ts'
import { RandomStream, rootKey } from './key.ts'
import { RECORDINGS } from './recordings.test-data.ts'
import { START_KINDS } from './state.ts'
import { WORLD_VERSION } from './version.ts'

/** Bundles this folder into one script that puts its exports in the global `Island`. */
async function bundle(): Promise<string> {
  const built = await build({
    configFile: false,
    logLevel: 'silent',
    build: {
      write: false,
      minify: false,
      lib: {
        entry: fileURLToPath(new URL('./index.ts', import.meta.url)),
        formats: ['iife'],
        name: 'Island',
      },
    },
  })
  const [result] = Array.isArray(built) ? built : [built]
  if (!result || !('output' in result)) throw new Error('vite gave no bundle')
  return result.output[0].code
}

let quickJs: QuickJSContext

beforeAll(async () => {
  quickJs = (await getQuickJS()).newContext()
  quickJs.unwrapResult(quickJs.evalCode(await bundle())).dispose()
  // The first frame takes seconds in QuickJS, because the ground tiles are computed for it.
  evaluate(
    "new Island.Island({ start: 'spawn', seed: 0 }).render(new Island.Renderer(), new Uint8Array(6144))",
  )
}, 60_000)

afterAll(() => quickJs.dispose())

/** Evaluates an expression in QuickJS and returns its value, passed as JSON. */
function evaluate(expression: string): unknown {
  const handle = quickJs.unwrapResult(quickJs.evalCode(`JSON.stringify(${expression}) ?? 'null'`))
  const json = quickJs.getString(handle)
  handle.dispose()
  return JSON.parse(json)
}

it('runs in a separate engine', () => {
  expect(evaluate('typeof process + typeof WebAssembly')).toBe('undefinedundefined')
  expect(evaluate('Island.WORLD_VERSION')).toBe(WORLD_VERSION)
})

it.each(RECORDINGS)(
  'produces the recorded digests of $start, seed $seed, in this engine',
  (recording) => {
    const { state, pixels, actions, ...rest } = recording
    const found = digestsOf({ ...rest, actions: Uint16Array.from(actions) })
    expect(found, 'recordings.test-data.ts says how to record a wanted change').toEqual({
      state,
      pixels,
    })
  },
)

it.each(RECORDINGS)('produces the same digests of $start, seed $seed, in QuickJS', (recording) => {
  const { state: _state, pixels: _pixels, actions, ...rest } = recording
  const source = `{ ...${JSON.stringify(rest)}, actions: Uint16Array.from([${actions}]) }`
  const here = digestsOf({ ...rest, actions: Uint16Array.from(actions) })
  expect(evaluate(`Island.digestsOf(${source})`)).toEqual(here)
})

it('moves identically in both engines through complete random episodes', () => {
  const random = new RandomStream(rootKey(77))
  for (const start of START_KINDS) {
    for (let seed = 0; seed < 6; seed++) {
      // Random sticks, no buttons: too aimless to reach a jumppad before the last action.
      const actions = Array.from({ length: 55 }, () => 4 * random.below(14_641))
      const episode = { worldVersion: WORLD_VERSION, start, seed }
      const source = `{ ...${JSON.stringify(episode)}, actions: Uint16Array.from([${actions}]) }`
      const here = replay({ ...episode, actions: Uint16Array.from(actions) })
      expect(evaluate(`Island.replay(${source}).stateDigest`)).toBe(here.stateDigest)
    }
  }
})
