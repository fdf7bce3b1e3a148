import { Button, Loader, Stack, Text } from '@mantine/core'
import { Component, type ReactNode, Suspense } from 'react'
import { messageOf } from '../../lab/worker/errors.ts'

interface PageFrameProps {
  readonly children: ReactNode
}

/** Renders a page, a placeholder while it loads, or the reason why it could not be shown. */
export class PageFrame extends Component<PageFrameProps, { readonly problem?: string }> {
  override state: { readonly problem?: string } = {}

  static getDerivedStateFromError(error: unknown) {
    return { problem: isMissingScript(error) ? OUTDATED : messageOf(error) }
  }

  override render() {
    const { problem } = this.state
    if (problem === undefined)
      return <Suspense fallback={<Coming />}>{this.props.children}</Suspense>
    return (
      <Stack {...INSTEAD} role="alert">
        <Text component="h1" fw={650} size="lg">
          This page could not be shown
        </Text>
        <Text c="dimmed">{problem}</Text>
        <Button onClick={() => window.location.reload()}>Reload</Button>
      </Stack>
    )
  }
}

/** Layout of the placeholder or problem shown instead of a page. */
const INSTEAD = {
  flex: 1,
  gap: 12,
  align: 'center',
  justify: 'center',
  maw: '60ch',
  mih: 320,
  mx: 'auto',
  p: 24,
  ta: 'center',
} as const

const OUTDATED =
  'Part of the page could not be loaded: there is no network, or the site now has a newer version of the lab. Data saved in this browser is not affected.'

/** Returns whether a dynamic import failed. Each browser words that error differently. */
function isMissingScript(error: unknown): boolean {
  const words =
    /dynamically imported module|importing a module script|module script failed|preload CSS/i
  return error instanceof Error && words.test(error.message)
}

function Coming() {
  return (
    <Stack {...INSTEAD} role="status">
      <Loader size="sm" />
      <Text c="dimmed">Loading the page…</Text>
    </Stack>
  )
}
