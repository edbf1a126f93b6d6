import type { Icon } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import './empty-state.css';

/** What to say where there is nothing: why, and what to do next; actions go inside. */
export function EmptyState(
  props: Readonly<{ icon: Icon; title: string; help?: string; children?: ReactNode }>,
) {
  const { icon: IconDrawn, title, help, children } = props;
  return (
    <div className="empty-state">
      <IconDrawn size="1.75rem" stroke={1.5} aria-hidden />
      <p className="empty-title">{title}</p>
      {help !== undefined && <p className="empty-help">{help}</p>}
      {children !== undefined && <div className="empty-acts">{children}</div>}
    </div>
  );
}
