import { Button, Switch } from '@mantine/core'
import { useMemo } from 'react'
import type { Clip } from '../../alignment/labels/index.ts'
import { HOME } from '../../island/index.ts'
import { useCatalogue } from '../data/catalogue.ts'
import { setDemonstration } from '../data/plays.ts'
import { MapCanvas } from '../map/MapCanvas.tsx'
import { MapFrame } from '../map/MapFrame.tsx'
import { endingName, listOfEndings } from '../sentences.ts'
import { EndingIcon } from '../shell/EndingIcon.tsx'
import { titleOfMap } from '../stores/island-choice.ts'
import { countOf } from '../ui/format.ts'
import kit from '../ui/kit.module.css'
import { curatedJumppads } from './curated.ts'
import { changeDraft, useDraft } from './draft.ts'
import { tellProblem } from './materials.ts'
import { PathsPainter } from './paths-painter.ts'
import classes from './Train.module.css'

interface ClipsChoiceProps {
  /** Clips selected for imitation. */
  readonly clips: readonly Clip[]
}

/** Selects the clips to imitate: curated clips by jumppad, and the visitor's own play. */
export function ClipsChoice({ clips }: ClipsChoiceProps) {
  const endings = clips.map(({ ending }) => ending)
  // The map is that of the first island.
  const shown = useMemo(() => clips.filter(({ island }) => island === undefined), [clips])
  const painter = useMemo(() => {
    const created = new PathsPainter()
    created.show([{ paths: shown.map(({ path }) => path), stage: 'fine-tuned', opacity: 0.6 }])
    return created
  }, [shown])
  return (
    <div className={classes.clips}>
      <MapFrame className={classes.clipMap}>
        <MapCanvas
          painter={painter}
          label={`Map of the island with the paths of ${countOf(shown.length, 'chosen clip')}: they end ${listOfEndings(shown.map(({ ending }) => ending))}.`}
        />
      </MapFrame>
      <div className={kit.stack}>
        <Curated />
        <OwnPlays />
        <p className={kit.sentence} role="status">
          {clips.length === 0
            ? 'No clips selected yet.'
            : `${countOf(clips.length, 'clip')} in total: ${listOfEndings(endings)}.${elsewhere(clips.length - shown.length)}`}
        </p>
      </div>
    </div>
  )
}

/** Returns a sentence about clips that are not on the map; empty if all are. */
function elsewhere(count: number): string {
  if (count === 0) return ''
  return ` ${countOf(count, 'clip')} on other islands ${count === 1 ? 'is' : 'are'} not on the map.`
}

/** Switches for the curated clips, 20 per jumppad: the set that the shipped agent was fine-tuned on. */
function Curated() {
  const draft = useDraft()
  const chosen = curatedJumppads(draft.curated)
  const toggle = (name: (typeof chosen)[number]) => {
    const next = HOME.jumppads
      .map((pad) => pad.name)
      .filter((each) => chosen.includes(each) !== (each === name))
    changeDraft({ curated: next.length === 0 ? 'none' : next.join(',') })
  }
  return (
    <fieldset className={kit.stack} data-tight>
      <legend className={kit.label}>Curated clips: 20 that go straight to each jumppad</legend>
      <div className={kit.row}>
        {HOME.jumppads.map(({ name }) => (
          <Switch
            key={name}
            size="sm"
            label={endingName(name)}
            checked={chosen.includes(name)}
            onChange={() => toggle(name)}
          />
        ))}
      </div>
    </fieldset>
  )
}

/** Switches for the visitor's own play, which set the same mark as on the Watch page. */
function OwnPlays() {
  const plays = useCatalogue((state) => state.plays)
  return (
    <fieldset className={kit.stack} data-tight>
      <legend className={kit.label}>Your own play</legend>
      {plays.length === 0 ? (
        <>
          <p className={kit.sentence}>
            Play an episode yourself, and the agent can learn to imitate it.
          </p>
          <div className={kit.row}>
            <Button component="a" href="#/watch" size="compact-sm" variant="default">
              Play an episode
            </Button>
          </div>
        </>
      ) : (
        <ul className={`${kit.stack} ${classes.plays}`} data-tight>
          {plays.map((play) => {
            const { clip, kept, demonstration } = play
            const island = titleOfMap(kept.island)
            const name = `${endingName(kept.ending)}, ${countOf(kept.actions.length, 'decision')}${island ? ` · ${island}` : ''}`
            return (
              <li key={clip} className={kit.item}>
                <EndingIcon ending={kept.ending} colour="var(--accent)" />
                <Switch
                  size="sm"
                  label={name}
                  aria-label={`Imitate your play: ${name}`}
                  checked={demonstration}
                  onChange={({ currentTarget }) =>
                    tellProblem(setDemonstration(play, currentTarget.checked))
                  }
                />
              </li>
            )
          })}
        </ul>
      )}
    </fieldset>
  )
}
