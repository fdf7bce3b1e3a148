/**
 * Short episodes with the digests of their states and pixels as computed by Node, which every
 * engine must reproduce. The actions partly walk to a jumppad and are partly random.
 *
 * After an intended change to the world (raise WORLD_VERSION) or to the renderer, this command, run
 * in the root of the repository, updates the digests:
 *
 *   npx tsx -e "
 *   import { readFileSync, writeFileSync } from 'node:fs'
 *   import { digestsOf } from './src/island/index.ts'
 *   import { RECORDINGS } from './src/island/recordings.test-data.ts'
 *   const file = 'src/island/recordings.test-data.ts'
 *   let text = readFileSync(file, 'utf8')
 *   for (const { actions, state, pixels, ...rest } of RECORDINGS) {
 *     const now = digestsOf({ ...rest, actions: Uint16Array.from(actions) })
 *     text = text.replace(state, now.state).replace(pixels, now.pixels)
 *   }
 *   writeFileSync(file, text)"
 */
import type { StartKind } from './state.ts'
import { WORLD_VERSION } from './version.ts'

export interface Recording {
  readonly worldVersion: number
  readonly start: StartKind
  readonly seed: number
  readonly actions: readonly number[]
  /** Digest of all states. */
  readonly state: string
  /** Digest of all frames, each rendered before its action. */
  readonly pixels: string
}

export const RECORDINGS: readonly Recording[] = [
  {
    worldVersion: WORLD_VERSION,
    start: 'spawn',
    seed: 11,
    actions: [
      31612, 31656, 31700, 31700, 31700, 31700, 31700, 31700, 31744, 31700, 31656, 31700, 31744,
      31700, 31656, 31700, 31744, 31700, 31656, 31700, 31744, 31700, 20832, 26200, 31700, 31700,
      31700, 31700, 31700, 31700, 31700, 31700, 31700, 31700, 31700, 31700, 31700, 31700, 31700,
      31700, 31700, 31700, 31700, 31700, 31700, 31700, 31700, 31700, 31700, 31700, 31700, 31700,
      31700, 31700, 31700, 31744, 31700, 31656, 31700, 31744, 31700, 31656,
    ],
    state: '3e4257b6fe45acf1',
    pixels: '5189bca4f1d77738',
  },
  {
    worldVersion: WORLD_VERSION,
    start: 'facing-backwards',
    seed: 22,
    actions: [
      36081, 36081, 15992, 5344, 988, 10034, 37344, 37344, 18944, 2924, 3892, 4860, 20832, 26200,
      31700, 26200, 9148, 9148, 9148, 9148, 10184, 20832, 31568, 31744, 31700, 31612, 31700, 31700,
      31700, 31700, 31700, 31700, 47893, 26156, 31700, 31700, 31700, 31700, 31700, 31700,
    ],
    state: '122ce80b6d1eb8da',
    pixels: 'f4f5a2a9b0e4043b',
  },
  {
    worldVersion: WORLD_VERSION,
    start: 'side-platform',
    seed: 33,
    actions: [
      26156, 31568, 31700, 31700, 31700, 37200, 31700, 15553, 15553, 15553, 15553, 58056, 53216,
      42568, 31876, 31656, 31700, 31700, 31700, 37244, 58056, 53216, 42568, 31876, 31656, 31700,
      42568, 31832, 23013, 23013, 23882, 23882, 20942, 3649, 3649, 3649, 37244, 1690, 1690, 1690,
    ],
    state: '0e2caebbbb93d337',
    pixels: 'e4af71d81e915d3b',
  },
  {
    worldVersion: WORLD_VERSION,
    start: 'past-jumppads',
    seed: 44,
    actions: [
      31700, 31700, 31700, 31700, 31702, 31700, 31700, 31700, 31700, 31700, 31700, 31700, 31700,
      31700, 31700, 31700, 31700, 31700, 31700, 31700, 31700, 31700, 26156, 31744, 48250, 48250,
      48250, 26200, 31656, 31656, 52472, 23555, 23555, 57206, 57206, 57206, 31656, 31656, 31700,
      31656,
    ],
    state: '0333a648bf615494',
    pixels: 'f8838a0d76b7aead',
  },
]
