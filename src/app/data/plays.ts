/** Episodes that visitors played themselves: kept as clips, and listed in the catalogue. */
import { keepClip } from '../../alignment/labels/index.ts'
import { type Beginning, WORLD_VERSION } from '../../island/index.ts'
import type { ActedDecision } from '../../lab/acting/protocol.ts'
import type { KeptPlay } from '../../storage/plays.ts'
import { endingSentence, problemOf } from '../sentences.ts'
import { useCatalogue } from './catalogue.ts'
import { labDatabase } from './database.ts'

/** Minimum number of human decisions for which an unfinished play is kept. */
const WORTH_KEEPING = 10

export async function loadPlays(): Promise<void> {
  const plays = await readPlays().catch(() => [])
  useCatalogue.setState({ plays })
}

async function readPlays(): Promise<readonly KeptPlay[]> {
  const { listPlays } = await import('../../storage/index.ts')
  return listPlays(await labDatabase())
}

interface PlayedBy extends Beginning {
  /** Name of the agent that was taken over. */
  readonly name: string
  readonly sha256: string | undefined
}

/** Returns whether a human took enough part in an episode for it to be kept. */
export function isOwnPlay(tape: readonly ActedDecision[]): boolean {
  const human = tape.filter(({ author }) => author === 'h').length
  return human > 0 && (human >= WORTH_KEEPING || tape.at(-1)?.ending !== undefined)
}

/** Stores a play. Resolves to a sentence once it is stored; rejects with the reason why it was not. */
export async function keepOwnPlay(tape: readonly ActedDecision[], by: PlayedBy): Promise<string> {
  const { keepPlay } = await import('../../storage/index.ts')
  const { start, seed, island, name, sha256 } = by
  const actions = Uint16Array.from(tape, ({ action }) => action)
  const authors = tape.map(({ author }) => author).join('')
  const digest = authors.includes('a') && sha256 ? { policyDigest: sha256 } : {}
  try {
    const episode = { worldVersion: WORLD_VERSION, start, seed, island, actions }
    const clip = keepClip(episode, { authors, ...digest })
    await keepPlay(await labDatabase(), clip, name, new Date())
    await loadPlays()
    return `${endingSentence(clip.ending, actions.length)} Your play is saved in this browser.`
  } catch (error) {
    throw new Error(`Your play was not saved. ${problemOf(error)}`)
  }
}

/** Sets whether a play is a demonstration, which trainings may learn from. */
export async function setDemonstration({ clip }: KeptPlay, wanted: boolean): Promise<void> {
  const { markDemonstration } = await import('../../storage/index.ts')
  await markDemonstration(await labDatabase(), clip, wanted)
  await loadPlays()
}

/** Deletes a play. */
export async function forgetPlay({ clip }: KeptPlay): Promise<void> {
  const { removePlay } = await import('../../storage/index.ts')
  await removePlay(await labDatabase(), clip)
  await loadPlays()
}
