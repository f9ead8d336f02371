// Catches what should never happen, so that nobody looks at an empty page: says so and offers to load again.
import { Button } from '@mantine/core'
import { Component, type ReactNode } from 'react'
import { say } from '../i18n/i18n'
import { EmptyState } from '../ui/EmptyState'

export class Failure extends Component<{ children: ReactNode; at?: string }, { failed: string | null }> {
  override state = { failed: null as string | null }

  static getDerivedStateFromError(): { failed: string } {
    return { failed: location.pathname }
  }

  override componentDidCatch(error: unknown): void {
    console.error(error)
  }

  override componentDidUpdate(before: { at?: string }): void {
    if (this.state.failed !== null && before.at !== this.props.at) this.setState({ failed: null })
  }

  override render(): ReactNode {
    if (this.state.failed === null) return this.props.children
    return (
      <EmptyState
        title={say('ui.broken')}
        action={<Button onClick={() => location.reload()}>{say('ui.load_again')}</Button>}
      >
        {say('ui.broken_text')}
      </EmptyState>
    )
  }
}
