import { Modal } from '@mantine/core'
import { useMemo } from 'react'
import { keepAgentClip } from '../../alignment/labels/index.ts'
import { measureEpisode } from '../../evaluation/measures.ts'
import type { StyleMeasure } from '../../evaluation/style.ts'
import { measureOf, type StyleWish } from '../../evaluation/wish.ts'
import type { Episode } from '../../island/index.ts'
import type { EpisodeRecord } from '../../lab/models/results.ts'
import { episodeOf } from '../../procedure/episode-record.ts'
import { PairPlayer } from '../replay/PairPlayer.tsx'
import kit from '../ui/kit.module.css'
import { useReturnedFocus } from '../ui/use-returned-focus.ts'

interface WishExampleProps {
  readonly title: string
  readonly wish: StyleWish
  readonly example: { readonly before: EpisodeRecord; readonly after: EpisodeRecord }
  readonly worldVersion: number
  onClose(): void
}

/** Digest in the place of that of the policy: the aligned ones are not shipped, and nothing here depends on it. */
const NO_POLICY = '0'.repeat(64)

const TITLES = ['Before', 'After'] as const

/** Plays an episode before and after alignment with a wish, side by side. */
export default function WishExample({
  title,
  wish,
  example,
  worldVersion,
  onClose,
}: WishExampleProps) {
  useReturnedFocus()
  const [before, after] = useMemo(
    () =>
      [example.before, example.after].map((record) =>
        keepAgentClip(episodeOf(record, worldVersion), NO_POLICY),
      ),
    [example, worldVersion],
  )
  if (before === undefined || after === undefined) return null
  return (
    <Modal
      opened
      onClose={onClose}
      size={760}
      centered
      closeButtonProps={{ 'aria-label': 'Close' }}
      title={<span className={kit.cardTitle}>{title}</span>}
    >
      <PairPlayer first={before} second={after} titles={TITLES} />
      <p className={kit.sentence}>
        {measuredSentence(measureOf(wish), before, after)} From the same start, with one training
        seed: of all starts from which both arrive, the one with the median difference.
      </p>
    </Modal>
  )
}

/** Returns how much of a measure two episodes have, as in `Pace: 5.31 before and 4.92 after, in m/s.` */
function measuredSentence(
  { title, unit, of }: StyleMeasure,
  before: Episode,
  after: Episode,
): string {
  const values = [before, after].map((episode) => of(measureEpisode(episode)))
  const [first, second] = values.map((value) => value.toFixed(Math.max(...values) < 10 ? 2 : 0))
  return `${title}: ${first} before and ${second} after, in ${unit}.`
}
