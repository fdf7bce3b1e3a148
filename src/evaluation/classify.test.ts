import { describe, expect, it } from 'vitest'
import { atan2, cos, sin } from '../island/exact.ts'
import {
  advance,
  binFromStick,
  CENTRE_BIN,
  distance,
  type Episode,
  encodeAction,
  HOME,
  isOver,
  NEUTRAL_ACTION,
  type Point,
  rootKey,
  splitKey,
  startState,
  WORLD_VERSION,
} from '../island/index.ts'
import { type HabitName, isCurated, PlayedSource, playEpisode } from '../players/index.ts'
import { type ClipKind, classify, findGallery } from './index.ts'

/**
 * Plays an episode from the spawn of seed 1 that walks straight from place to place with the stick
 * alone or, with `attack`, with attack held down.
 */
function walk(places: readonly Point[], attack = false): Episode {
  const state = startState({ start: 'spawn', seed: 1 })
  const actions: number[] = []
  let next = 0
  while (!isOver(state)) {
    const place = places[Math.min(next, places.length - 1)] ?? state
    const angle = atan2(state.x - place.x, state.z - place.z) - state.cameraYaw
    const rest = { rightX: CENTRE_BIN, rightY: CENTRE_BIN, jump: false, attack }
    const leftX = binFromStick(-sin(angle))
    actions.push(encodeAction({ ...rest, leftX, leftY: binFromStick(cos(angle)) }))
    advance(HOME, state, actions.at(-1) ?? NEUTRAL_ACTION)
    if (distance(state.x, state.z, place) < 0.6) next++
  }
  return {
    worldVersion: WORLD_VERSION,
    start: 'spawn',
    seed: 1,
    actions: Uint16Array.from(actions),
  }
}

/** Returns the share of a habit's episodes that are of a kind. */
function shareOf(habit: HabitName, kind: ClipKind, count = 30): number {
  const population = { name: habit, habits: [{ name: habit, share: 1 }] }
  const kinds = Array.from(
    { length: count },
    (_, i) => classify(playEpisode(splitKey(rootKey(4), habit, i), population)).kind,
  )
  return kinds.filter((found) => found === kind).length / count
}

const NECK = { x: 0, z: -8 }

describe('classify', () => {
  it('recognises clear cases by their measures', () => {
    const straight = classify(walk([{ x: 0, z: -32 }]))
    expect([straight.kind, straight.ending]).toEqual(['straight success', 'middle'])
    expect(straight.straightness).toBeGreaterThan(0.96)
    expect(straight.turnNearJumppad).toBeLessThan(0.3)

    const boxing = classify(walk([{ x: 0, z: -32 }], true))
    expect([boxing.kind, boxing.attackShare]).toEqual(['shadow boxing', 1])

    const swim = classify(
      walk([
        { x: 9, z: 3 },
        { x: 0, z: -32 },
      ]),
    )
    expect([swim.kind, swim.sideShare]).toEqual(['off track', 0])
    expect(swim.swims).toBeGreaterThan(1)
    const aside = classify(walk([{ x: 0, z: -4 }, { x: 9, z: -4 }, { x: 0, z: -4 }, NECK]))
    expect([aside.kind, aside.swims]).toEqual(['off track', 0])
    expect(aside.sideShare).toBeGreaterThan(0.15)

    const missed = classify(walk([NECK, { x: 2.2, z: -33 }, { x: 0, z: -26 }, { x: 0, z: -32 }]))
    expect([missed.kind, missed.ending]).toEqual(['missing and turning round', 'middle'])
    expect(missed.turnNearJumppad).toBeGreaterThan(2)

    const blocked = classify(walk([NECK, { x: 3.5, z: -15 }]))
    expect([blocked.kind, blocked.ending]).toEqual(['bad navigation', 'none'])
    expect(blocked.blockedShare).toBeGreaterThan(0.5)
    const circle = [NECK, { x: 1, z: -9 }, { x: 0, z: -10 }, { x: -1, z: -9 }, NECK]
    const circling = classify(walk([...circle, { x: 1, z: -9 }, { x: 0, z: -32 }]))
    expect(circling.kind).toBe('bad navigation')
    expect(circling.winding).toBeGreaterThan(2 * Math.PI)
    expect(circling.detour).toBeLessThan(10)

    const idle = classify({ ...walk([NECK]), actions: new Uint16Array(100).fill(NEUTRAL_ACTION) })
    expect([idle.kind, idle.pathLength]).toEqual(['not reaching a jumppad', 0])
  })

  it('classifies as straight the same episodes as the rule of the curated set', () => {
    const source = new PlayedSource({ seed: 9, branch: 'held-out' }, 150)
    const plays = Array.from({ length: source.length }, (_, i) => source.episode(i))
    const straight = plays.filter((play) => classify(play).kind === 'straight success')
    expect(straight).toEqual(plays.filter(isCurated))
    expect(straight.length).toBeGreaterThan(15)
  })

  it('mostly agrees with the names of the players', () => {
    expect(shareOf('boxer', 'shadow boxing')).toBeGreaterThan(0.75)
    expect(shareOf('detourist', 'off track')).toBeGreaterThan(0.9)
    expect(shareOf('turner', 'missing and turning round')).toBeGreaterThan(0.45)
    expect(shareOf('doubter', 'bad navigation')).toBeGreaterThan(0.45)
    expect(shareOf('idler', 'not reaching a jumppad')).toBeGreaterThan(0.3)
    expect(shareOf('middle runner', 'straight success')).toBeGreaterThan(0.5)
    for (const kind of ['shadow boxing', 'missing and turning round', 'bad navigation'] as const) {
      expect(shareOf('left runner', kind)).toBeLessThan(0.1)
    }
  })
})

describe('findGallery', () => {
  const source = new PlayedSource({ seed: 3, branch: 'held-out' }, 120)
  const plays = Array.from({ length: source.length }, (_, i) => source.episode(i))
  const gallery = findGallery(plays, 3)

  it('finds the same examples whatever the order of the list', () => {
    const seeds = (clips: typeof gallery) => clips.map(({ kind, episode }) => [kind, episode.seed])
    expect(seeds(findGallery([...plays].reverse(), 3))).toEqual(seeds(gallery))
    for (const { kind, episode, index } of gallery) {
      expect(episode).toBe(plays[index])
      expect(classify(episode).kind).toBe(kind)
    }
  })

  it('shows each jumppad among the straight successes, and the longest shadow boxing first', () => {
    const endings = gallery
      .filter(({ kind }) => kind === 'straight success')
      .map(({ episode }) => episode.ending)
    expect(new Set(endings).size).toBe(3)
    const boxing = gallery.filter(({ kind }) => kind === 'shadow boxing')
    expect(boxing.length).toBe(3)
    expect(boxing[0]?.classification.attackShare).toBeGreaterThan(0.4)
  })
})
