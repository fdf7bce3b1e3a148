import { Button, Loader, Stack, Text } from '@mantine/core'
import { Component, type ReactNode, Suspense } from 'react'
import { problemOf } from '../sentences.ts'

interface PageFrameProps {
  readonly children: ReactNode
}

/** Renders a page, a placeholder while it loads, or the reason why it could not be shown. */
export class PageFrame extends Component<PageFrameProps, { readonly problem?: string }> {
  override state: { readonly problem?: string } = {}

  static getDerivedStateFromError(error: unknown) {
    return { problem: problemOf(error) }
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

function Coming() {
  return (
    <Stack {...INSTEAD} role="status">
      <Loader size="sm" />
      <Text c="dimmed">Loading the page…</Text>
    </Stack>
  )
}
