/**
 * A moment of an episode in the address, so that a link leads to exactly there. Policies sample from a
 * key that follows from the seed, but their numbers differ in the last digits from device to device,
 * and one digit is another episode: so the link carries what was done. `play` has for each agent its
 * actions, as base64url of little-endian uint16, `by` who took them (`a37h12`: the agent 37 times, then
 * a human 12 times; left out where only agents did), `world` the world's version, `t` the decision to
 * stand at. `clip` names a play that is kept in this browser instead.
 */
import { ACTION_COUNT, EPISODE_DECISIONS, WORLD_VERSION } from '../../island/index.ts'
import type { Script } from '../../lab/acting/protocol.ts'
import { decodeActions, encodeActions } from '../../procedure/episode-record.ts'

export interface SharedMoment {
  /** What to play, for each agent; an agent that has none plays by itself. */
  readonly scripts: readonly Script[]
  /** Decisions after which to stand still; undefined to play from the start. */
  readonly at: number | undefined
  /** Id of a kept play. */
  readonly clip: string | undefined
  /** What is wrong with the link, as a sentence. */
  readonly problem: string | undefined
}

const NAMES = ['play', 'by', 'world', 't', 'clip'] as const

/** What the address says beyond the settings; undefined where it says nothing. */
export function readMoment(params: URLSearchParams): SharedMoment | undefined {
  if (!NAMES.some((name) => params.has(name))) return undefined
  const at = readDecision(params.get('t'))
  const clip = params.get('clip') ?? undefined
  const world = params.get('world')
  const play = params.get('play')
  if (play === null) return { scripts: [], at, clip, problem: undefined }
  if (world !== null && world !== String(WORLD_VERSION)) {
    const problem = `This link is from world version ${world}, this lab has version ${WORLD_VERSION} and cannot replay it: the agent plays the same seed anew.`
    return { scripts: [], at: undefined, clip, problem }
  }
  try {
    const authors = params.get('by')?.split(',') ?? []
    const scripts = play.split(',').map((text, index) => readScript(text, authors[index]))
    return { scripts, at, clip, problem: undefined }
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    const problem = `The play in this link is damaged (${why}): copy the whole link again. The agent plays the same seed anew.`
    return { scripts: [], at: undefined, clip, problem }
  }
}

/** A copy of the properties that leads to a moment. */
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

/** A copy of the properties without a moment. */
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
  if (!/^[\w-]*$/.test(text)) throw new Error('found signs that are not base64url')
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
    throw new Error(`found ${authors.length} authors of ${actions.length} actions`)
  }
  return { actions, authors }
}

/** `aaahh` as `a3h2`. */
function runsOf(authors: string): string {
  return authors.replace(/a+|h+/g, (run) => `${run[0]}${run.length}`)
}

function authorsOf(runs: string): string {
  if (!/^(?:[ah]\d{1,3})*$/.test(runs)) throw new Error('found authors that are no runs of a and h')
  const all = runs.replace(/([ah])(\d+)/g, (_, author: string, count: string) =>
    author.repeat(Number(count)),
  )
  return all
}

/** Base64 in the letters that an address takes, without padding. */
function urlSafe(base64: string): string {
  return base64.replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '')
}
