import { Button } from '@mantine/core'
import { Component, type ComponentType, lazy, type ReactNode, Suspense } from 'react'
import { create } from 'zustand'
import { problemOf } from '../sentences.ts'
import kit from './kit.module.css'
import { Notice } from './Notice.tsx'

/** Placeholder of a chart whose code is loading. */
export const LOADING_CHART = <p className={kit.pending}>Loading the chart…</p>

type Load<Props> = () => Promise<{ readonly default: ComponentType<Props> }>

/**
 * Returns a part of a page whose code is loaded when the part is first shown. If it cannot be loaded or shown,
 * a notice takes its place, and the rest of the page works on. Another try replaces the part wherever it is
 * shown. `pending` is shown while it loads.
 */
export function lazyPart<Props extends object>(
  load: Load<Props>,
  pending?: ReactNode,
): ComponentType<Props> {
  const useAttempt = create(() => ({ Part: lazy(load), number: 1 }))
  const retry = async () => {
    await loadMissingStyles()
    await load()
    useAttempt.setState(({ number }) => ({ Part: lazy(load), number: number + 1 }))
  }
  return function LazyPart(props: Props) {
    const { Part, number } = useAttempt()
    return (
      <PartFrame key={number} onRetry={retry}>
        <Suspense fallback={pending}>
          <Part {...props} />
        </Suspense>
      </PartFrame>
    )
  }
}

/**
 * Loads again the style sheets of this page that could not be loaded: `import()` requests a sheet only once.
 * Rejects if one still cannot be loaded.
 */
async function loadMissingStyles(): Promise<void> {
  const sheets = document.querySelectorAll<HTMLLinkElement>('link[rel=stylesheet]')
  const missing = [...sheets].filter(({ sheet }) => sheet === null)
  await Promise.all(missing.map(replaceSheet))
}

function replaceSheet(failed: HTMLLinkElement): Promise<void> {
  const link = document.createElement('link')
  link.rel = 'stylesheet'
  link.crossOrigin = failed.crossOrigin
  link.href = failed.href
  return new Promise((resolve, reject) => {
    link.onload = () => resolve()
    link.onerror = () => reject(new Error(`Unable to preload CSS for ${link.href}`))
    failed.replaceWith(link)
  })
}

interface PartFrameProps {
  readonly children: ReactNode
  /** Replaces the part; rejects if it still cannot be loaded. */
  onRetry(): Promise<void>
}

/** Error boundary around a part of a page. */
class PartFrame extends Component<PartFrameProps, { readonly problem?: string }> {
  override state: { readonly problem?: string } = {}

  static getDerivedStateFromError(error: unknown) {
    return { problem: problemOf(error) }
  }

  override render() {
    const { problem } = this.state
    if (problem === undefined) return this.props.children
    const retry = () =>
      this.props.onRetry().catch((error: unknown) => this.setState({ problem: problemOf(error) }))
    return (
      <Notice
        role="alert"
        tone="problem"
        action={
          <Button size="compact-sm" variant="default" onClick={() => void retry()}>
            Try again
          </Button>
        }
      >
        {problem}
      </Notice>
    )
  }
}
