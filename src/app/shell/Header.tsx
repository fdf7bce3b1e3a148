import { ActionIcon, Text, Tooltip, useMantineColorScheme } from '@mantine/core'
import { OfflineBadge } from '../offline/OfflineBadge.tsx'
import type { PageEntry } from '../pages.ts'
import { AutoIcon, JumppadMark, MoonIcon, SunIcon } from '../ui/icons.tsx'
import classes from './Shell.module.css'
import { ShortcutsButton } from './ShortcutsButton.tsx'
import { TrainingBadge } from './TrainingBadge.tsx'

interface HeaderProps {
  readonly pages: readonly PageEntry[]
  /** Name of the current page; undefined if it is not one of `pages`. */
  readonly current: string | undefined
}

export function Header({ pages, current }: HeaderProps) {
  const keys = pages.find(({ name }) => name === current)?.keysInHeader
  const listed = pages.filter(({ unlisted }) => !unlisted)
  return (
    <header className={classes.header}>
      <a
        className={classes.brand}
        href="#/"
        aria-label="Jumppad"
        aria-current={current ? undefined : 'page'}
      >
        <JumppadMark />
        <Text span inherit visibleFrom="xs">
          Jumppad
        </Text>
      </a>
      <nav className={classes.navigation} aria-label="Pages">
        {listed.map(({ name, title }) => (
          <a
            key={name}
            className={classes.link}
            href={`#/${name}`}
            ref={name === current ? intoView : undefined}
            aria-current={name === current ? 'page' : undefined}
          >
            {title}
          </a>
        ))}
      </nav>
      <div className={classes.tools}>
        <TrainingBadge here={current === 'train'} />
        <OfflineBadge />
        {keys ? <ShortcutsButton /> : null}
        <ColorSchemeButton />
      </div>
    </header>
  )
}

/**
 * Scrolls the current page's link into view, as on a phone not all links fit into the line. Not by
 * `scrollIntoView`, after which Chromium continues the Tab order from the link.
 */
function intoView(link: HTMLElement | null): void {
  const line = link?.parentElement
  if (!link || !line) return
  const [seen, wanted] = [line.getBoundingClientRect(), link.getBoundingClientRect()]
  line.scrollLeft += Math.max(0, wanted.right - seen.right) + Math.min(0, wanted.left - seen.left)
}

const SCHEMES = {
  auto: { label: 'System theme', next: 'light', Icon: AutoIcon },
  light: { label: 'Light theme', next: 'dark', Icon: SunIcon },
  dark: { label: 'Dark theme', next: 'auto', Icon: MoonIcon },
} as const

function ColorSchemeButton() {
  const { colorScheme, setColorScheme } = useMantineColorScheme()
  const { label, next, Icon } = SCHEMES[colorScheme]
  return (
    <Tooltip label={label}>
      <ActionIcon
        variant="default"
        size="lg"
        aria-label={`${label}. Switch to: ${SCHEMES[next].label.toLowerCase()}`}
        onClick={() => setColorScheme(next)}
      >
        <Icon />
      </ActionIcon>
    </Tooltip>
  )
}
