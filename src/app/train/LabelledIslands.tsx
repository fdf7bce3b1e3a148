import type { Clip } from '../../alignment/labels/index.ts'
import { mapDigest } from '../../island/index.ts'
import { isShippedMap, titleOfMap } from '../stores/island-choice.ts'
import kit from '../ui/kit.module.css'

/** Says on which islands clips were compared, where these are not the first one alone. */
export function LabelledIslands({ clips }: { readonly clips: readonly Clip[] }) {
  if (clips.every(({ island }) => island === undefined)) return null
  return <p className={kit.small}>Clips were compared on {islandWords(clips)}.</p>
}

/** Returns the islands of clips; those that are not shipped are counted, as clips do not hold their titles. */
function islandWords(clips: readonly Pick<Clip, 'island'>[]): string {
  const maps = [
    ...new Map(clips.map(({ island }) => [island && mapDigest(island), island])).values(),
  ]
  const shipped = maps
    .filter(isShippedMap)
    .map((map) => `“${titleOfMap(map) ?? 'The first island'}”`)
  const own = maps.length - shipped.length
  return new Intl.ListFormat('en').format([
    ...shipped,
    ...(own === 1 ? ['a drawn island'] : []),
    ...(own > 1 ? [`${own} drawn islands`] : []),
  ])
}
