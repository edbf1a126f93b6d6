import { Box } from '@mantine/core';
import type { ReactNode } from 'react';
import type { Unit } from '#shared/directory/public.ts';
import { Link } from '../../app/router.tsx';
import { Facts } from '../../ui/facts.tsx';
import { StateMark } from '../../ui/marks.tsx';
import { useMoment } from '../../ui/moment-context.tsx';
import { useWords } from '../../ui/use-words.ts';
import { sayDays } from './delegation-words.ts';
import { useDirectory } from './names.ts';
import { inOrder } from './people-rows.ts';
import { hasEnded } from './unit-tree.ts';
import './directory.css';

type UnitViewProps = Readonly<{
  unit: Unit;
  /** Where a unit and a person are shown, in the place this pane belongs to. */
  unitPath: (id: string) => string;
  personPath: (id: string) => string;
  /** Acts on the unit. */
  children?: ReactNode;
}>;

/** One unit: its place in the tree, its head, the units under it and the people who work there. */
export function UnitView({ unit, unitPath, personPath, children }: UnitViewProps) {
  const words = useWords();
  const { today } = useMoment();
  const { units, people, unitName } = useDirectory();
  const its = people.filter((person) => person.unit === unit.id).toSorted(inOrder);
  const head = its.find(({ active, rank }) => active && rank === 'head');
  const below = units
    .filter(({ parent }) => parent === unit.id)
    .toSorted((a, b) => a.name.localeCompare(b.name, 'vi'));
  const { parent } = unit;
  return (
    <Box component="article" className="directory-pane" aria-labelledby="directory-unit" tabIndex={0}>
      <header className="directory-head">
        <h2 id="directory-unit">{unit.name}</h2>
        {hasEnded(unit, today) && <StateMark label={words('directory.unit.ended')} tone="soon" />}
      </header>
      <Facts
        facts={[
          { label: words('directory.unit.symbol'), value: unit.symbol },
          {
            label: words('directory.unit.parent'),
            value:
              parent === null ? (
                words('directory.unit.top')
              ) : (
                <Link to={unitPath(parent)}>{unitName(parent)}</Link>
              ),
          },
          {
            label: words('directory.unit.head'),
            value: head === undefined ? null : <Link to={personPath(head.id)}>{head.name}</Link>,
          },
          { label: words('directory.unit.days'), value: sayDays(unit.validFrom, unit.validTo, words) },
        ]}
      />
      {children}
      {below.length > 0 && (
        <section aria-labelledby="directory-unit-below">
          <h3 id="directory-unit-below">{words('directory.unit.below')}</h3>
          <ul className="directory-lines">
            {below.map((one) => (
              <li key={one.id}>
                <span className="directory-line-head">
                  <Link to={unitPath(one.id)}>{one.name}</Link>
                  {hasEnded(one, today) && <StateMark label={words('directory.unit.ended')} tone="soon" />}
                </span>
              </li>
            ))}
          </ul>
        </section>
      )}
      <section aria-labelledby="directory-unit-people">
        <h3 id="directory-unit-people">{words('directory.unit.people')}</h3>
        {its.length === 0 ? (
          <p className="dim">{words('directory.unit.people.none')}</p>
        ) : (
          <ul className="directory-lines">
            {its.map((person) => (
              <li key={person.id}>
                <span className="directory-line-head">
                  <Link to={personPath(person.id)}>{person.name}</Link>
                  {!person.active && <StateMark label={words('directory.left')} tone="soon" />}
                </span>
                <span className="dim">{person.post}</span>
              </li>
            ))}
          </ul>
        )}
      </section>
    </Box>
  );
}
