import { Button, NativeSelect } from '@mantine/core'
import { useState } from 'react'
import { readIsland } from '../../procedure/island-file.ts'
import { problemOf } from '../sentences.ts'
import { addressOf, islandOf, islandOptions } from '../stores/island-choice.ts'
import { changeWatchSettings, useWatchSettings } from '../stores/watch-settings.ts'
import { IslandFileButtons } from '../ui/IslandFileButtons.tsx'
import kit from '../ui/kit.module.css'
import { Notice } from '../ui/Notice.tsx'

/** Renders the choice of the island that the agents play on, with what it is for. */
export function IslandCard() {
  const chosen = islandOf(useWatchSettings().island)
  const [refused, setRefused] = useState<string>()
  const problem = refused ?? chosen.problem
  const choose = (island: string) => {
    setRefused(undefined)
    changeWatchSettings({ island })
  }
  const open = async (file: File) => {
    try {
      choose(addressOf(readIsland(await file.text())))
    } catch (error) {
      setRefused(problemOf(error))
    }
  }
  return (
    <section className={kit.card} aria-labelledby="island-title">
      <h2 className={kit.asideTitle} id="island-title">
        The island
      </h2>
      <NativeSelect
        size="sm"
        aria-label="Island to play on"
        description={chosen.about}
        inputWrapperOrder={['input', 'description']}
        data={islandOptions(chosen)}
        value={chosen.value}
        onChange={({ currentTarget }) => choose(currentTarget.value)}
      />
      {chosen.value === 'home' ? null : (
        <p className={kit.small}>
          The shipped agents were trained on the first island alone. If one gets lost here, that is
          a result, not a fault: <a href="#/overview">how they do on all islands</a>.
        </p>
      )}
      <div className={kit.row}>
        <IslandFileButtons
          island={chosen}
          fileName={`island-${chosen.isShipped ? chosen.value : 'own'}.json`}
          onOpen={(file) => void open(file)}
        />
        <Button
          size="xs"
          variant="default"
          component="a"
          href={`#/island?${new URLSearchParams({ island: chosen.value })}`}
        >
          Edit this island
        </Button>
      </div>
      {problem ? (
        <Notice tone="problem" role="alert">
          {problem}
        </Notice>
      ) : null}
    </section>
  )
}
