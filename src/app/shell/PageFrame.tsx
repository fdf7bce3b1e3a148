import { Button, Loader, Text } from '@mantine/core'
import { Component, type ReactNode, Suspense } from 'react'
import { messageOf } from '../../lab/errors.ts'
import classes from './Shell.module.css'

interface PageFrameProps {
  readonly children: ReactNode
}

/** A page while it comes, and in its place why it did not. */
export class PageFrame extends Component<PageFrameProps, { readonly problem?: string }> {
  override state: { readonly problem?: string } = {}

  static getDerivedStateFromError(error: unknown) {
    return { problem: messageOf(error) }
  }

  override render() {
    const { problem } = this.state
    if (problem === undefined)
      return <Suspense fallback={<Coming />}>{this.props.children}</Suspense>
    return (
      <div className={classes.instead} role="alert">
        <Text component="h1" fw={650} size="lg">
          This page could not be shown
        </Text>
        <Text c="dimmed">{problem}</Text>
        <Button onClick={() => window.location.reload()}>Load it again</Button>
      </div>
    )
  }
}

function Coming() {
  return (
    <div className={classes.instead} role="status">
      <Loader size="sm" />
      <Text c="dimmed">Loading the page…</Text>
    </div>
  )
}
