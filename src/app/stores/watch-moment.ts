/**
 * Moments of an episode in the address, so that a link opens exactly there. Policies sample with a key
 * derived from the seed, but their logits differ in the last digits from device to device, and one digit
 * makes another episode: so the link carries the actions. `play` has those of each agent, as base64url of
 * little-endian uint16, `by` their authors (`a37h12`: 37 by the agent, then 12 by a human; left out where
 * all are by agents), `world` the world version, and `t` the decision to pause at. `clip` names a play
 * that is kept in this browser instead.
 */
import { ACTION_COUNT, EPISODE_DECISIONS, WORLD_VERSION } from '../../island/index.ts'
import type { Script } from '../../lab/acting/protocol.ts'
import { decodeActions, encodeActions } from '../../procedure/episode-record.ts'

export interface SharedMoment {
  /** Script of each agent; an agent without one plays by itself. */
  readonly scripts: readonly Script[]
  /** Number of decisions after which to pause; undefined to play from the start. */
  readonly at: number | undefined
  /** Id of a kept play. */
  readonly clip: string | undefined
  /** Problem with the link, as a sentence. */
  readonly problem: string | undefined
}

const NAMES = ['play', 'by', 'world', 't', 'clip'] as const

/** Returns a text that is the same for addresses of the same moment. */
export function momentKey(params: URLSearchParams): string {
  return NAMES.map((name) => params.get(name) ?? '').join()
}

/** Returns the moment in the address; undefined where there is none. */
export function readMoment(params: URLSearchParams): SharedMoment | undefined {
  if (!NAMES.some((name) => params.has(name))) return undefined
  const at = readDecision(params.get('t'))
  const clip = params.get('clip') ?? undefined
  const world = params.get('world')
  const play = params.get('play')
  if (play === null) return { scripts: [], at, clip, problem: undefined }
  if (world !== null && world !== String(WORLD_VERSION)) {
    const problem = `This link is from world version ${world}, but this lab has version ${WORLD_VERSION} and cannot replay it: the agent plays the same seed live instead.`
    return { scripts: [], at: undefined, clip, problem }
  }
  try {
    const authors = params.get('by')?.split(',') ?? []
    const scripts = play.split(',').map((text, index) => readScript(text, authors[index]))
    return { scripts, at, clip, problem: undefined }
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    const problem = `The play in this link is damaged (${why}): copy the whole link again. The agent plays the same seed live instead.`
    return { scripts: [], at: undefined, clip, problem }
  }
}

/** Returns a copy of the parameters that leads to a moment. */
export function withMoment(
  params: URLSearchParams,
  scripts: readonly Script[],
  at?: number,
): URLSearchParams {
  const written = withoutMoment(params)
  written.set('world', String(WORLD_VERSION))
  written.set('play', scripts.map(({ actions }) => urlSafe(encodeActions(actions))).join(','))
  if (scripts.some(({ authors }) => authors.includes('h'))) {
    written.set('by', scripts.map(({ authors }) => runsOf(authors)).join(','))
  }
  if (at !== undefined) written.set('t', String(at))
  return written
}

/** Returns a copy of the parameters without a moment. */
export function withoutMoment(params: URLSearchParams): URLSearchParams {
  const left = new URLSearchParams(params)
  for (const name of NAMES) left.delete(name)
  return left
}

function readDecision(text: string | null): number | undefined {
  if (text === null || !/^\d{1,3}$/.test(text)) return undefined
  return Math.min(EPISODE_DECISIONS, Number(text))
}

function readScript(text: string, runs: string | undefined): Script {
  if (!/^[\w-]*$/.test(text)) throw new Error('found characters that are not base64url')
  const actions = decodeActions(text)
  if (actions.length > EPISODE_DECISIONS) {
    throw new Error(`found ${actions.length} actions, expected at most ${EPISODE_DECISIONS}`)
  }
  const stranger = actions.find((action) => action >= ACTION_COUNT)
  if (stranger !== undefined) {
    throw new Error(`found action ${stranger}, expected less than ${ACTION_COUNT}`)
  }
  const authors = runs === undefined ? 'a'.repeat(actions.length) : authorsOf(runs)
  if (authors.length !== actions.length) {
    throw new Error(`found ${authors.length} authors for ${actions.length} actions`)
  }
  return { actions, authors }
}

/** Encodes authors by run length: `aaahh` as `a3h2`. */
function runsOf(authors: string): string {
  return authors.replace(/a+|h+/g, (run) => `${run[0]}${run.length}`)
}

function authorsOf(runs: string): string {
  if (!/^(?:[ah]\d{1,3})*$/.test(runs))
    throw new Error('found authors that are not runs of a and h')
  const all = runs.replace(/([ah])(\d+)/g, (_, author: string, count: string) =>
    author.repeat(Number(count)),
  )
  return all
}

/** Converts base64 to base64url without padding. */
function urlSafe(base64: string): string {
  return base64.replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '')
}
