import { Button, Popover, Text, UnstyledButton } from '@mantine/core'
import { type OfflineState, useOffline } from '../stores/offline.ts'
import { Announcer } from '../ui/Announcer.tsx'
import badge from '../ui/HeaderBadge.module.css'
import { LineIcon } from '../ui/icons.tsx'
import classes from './OfflineBadge.module.css'

interface News {
  readonly kind: 'ready' | 'update' | 'problem'
  readonly label: string
  readonly sentence: string
}

/** Shows whether the lab works offline, or an update or problem; renders nothing until there is news. */
export function OfflineBadge() {
  const news = newsOf(useOffline())
  if (!news) return null
  const { kind, label, sentence } = news
  return (
    <>
      <Popover position="bottom-end" width={280} shadow="md" trapFocus returnFocus>
        <Popover.Target>
          <UnstyledButton
            className={`${badge.badge} ${classes.badge}`}
            data-kind={kind}
            aria-label={label}
          >
            <Icon kind={kind} />
            <Text size="sm" component="span" visibleFrom="sm">
              {label}
            </Text>
          </UnstyledButton>
        </Popover.Target>
        <Popover.Dropdown>
          <Text size="sm">{sentence}</Text>
          {kind === 'update' && (
            <Button size="xs" variant="default" mt="sm" onClick={() => window.location.reload()}>
              Reload now
            </Button>
          )}
        </Popover.Dropdown>
      </Popover>
      <Announcer label="Offline use">{label}</Announcer>
    </>
  )
}

function newsOf({ ready, models, problem, update }: OfflineState): News | undefined {
  if (update) {
    return {
      kind: 'update',
      label: 'Update ready',
      sentence:
        'A new version of the lab loads with the next reload of this page. Nothing changes until then.',
    }
  }
  if (problem) return { kind: 'problem', label: 'Not available offline', sentence: problem }
  if (ready === 'pages') {
    return {
      kind: 'ready',
      label: 'Pages ready offline',
      sentence: 'The pages work offline. So do the agents that you have watched on this device.',
    }
  }
  if (ready === 'agents') {
    const agents = models === 1 ? 'one agent' : `${models} agents`
    return {
      kind: 'ready',
      label: 'Ready offline',
      sentence: `The lab works offline: its pages, ${agents} and the runtime are saved on this device.`,
    }
  }
  return undefined
}

const SHAPES = {
  ready: 'M3.5 8.5 6.5 11.5 12.5 4.5',
  update: 'M8 2.5v8M4.5 7 8 10.5 11.5 7M3.5 13.5h9',
  problem: 'M8 3v6M8 12.5h.01',
}

function Icon({ kind }: Pick<News, 'kind'>) {
  return (
    <LineIcon size={16} box={16}>
      <path d={SHAPES[kind]} />
    </LineIcon>
  )
}
