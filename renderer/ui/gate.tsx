import type { ReactNode } from 'react';
import './gate.css';

/** A page before the office: its name, what is asked, and one column of fields. */
export function Gate({
  name,
  title,
  lead,
  children,
  foot,
}: Readonly<{ name: string; title: string; lead?: string; children: ReactNode; foot?: ReactNode }>) {
  return (
    <main className="gate">
      <div className="gate-column">
        <p className="gate-name">{name}</p>
        <h1>{title}</h1>
        {lead !== undefined && <p className="dim gate-lead">{lead}</p>}
        {children}
      </div>
      {foot !== undefined && <footer className="gate-foot">{foot}</footer>}
    </main>
  );
}

/** Something to know before going on, with a hairline at its side; `tone` danger for a refusal. */
export function Note({
  tone = 'plain',
  children,
}: Readonly<{ tone?: 'plain' | 'soon' | 'danger'; children: ReactNode }>) {
  return (
    <div className="note" data-tone={tone} role={tone === 'danger' ? 'alert' : undefined}>
      {children}
    </div>
  );
}

/** Fields or notes one below the other, evenly spaced; `columns` 2 puts them in pairs. */
export function Stack({ columns = 1, children }: Readonly<{ columns?: 1 | 2; children: ReactNode }>) {
  return (
    <div className="stack" data-columns={columns}>
      {children}
    </div>
  );
}
