import type { CSSProperties } from 'react';
import type { Column, DenseListProps } from './dense-list.tsx';

type DenseListRowProps<Row> = Readonly<{
  id: string;
  place: Readonly<{ index: number; start: number; size: number; total: number }>;
  look: DenseListProps<Row>['look'];
  /** Not there yet while its stretch is on the way. */
  row: Row | undefined;
  isActive: boolean;
  isOpen: boolean;
  isSelected: boolean;
  selectable: boolean;
}>;

/** One row: an option of a listbox, or a row of grid cells; the list that holds it takes the keys and the clicks. */
export function DenseListRow<Row>(props: DenseListRowProps<Row>) {
  const { id, place, look, row, isActive, isOpen, isSelected, selectable } = props;
  const role =
    look.kind === 'columns'
      ? ({ role: 'row', 'aria-rowindex': place.index + 2 } as const)
      : ({ role: 'option', 'aria-posinset': place.index + 1, 'aria-setsize': place.total } as const);
  return (
    <div
      id={id}
      {...role}
      className="dense-row"
      aria-selected={selectable ? isSelected : isOpen}
      aria-current={isOpen}
      data-place={place.index}
      data-active={isActive || undefined}
      data-open={isOpen || undefined}
      data-selected={isSelected || undefined}
      style={{ height: place.size, transform: `translateY(${place.start}px)` }}
    >
      {selectable && <span className="dense-check" aria-hidden />}
      <RowContent look={look} row={row} />
    </div>
  );
}

function RowContent<Row>({ look, row }: Pick<DenseListRowProps<Row>, 'look' | 'row'>) {
  if (row === undefined) {
    return <span className="dense-blank" role={look.kind === 'columns' ? 'gridcell' : undefined} />;
  }
  if (look.kind === 'rows') return <div className="dense-whole">{look.renderRow(row)}</div>;
  return look.columns.map((column) => (
    <span
      key={column.key}
      role="gridcell"
      className="dense-cell one-line"
      data-align={column.align}
      style={columnWidth(column)}
    >
      {column.renderCell(row)}
    </span>
  ));
}

/** The header cells of a list shown as a table. */
export function DenseListHead<Row>({
  columns,
  selectable,
}: Readonly<{ columns: readonly Column<Row>[]; selectable: boolean }>) {
  return (
    <div className="dense-list-head" role="row" aria-rowindex={1}>
      {selectable && <span className="dense-check" aria-hidden />}
      {columns.map((column) => (
        <span
          key={column.key}
          role="columnheader"
          className="dense-cell"
          data-align={column.align}
          style={columnWidth(column)}
        >
          {column.title}
        </span>
      ))}
    </div>
  );
}

function columnWidth<Row>({ width, grow = false }: Column<Row>): CSSProperties {
  return { flex: `${grow ? '1 1' : '0 0'} ${width}rem` };
}
