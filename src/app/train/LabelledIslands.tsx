import type { Clip } from '../../alignment/labels/index.ts'
import { titleOfMap } from '../stores/island-choice.ts'
import kit from '../ui/kit.module.css'

/** Says on which islands clips were compared, where these are not the first one alone. */
export function LabelledIslands({ clips }: { readonly clips: readonly Clip[] }) {
  if (clips.every(({ island }) => island === undefined)) return null
  const titles = new Set(clips.map(({ island }) => titleOfMap(island) ?? 'The first island'))
  return (
    <p className={kit.small}>
      Clips were compared on {[...titles].map((title) => `“${title}”`).join(', ')}.
    </p>
  )
}
