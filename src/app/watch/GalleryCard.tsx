import { Text } from '@mantine/core'
import { WORLD_VERSION } from '../../island/index.ts'
import type { EpisodeRecord } from '../../lab/models/results.ts'
import { decodeActions } from '../../procedure/episode-record.ts'
import { stageName } from '../../procedure/model-stages.ts'
import { type Failure, failuresOf } from '../data/failures.ts'
import { loadResults, useResults } from '../data/results.ts'
import { withMoment } from '../stores/watch-moment.ts'
import { watchParams } from '../stores/watch-settings.ts'
import { Dot } from '../ui/Dot.tsx'
import { FoldedCard } from '../ui/FoldedCard.tsx'
import { PlayIcon } from '../ui/icons.tsx'
import kit from '../ui/kit.module.css'
import classes from './Card.module.css'

/** Renders links that replay the failures found in each stage's measured episodes. */
export function GalleryCard() {
  return (
    <FoldedCard title="Failures to replay" onToggle={(open) => open && void loadResults()}>
      <Gallery />
    </FoldedCard>
  )
}

function Gallery() {
  const { status, results, problem } = useResults()
  if (status === 'waiting') return <Said>Loading measured episodes…</Said>
  if (!results) return <Said>{problem ?? 'There are no measured episodes yet.'}</Said>
  if (results.worldVersion !== WORLD_VERSION) {
    return (
      <Said>
        The measured episodes are from world version {results.worldVersion}; this lab has version{' '}
        {WORLD_VERSION} and cannot replay them. Run “npm run lab -- pipeline” to measure again.
      </Said>
    )
  }
  const stages = [...new Set(results.gallery.map(({ stage }) => stage))]
  const found = stages.map((stage) => failuresOf(results, stage)).filter(({ length }) => length > 0)
  if (found.length === 0) return <Said>No failures were found in the measured episodes.</Said>
  return found.map((failures) => <StageFailures key={failures[0]?.stage} failures={failures} />)
}

function Said({ children }: { readonly children: React.ReactNode }) {
  return (
    <Text size="sm" c="dimmed">
      {children}
    </Text>
  )
}

function StageFailures({ failures }: { readonly failures: readonly Failure[] }) {
  const stage = failures[0]?.stage ?? ''
  return (
    <section className={kit.stack} data-tight aria-label={`Failures of ${stageName(stage)}`}>
      <h3 className={`${kit.label} ${kit.item}`}>
        <Dot stage={stage} />
        {stageName(stage)}
      </h3>
      <ul className={kit.stack}>
        {failures.map(({ title, rule, episodes }) => (
          <li key={title} className={classes.failure}>
            <span>{title}</span>
            <span className={kit.row}>
              {episodes.map((episode, index) => (
                <a
                  key={episode.seed}
                  className={classes.replay}
                  href={addressOf(stage, episode)}
                  aria-label={`Replay example ${index + 1} of ${title.toLowerCase()}, ${stageName(stage)}`}
                >
                  <PlayIcon size={11} /> {index + 1}
                </a>
              ))}
            </span>
            <Text size="xs" c="dimmed" className={kit.wholeRow ?? ''}>
              {rule}
            </Text>
          </li>
        ))}
      </ul>
    </section>
  )
}

function addressOf(stage: string, { start, seed, actions }: EpisodeRecord): string {
  const script = { actions: decodeActions(actions), authors: '' }
  const authors = 'a'.repeat(script.actions.length)
  const params = withMoment(watchParams({ model: stage, start, seed }), [{ ...script, authors }])
  return `#/watch?${params}`
}
