import { Button, Switch, Text } from '@mantine/core'
import type { KeptPlay } from '../../storage/plays.ts'
import { useCatalogue } from '../data/catalogue.ts'
import { forgetPlay, setDemonstration } from '../data/plays.ts'
import { endingName } from '../sentences.ts'
import { EndingIcon } from '../shell/EndingIcon.tsx'
import { addressOfMap, titleOfMap } from '../stores/island-choice.ts'
import { watchParams } from '../stores/watch-settings.ts'
import { ConfirmButton } from '../ui/ConfirmButton.tsx'
import { FoldedCard } from '../ui/FoldedCard.tsx'
import { countOf, dateWords } from '../ui/format.ts'
import kit from '../ui/kit.module.css'
import classes from './Card.module.css'
import { tellFailure } from './tell-failure.ts'

/** Lists the episodes that visitors played in this browser; they can be replayed, used for training, or deleted. */
export function PlaysCard() {
  const plays = useCatalogue((state) => state.plays)
  return (
    <FoldedCard title="Your plays" aside={plays.length > 0 ? plays.length : undefined}>
      {plays.length === 0 ? (
        <Text size="sm" c="dimmed">
          Take over and play to the end to save an episode here. You can then replay it, or use it
          as a demonstration for training.
        </Text>
      ) : (
        <ul className={kit.stack}>
          {plays.map((play) => (
            <PlayItem key={play.clip} play={play} />
          ))}
        </ul>
      )}
    </FoldedCard>
  )
}

function PlayItem({ play }: { readonly play: KeptPlay }) {
  const { kept, demonstration, clip, agent, keptAt } = play
  const human = [...kept.authors].filter((author) => author === 'h').length
  const name = `${endingName(kept.ending)}, ${countOf(kept.actions.length, 'decision')}`
  const island = titleOfMap(kept.island)
  const address = watchParams({
    ...{ model: agent, start: kept.start, seed: kept.seed },
    island: addressOfMap(kept.island),
  })
  return (
    <li className={classes.play}>
      <span className={classes.playName}>
        <EndingIcon ending={kept.ending} colour="var(--accent)" />
        <span>
          {name}
          <Text size="xs" c="dimmed" component="span" display="block">
            {human} by you · {dateWords(keptAt)}
            {island ? ` · ${island}` : ''}
          </Text>
        </span>
      </span>
      <span className={kit.row}>
        <Button
          component="a"
          size="compact-xs"
          variant="default"
          href={`#/watch?${address}&clip=${clip}`}
          aria-label={`Replay your play: ${name}`}
        >
          Replay
        </Button>
        <Switch
          size="xs"
          label="Demonstration"
          aria-label={`Use as a demonstration: ${name}`}
          checked={demonstration}
          onChange={({ currentTarget }) =>
            tellFailure(setDemonstration(play, currentTarget.checked))
          }
        />
        <ConfirmButton
          size="compact-xs"
          first={{ words: 'Delete', name: `Delete your play: ${name}` }}
          then={{ words: 'Confirm', name: `Confirm deletion: ${name}` }}
          onConfirm={() => tellFailure(forgetPlay(play))}
        />
      </span>
    </li>
  )
}
