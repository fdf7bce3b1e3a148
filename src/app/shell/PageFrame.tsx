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
        <Button onClick={() => window.location.reload()}>Load it again</Button>
      </Stack>
    )
  }
}

/** Layout of what stands in the place of a page. */
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
  'A part of the page could not be loaded: there is no network, or the site has a newer version of the lab by now. What is saved in this browser stays.'

/** Returns whether a script failed to load on demand. Each browser words that error differently. */
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
