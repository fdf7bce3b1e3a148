import { Component, type ReactNode } from 'react'

interface SceneBoundaryProps {
  readonly children: ReactNode
  readonly fallback: ReactNode
  onBroken(): void
}

/** A scene that cannot be drawn, or did not arrive, takes nothing else down with it. */
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
