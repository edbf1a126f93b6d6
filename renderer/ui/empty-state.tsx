import type { Icon } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import './empty-state.css';

/** What to say where there is nothing: why, and what to do next; actions go inside; `isPage` when it stands for a whole page. */
export function EmptyState(
  props: Readonly<{ icon: Icon; title: string; help?: string; isPage?: boolean; children?: ReactNode }>,
) {
  const { icon: IconDrawn, title, help, isPage = false, children } = props;
  return (
    <div className="empty-state">
      <IconDrawn size="1.75rem" stroke={1.5} aria-hidden />
      {isPage ? <h1 className="empty-title">{title}</h1> : <p className="empty-title">{title}</p>}
      {help !== undefined && <p className="empty-help">{help}</p>}
      {children !== undefined && <div className="empty-acts">{children}</div>}
    </div>
  );
}
