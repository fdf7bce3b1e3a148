import { Chip, Text } from '@mantine/core'
import { oneOfEachStage } from '../../lab/models.ts'
import { evaluationOf } from '../../procedure/manifest.ts'
import { parameterCount } from '../sentences.ts'
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
  // A reward model judges clips and presses nothing: it cannot be watched.
  const policies = oneOfEachStage(models.filter((entry) => evaluationOf(entry) !== undefined))
  return (
    <section className={classes.card} aria-labelledby="agent-title">
      <h2 className={classes.title} id="agent-title">
        Agent
      </h2>
      {policies.length > 0 ? (
        <Chip.Group value={model} onChange={(stage) => changeWatchSettings({ model: stage })}>
          <div className={classes.stages} role="radiogroup" aria-label="Stage">
            {policies.map(({ stage }) => (
              <Chip key={stage} value={stage} size="xs" radius="md" variant="outline" icon={null}>
                <span className={classes.stage}>
                  <span className={classes.dot} style={{ background: stageVariable(stage) }} />
                  {stageName(stage)}
                </span>
              </Chip>
            ))}
          </div>
        </Chip.Group>
      ) : null}
      <Text size="sm" c="dimmed">
        {stageSentence(model)}
        {opened ? ` ${parameterCount(opened.parameters)} parameters.` : ''}
      </Text>
      <DeviceBadge />
    </section>
  )
}
