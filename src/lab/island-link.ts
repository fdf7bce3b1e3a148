/** Islands as text in links, which carry the same JSON as files. */
import { base64Decode, base64Encode } from '@bufbuild/protobuf/wire'
import { type IslandFile, islandText, parseIsland } from '../procedure/island-file.ts'

/** Returns an island as characters that are safe in a link. */
export function encodeIsland(island: IslandFile): string {
  const bytes = new TextEncoder().encode(islandText(island))
  return base64Encode(bytes).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '')
}

/** Reads an island, playable or not, from a link. Throws as `parseIsland` does. */
export function decodeIsland(text: string): IslandFile {
  let json: string
  try {
    json = new TextDecoder('utf-8', { fatal: true }).decode(base64Decode(text))
  } catch {
    throw new Error('The island in this link is damaged: copy the whole link again.')
  }
  return parseIsland(json)
}
