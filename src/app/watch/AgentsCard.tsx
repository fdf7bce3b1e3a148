import { ActionIcon, Group, Text } from '@mantine/core'
import { type Candidate, nextOf, useCandidates } from '../data/candidates.ts'
import { stageSentence } from '../stages.ts'
import { useFocused, useWatch } from '../stores/watch.ts'
import {
  changeWatchSettings,
  MOST_AGENTS,
  namesOf,
  useWatchSettings,
} from '../stores/watch-settings.ts'
import { AddModels } from '../ui/AddModels.tsx'
import { Dot } from '../ui/Dot.tsx'
import { parameterCount } from '../ui/format.ts'
import { CloseIcon } from '../ui/icons.tsx'
import kit from '../ui/kit.module.css'
import { ModelSelect } from '../ui/ModelSelect.tsx'
import { DeviceBadge } from './DeviceBadge.tsx'
import { openFiles } from './open-file.ts'
import type { Playback } from './playback.ts'
import { ShelfList } from './ShelfList.tsx'

/** Renders the selection of one to four agents, and the device that runs the one in focus. */
export function AgentsCard({ playback }: { readonly playback: Playback | undefined }) {
  const { model } = useWatchSettings()
  const names = namesOf(model)
  const policies = useCandidates('policy')
  const focused = useFocused()
  const choose = (all: readonly string[]) => changeWatchSettings({ model: all.join(',') })
  return (
    <section className={kit.card} aria-labelledby="agents-title">
      <h2 className={kit.asideTitle} id="agents-title">
        {names.length === 1 ? 'Agent' : 'Agents, from the same start'}
      </h2>
      <div className={kit.stack} data-tight>
        {names.map((name, index) => (
          <AgentRow
            // biome-ignore lint/suspicious/noArrayIndexKey: an agent is its place
            key={index}
            index={index}
            name={name}
            policies={policies}
            onChange={(chosen) => choose(names.with(index, chosen))}
            onRemove={names.length > 1 ? () => choose(names.toSpliced(index, 1)) : undefined}
          />
        ))}
      </div>
      <AddModels
        label="Add an agent"
        full={names.length >= MOST_AGENTS || policies.length === 0}
        onAdd={() => choose([...names, nextOf(policies, names)])}
        onFile={(file) => void openFiles([file], () => void playback?.retry())}
      />
      {focused ? (
        <Text size="sm" c="dimmed">
          {stageSentence(focused.stage)}
          {focused.opened ? ` ${parameterCount(focused.opened.parameters)} parameters.` : ''}
        </Text>
      ) : null}
      <DeviceBadge />
      <ShelfList />
    </section>
  )
}

interface AgentRowProps {
  readonly index: number
  readonly name: string
  readonly policies: readonly Candidate[]
  onChange(name: string): void
  readonly onRemove: (() => void) | undefined
}

function AgentRow({ index, name, policies, onChange, onRemove }: AgentRowProps) {
  const agent = useWatch(({ agents }) => agents[index])
  return (
    <Group gap={8} wrap="nowrap">
      <Dot stage={agent?.stage ?? name} />
      <ModelSelect
        flex={1}
        miw={0}
        aria-label={`Agent ${index + 1}`}
        name={name}
        title={agent?.title ?? name}
        candidates={policies}
        onChoose={onChange}
      />
      {onRemove ? (
        <ActionIcon
          variant="subtle"
          color="gray"
          size={32}
          aria-label={`Remove agent ${index + 1}`}
          onClick={onRemove}
        >
          <CloseIcon size={16} />
        </ActionIcon>
      ) : null}
    </Group>
  )
}
