import type { MouseEvent } from 'react';
import type { DenseListProps } from './dense-list.tsx';

type DenseListRowProps<Row> = Readonly<{
  id: string;
  place: Readonly<{ index: number; start: number; size: number; total: number }>;
  look: DenseListProps<Row>['look'];
  /** Not there yet while its page is on the way. */
  row: Row | undefined;
  isActive: boolean;
  isOpen: boolean;
  isSelected: boolean;
  selectable: boolean;
  onPoint: (event: MouseEvent) => void;
  onToggle: () => void;
}>;

/** One row: an option of a listbox, or a row of grid cells; keys are handled by the list that holds the focus. */
export function DenseListRow<Row>(props: DenseListRowProps<Row>) {
  const { id, place, look, row, isActive, isOpen, isSelected, selectable, onPoint, onToggle } = props;
  const grid = look.kind === 'columns';
  return (
    // The list itself is focused and handles every key (aria-activedescendant).
    <div
      id={id}
      className="dense-row"
      role={grid ? 'row' : 'option'}
      aria-selected={selectable ? isSelected : isOpen}
      aria-current={isOpen ? 'true' : undefined}
      aria-rowindex={grid ? place.index + 2 : undefined}
      aria-posinset={grid ? undefined : place.index + 1}
      aria-setsize={grid ? undefined : place.total}
      data-active={isActive || undefined}
      data-open={isOpen || undefined}
      data-selected={isSelected || undefined}
      style={{ height: place.size, transform: `translateY(${place.start}px)` }}
      onClick={onPoint}
    >
      {selectable && (
        <span
          className="dense-check"
          aria-hidden
          onClick={(event) => {
            event.stopPropagation();
            onToggle();
          }}
        />
      )}
      {row === undefined && <span className="dense-blank" role={grid ? 'gridcell' : undefined} />}
      {row !== undefined && look.kind === 'rows' && <div className="dense-whole">{look.draw(row)}</div>}
      {row !== undefined &&
        look.kind === 'columns' &&
        look.columns.map((column) => (
          <span
            key={column.key}
            role="gridcell"
            className="dense-cell one-line"
            data-align={column.align}
            style={column.grow === true ? { flex: `1 1 ${column.width}rem` } : { flex: `0 0 ${column.width}rem` }}
          >
            {column.cell(row)}
          </span>
        ))}
    </div>
  );
}
