import { ActionIcon, Button, NativeSelect, VisuallyHidden } from '@mantine/core'
import { type KeyboardEvent, useMemo, useState } from 'react'
import { DECISION_SECONDS, type Ending } from '../../island/index.ts'
import { endingName } from '../sentences.ts'
import { EndingIcon } from '../shell/EndingIcon.tsx'
import { countOf } from '../ui/format.ts'
import { FollowingIcon, PlayIcon, PreviousIcon } from '../ui/icons.tsx'
import kit from '../ui/kit.module.css'
import type { Compared } from './compared.ts'
import { Letter } from './Letter.tsx'
import tables from './Tables.module.css'

/** Episodes per page of the table. */
const ROWS = 25

const FILTERS = {
  all: { title: 'All episodes', keeps: () => true },
  differ: {
    title: 'Where policies end differently',
    keeps: (endings) => new Set(endings).size > 1,
  },
  none: {
    title: 'Where a policy reaches no jumppad',
    keeps: (endings) => endings.includes('none'),
  },
} satisfies Record<string, { title: string; keeps: (endings: readonly Ending[]) => boolean }>

type FilterName = keyof typeof FILTERS

interface EpisodeTableProps {
  readonly compared: readonly Compared[]
  onReplay(episode: number): void
}

/** Renders every episode with each policy's ending, and a button to replay it. */
export function EpisodeTable({ compared, onReplay }: EpisodeTableProps) {
  const [filter, setFilter] = useState<FilterName>('all')
  const [wantedPage, setPage] = useState(0)
  const shown = useMemo(() => episodesOf(compared, filter), [compared, filter])
  const pages = Math.max(1, Math.ceil(shown.length / ROWS))
  const page = Math.min(wantedPage, pages - 1)
  return (
    <section className={kit.card} aria-labelledby="episodes-title">
      <div className={kit.head}>
        <h2 className={kit.cardTitle} id="episodes-title">
          Episodes
        </h2>
        <NativeSelect
          size="xs"
          aria-label="Filter episodes"
          data={Object.entries(FILTERS).map(([value, { title }]) => ({ value, label: title }))}
          value={filter}
          onChange={({ currentTarget }) => {
            setFilter(filterNamed(currentTarget.value))
            setPage(0)
          }}
        />
      </div>
      {shown.length === 0 ? (
        <p className={kit.small}>No episodes match this filter.</p>
      ) : (
        <Rows
          compared={compared}
          episodes={shown.slice(page * ROWS, (page + 1) * ROWS)}
          onReplay={onReplay}
        />
      )}
      <div className={`${kit.row} ${kit.sentence}`}>
        <ActionIcon
          variant="default"
          aria-label="Previous page"
          data-rapid
          disabled={page === 0}
          onClick={() => setPage(page - 1)}
        >
          <PreviousIcon size={16} />
        </ActionIcon>
        <span>
          {countOf(shown.length, 'episode')}, page {page + 1} of {pages}
        </span>
        <ActionIcon
          variant="default"
          aria-label="Next page"
          data-rapid
          disabled={page >= pages - 1}
          onClick={() => setPage(page + 1)}
        >
          <FollowingIcon size={16} />
        </ActionIcon>
      </div>
    </section>
  )
}

function filterNamed(name: string): FilterName {
  return name === 'differ' || name === 'none' ? name : 'all'
}

/** Returns the indices of the episodes that pass the filter. */
function episodesOf(compared: readonly Compared[], filter: FilterName): number[] {
  const longest = compared.reduce((most, { run }) => Math.max(most, run.episodes.length), 0)
  return Array.from({ length: longest }, (_, index) => index).filter((index) =>
    FILTERS[filter].keeps(compared.flatMap(({ run }) => run.episodes[index]?.ending ?? [])),
  )
}

interface RowsProps extends EpisodeTableProps {
  readonly episodes: readonly number[]
}

function Rows({ compared, episodes, onReplay }: RowsProps) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrollable region must be reachable by keyboard
    <section className={tables.scroller} aria-label="Episodes, scrollable" tabIndex={0}>
      <table className={tables.table} aria-label="Episodes" onKeyDown={moveFocus}>
        <thead>
          <tr>
            <th scope="col">Replay</th>
            <th scope="col">Seed</th>
            {compared.map(({ run, index, colour }) => (
              <th key={index} scope="col">
                <Letter index={index} colour={colour} />
                <VisuallyHidden>{run.title}</VisuallyHidden>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {episodes.map((episode) => (
            <tr key={episode}>
              <th scope="row">
                <Button
                  size="compact-xs"
                  variant="default"
                  leftSection={<PlayIcon size={10} />}
                  onClick={() => onReplay(episode)}
                >
                  {episode + 1}
                </Button>
              </th>
              <td>{compared[0]?.run.episodes[episode]?.seed ?? '–'}</td>
              {compared.map((each) => (
                <Ended key={each.index} compared={each} episode={episode} />
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

function Ended({
  compared: { run, colour },
  episode,
}: {
  readonly compared: Compared
  readonly episode: number
}) {
  const ended = run.episodes[episode]
  if (!ended) return <td>–</td>
  return (
    <td>
      <span className={kit.item}>
        <EndingIcon ending={ended.ending} colour={colour} />
        {endingName(ended.ending)}, {(ended.actions.length * DECISION_SECONDS).toFixed(1)} s
      </span>
    </td>
  )
}

/** Moves the focus between replay buttons with the up and down keys. */
function moveFocus(event: KeyboardEvent<HTMLTableElement>): void {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
  if (step === undefined) return
  const buttons = [...event.currentTarget.querySelectorAll<HTMLElement>('tbody button')]
  const at = event.target instanceof HTMLElement ? buttons.indexOf(event.target) : -1
  const next = buttons[at + step]
  if (at < 0 || !next) return
  event.preventDefault()
  next.focus()
}
