import { Component, type ReactNode } from 'react'

interface SceneBoundaryProps {
  readonly children: ReactNode
  readonly fallback: ReactNode
  onBroken(): void
}

/** Error boundary: keeps a scene that cannot be drawn or loaded from breaking the rest of the page. */
export class SceneBoundary extends Component<SceneBoundaryProps, { readonly broken: boolean }> {
  override state = { broken: false }

  static getDerivedStateFromError() {
    return { broken: true }
  }

  override componentDidCatch() {
    this.props.onBroken()
  }

  override render() {
    return this.state.broken ? this.props.fallback : this.props.children
  }
}
