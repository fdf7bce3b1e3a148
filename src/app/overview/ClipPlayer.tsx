import { Button, Group, Modal, SegmentedControl, Slider, Text } from '@mantine/core'
import { useReducedMotion } from '@mantine/hooks'
import { useEffect, useMemo, useState } from 'react'
import { DECISION_SECONDS } from '../../island/index.ts'
import type { EpisodeRecord } from '../../lab/models/results.ts'
import { stageName } from '../../procedure/model-stages.ts'
import type { Failure } from '../data/failures.ts'
import { MapCanvas } from '../map/MapCanvas.tsx'
import { MapFrame } from '../map/MapFrame.tsx'
import { Player } from '../replay/player.ts'
import { Walk } from '../replay/walk.ts'
import { endingSentence, START_NAMES } from '../sentences.ts'
import { Dot } from '../ui/Dot.tsx'
import { PauseIcon, PlayIcon } from '../ui/icons.tsx'
import kit from '../ui/kit.module.css'
import { useReturnedFocus } from '../ui/use-returned-focus.ts'
import classes from './ClipPlayer.module.css'

interface ClipPlayerProps {
  readonly clip: Failure
  onClose(): void
}

/** Plays recorded episodes from above, one at a time. */
export default function ClipPlayer({ clip, onClose }: ClipPlayerProps) {
  const [index, setIndex] = useState(0)
  useReturnedFocus()
  const episode = clip.episodes[index]
  return (
    <Modal
      opened
      onClose={onClose}
      size={460}
      centered
      closeButtonProps={{ 'aria-label': 'Close' }}
      title={
        <span className={kit.cardTitle}>
          <Dot stage={clip.stage} />
          {stageName(clip.stage)}: {clip.title.toLowerCase()}
        </span>
      }
    >
      {episode ? <Film key={index} episode={episode} stage={clip.stage} /> : null}
      <Text size="sm" c="dimmed" mt="sm">
        {clip.rule}
      </Text>
      {clip.episodes.length > 1 ? (
        <SegmentedControl
          mt="sm"
          size="xs"
          aria-label="Example"
          data={clip.episodes.map((_, each) => ({
            value: String(each),
            label: `Example ${each + 1}`,
          }))}
          value={String(index)}
          onChange={(value) => setIndex(Number(value))}
        />
      ) : null}
    </Modal>
  )
}

interface FilmProps {
  readonly episode: EpisodeRecord
  readonly stage: string
}

function Film({ episode, stage }: FilmProps) {
  const walk = useMemo(() => new Walk(episode, stage), [episode, stage])
  const { decision, playing, player } = useWalk(walk)
  const sentence = `Seed ${episode.seed}. ${START_NAMES[episode.start]}. ${endingSentence(episode.ending, walk.end)}`
  return (
    <>
      <MapFrame className={classes.map}>
        <MapCanvas
          painter={walk}
          label={`${stageName(stage)} on the island, seen from above. ${sentence}`}
        />
      </MapFrame>
      <Group mt={12} wrap="nowrap">
        <Button
          size="sm"
          data-autofocus
          leftSection={playing ? <PauseIcon /> : <PlayIcon />}
          onClick={() => player?.toggle()}
        >
          {playing ? 'Pause' : 'Play'}
        </Button>
        <Slider
          flex={1}
          min={0}
          max={walk.end}
          value={decision}
          onChange={(time) => player?.seek(time)}
          label={(value) => `${(value * DECISION_SECONDS).toFixed(1)} s`}
          thumbLabel="Decision"
        />
      </Group>
      <Text size="sm" mt="xs">
        {sentence}
      </Text>
    </>
  )
}

/** Plays a walk. With reduced motion it starts paused, with the whole path shown. */
function useWalk(walk: Walk) {
  const still = useReducedMotion(undefined, { getInitialValueInEffect: false })
  const [playing, setPlaying] = useState(!still)
  const [decision, setDecision] = useState(0)
  const [player, setPlayer] = useState<Player<Walk>>()
  useEffect(() => {
    const created = new Player<Walk>({
      onMotion: (motion) => setPlaying(motion.playing),
      onTime: ({ time }) => setDecision(Math.floor(time)),
    })
    created.show(walk, still)
    setPlayer(created)
    return () => created.dispose()
  }, [walk, still])
  return { decision, playing, player }
}
