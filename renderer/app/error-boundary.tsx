import { Button } from '@mantine/core';
import { IconAlertCircle } from '@tabler/icons-react';
import { Component, type ReactNode } from 'react';
import { EmptyState } from '../ui/empty-state.tsx';
import { useWords } from '../ui/use-words.ts';

type BoundaryState = Readonly<{ failure: unknown }>;

/** Keeps one page's fault from taking the window with it. React offers this only as a class. */
export class ErrorBoundary extends Component<Readonly<{ children: ReactNode }>, BoundaryState> {
  override readonly state: BoundaryState = { failure: null };

  static getDerivedStateFromError(failure: unknown): BoundaryState {
    return { failure: failure ?? 'unknown' };
  }

  override render(): ReactNode {
    if (this.state.failure === null) return this.props.children;
    return (
      <Broken
        failure={this.state.failure}
        again={() => {
          this.setState({ failure: null });
        }}
      />
    );
  }
}

function Broken({ failure, again }: Readonly<{ failure: unknown; again: () => void }>) {
  const words = useWords();
  const code =
    failure instanceof Error
      ? `${failure.name}: ${failure.message}`.slice(0, 160)
      : String(failure).slice(0, 160);
  return (
    <div role="alert" className="frame-broken">
      <EmptyState
        isPage
        icon={IconAlertCircle}
        title={words('app.broken.title')}
        help={words('app.broken.help')}
      >
        <Button onClick={again}>{words('app.broken.again')}</Button>
        <code className="dim">{words('app.broken.code', { code })}</code>
      </EmptyState>
    </div>
  );
}
