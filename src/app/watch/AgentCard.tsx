import { SegmentedControl, Text } from '@mantine/core'
import { findModel } from '../../lab/manifest.ts'
import { stageName, stageVariable } from '../stages.ts'
import { useWatch } from '../stores/watch.ts'
import { changeWatchSettings, useWatchSettings } from '../stores/watch-settings.ts'
import classes from './Card.module.css'
import { DeviceBadge } from './DeviceBadge.tsx'

/** What each stage is, in a sentence; from the paper's description of the procedure. */
const ABOUT: Record<string, string> = {
  base: 'Learnt by imitating many people of mixed skill and habits. General, but unreliable.',
  'fine-tuned':
    'The base agent, trained further on a few curated episodes that go straight to a jumppad.',
}

/** Which agent this is and what it runs on. */
export function AgentCard() {
  const models = useWatch((state) => state.models)
  const opened = useWatch((state) => state.opened)
  const { model } = useWatchSettings()
  const entry = models && findModel(models, model)
  const stage = entry?.stage
  return (
    <section className={classes.card} aria-labelledby="agent-title">
      <h2 className={classes.title} id="agent-title">
        Agent
      </h2>
      {models && models.length > 0 ? (
        <SegmentedControl
          fullWidth
          aria-label="Stage"
          data={models.map((each) => ({
            value: each.version,
            label: (
              <span className={classes.stage}>
                <span className={classes.dot} style={{ background: stageVariable(each.stage) }} />
                {stageName(each.stage)}
              </span>
            ),
          }))}
          value={entry?.version ?? ''}
          onChange={(version) => changeWatchSettings({ model: stageOrVersion(models, version) })}
        />
      ) : null}
      {stage && ABOUT[stage] ? (
        <Text size="sm" c="dimmed">
          {ABOUT[stage]}
        </Text>
      ) : null}
      {opened ? (
        <dl className={classes.facts}>
          <dt>Model</dt>
          <dd>{opened.version}</dd>
          {opened.parameters > 0 ? (
            <>
              <dt>Parameters</dt>
              <dd>{opened.parameters.toLocaleString('en')}</dd>
            </>
          ) : null}
        </dl>
      ) : null}
      <DeviceBadge />
    </section>
  )
}

/** Addresses name the stage where that says enough. */
function stageOrVersion(
  models: readonly { readonly version: string; readonly stage: string }[],
  version: string,
): string {
  const chosen = models.find((each) => each.version === version)
  const first = models.find((each) => each.stage === chosen?.stage)
  return first && first === chosen ? first.stage : version
}
