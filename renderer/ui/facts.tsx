import type { ReactNode } from 'react';
import './facts.css';

export type Fact = Readonly<{ label: string; value: ReactNode; wide?: boolean }>;

/** Fields to read, label over value, in hairlines; an absent value is a dash. */
export function Facts({ facts }: Readonly<{ facts: readonly Fact[] }>) {
  return (
    <dl className="facts">
      {facts.map(({ label, value, wide = false }) => (
        <div key={label} className="fact" data-wide={wide || undefined}>
          <dt>{label}</dt>
          <dd>{value === null || value === undefined || value === '' ? '–' : value}</dd>
        </div>
      ))}
    </dl>
  );
}
