import { SegmentedControl, Text } from '@mantine/core'
import { oneOfEachStage } from '../../lab/models.ts'
import { stageName, stageSentence, stageVariable } from '../stages.ts'
import { useWatch } from '../stores/watch.ts'
import { changeWatchSettings, useWatchSettings } from '../stores/watch-settings.ts'
import classes from './Card.module.css'
import { DeviceBadge } from './DeviceBadge.tsx'

/** Which agent this is and what it runs on. */
export function AgentCard() {
  const models = useWatch((state) => state.models) ?? []
  const opened = useWatch((state) => state.opened)
  const { model } = useWatchSettings()
  return (
    <section className={classes.card} aria-labelledby="agent-title">
      <h2 className={classes.title} id="agent-title">
        Agent
      </h2>
      {models.length > 0 ? (
        <SegmentedControl
          fullWidth
          aria-label="Stage"
          data={oneOfEachStage(models).map(({ stage }) => ({
            value: stage,
            label: (
              <span className={classes.stage}>
                <span className={classes.dot} style={{ background: stageVariable(stage) }} />
                {stageName(stage)}
              </span>
            ),
          }))}
          value={model}
          onChange={(stage) => changeWatchSettings({ model: stage })}
        />
      ) : null}
      <Text size="sm" c="dimmed">
        {stageSentence(model)}
        {opened ? ` ${millions(opened.parameters)} parameters.` : ''}
      </Text>
      <DeviceBadge />
    </section>
  )
}

function millions(count: number): string {
  if (count < 100_000) return count.toLocaleString('en')
  return `${(count / 1e6).toFixed(2)} million`
}
