/** What visitors played themselves: kept as clips, and listed. */
import { type Clip, keepClip } from '../../alignment/labels/index.ts'
import { WORLD_VERSION } from '../../island/index.ts'
import { messageOf } from '../../lab/errors.ts'
import type { KeptPlay } from '../../lab/plays.ts'
import type { ActedDecision } from '../../lab/protocol.ts'
import { endingSentence } from '../sentences.ts'
import { useWatch } from '../stores/watch.ts'
import { labDatabase } from './database.ts'

/** Decisions by a human that make a play worth keeping where it was not played to its end. */
const WORTH_KEEPING = 10

export async function loadPlays(): Promise<void> {
  const plays = await readPlays().catch(() => [])
  useWatch.setState({ plays })
}

async function readPlays(): Promise<readonly KeptPlay[]> {
  const { listPlays } = await import('../../lab/plays.ts')
  return listPlays(await labDatabase())
}

interface PlayedBy {
  /** Whose place was taken. */
  readonly name: string
  readonly sha256: string | undefined
  readonly start: Clip['start']
  readonly seed: number
}

/** Whether a human took part in what was shown, enough for it to be kept. */
export function isOwnPlay(tape: readonly ActedDecision[]): boolean {
  const human = tape.filter(({ author }) => author === 'h').length
  return human > 0 && (human >= WORTH_KEEPING || tape.at(-1)?.ending !== undefined)
}

/** Keeps a play, and says so once it is safe; says why where it could not be kept. */
export async function keepOwnPlay(tape: readonly ActedDecision[], by: PlayedBy): Promise<void> {
  const { keepPlay } = await import('../../lab/plays.ts')
  const { start, seed, name, sha256 } = by
  const actions = Uint16Array.from(tape, ({ action }) => action)
  const authors = tape.map(({ author }) => author).join('')
  const digest = authors.includes('a') && sha256 ? { policyDigest: sha256 } : {}
  try {
    const episode = { worldVersion: WORLD_VERSION, start, seed, actions }
    const clip = keepClip(episode, { authors, ...digest })
    await keepPlay(await labDatabase(), clip, name, new Date())
    await loadPlays()
    const said = `${endingSentence(clip.ending, actions.length)} Your play is kept in this browser.`
    useWatch.setState({ notice: said, announcement: said })
  } catch (error) {
    useWatch.setState({ notice: `Your play was not kept. ${messageOf(error)}` })
  }
}

export async function setDemonstration({ clip }: KeptPlay, wanted: boolean): Promise<void> {
  const { markDemonstration } = await import('../../lab/plays.ts')
  await change(async () => markDemonstration(await labDatabase(), clip, wanted))
}

export async function forgetPlay({ clip }: KeptPlay): Promise<void> {
  const { removePlay } = await import('../../lab/plays.ts')
  await change(async () => removePlay(await labDatabase(), clip))
}

async function change(work: () => Promise<void>): Promise<void> {
  try {
    await work()
    await loadPlays()
  } catch (error) {
    useWatch.setState({ notice: messageOf(error) })
  }
}
