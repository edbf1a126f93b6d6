import { StateMark } from '../../ui/marks.tsx';
import { useMoment } from '../../ui/moment-context.tsx';
import { useWords } from '../../ui/use-words.ts';
import { useDirectory } from './names.ts';
import { inOrder } from './people-rows.ts';
import { hasEnded, type UnitPlace } from './unit-tree.ts';
import './unit-row.css';

/** Height of a unit's row, in rem. */
export const unitRowRem = 3.25;

/** A unit in the tree: indented under the one it belongs to, with its head and how many work there. */
export function UnitRow({ place: { unit, depth } }: Readonly<{ place: UnitPlace }>) {
  const words = useWords();
  const { today } = useMoment();
  const { people, unitName } = useDirectory();
  const here = people.filter((person) => person.active && person.unit === unit.id).toSorted(inOrder);
  const head = here.find(({ rank }) => rank === 'head');
  return (
    <div className="unit-row" style={{ paddingInlineStart: `${depth * 1.25}rem` }}>
      <div className="unit-row-line">
        <span className="unit-row-name one-line" title={unit.name}>
          {unit.name}
        </span>
        {unit.parent !== null && (
          <span className="unseen">{words('directory.unit.within', { name: unitName(unit.parent) })}</span>
        )}
        {hasEnded(unit, today) && <StateMark label={words('directory.unit.ended')} tone="soon" />}
      </div>
      <span className="dim one-line figures">
        {[
          unit.symbol,
          ...(head === undefined ? [] : [head.name]),
          words('directory.unit.count', { count: here.length }),
        ].join(' · ')}
      </span>
    </div>
  );
}
