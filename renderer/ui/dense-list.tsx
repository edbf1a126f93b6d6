import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useId, useRef, useState, type KeyboardEvent, type MouseEvent, type ReactNode } from 'react';
import { DenseListRow } from './dense-list-row.tsx';
import { ListFailed, ListLoading } from './list-states.tsx';
import { listMove, rangeOf, type ListCursor } from './list-keys.ts';
import type { CursorRows } from './use-cursor-rows.ts';
import { useWords } from './use-words.ts';
import './dense-list.css';

/** A column of a list shown as a table; `width` in rem, or `grow` for what is left. */
export type Column<Row> = Readonly<{
  key: string;
  title: string;
  width: number;
  grow?: boolean;
  align?: 'start' | 'end';
  cell: (row: Row) => ReactNode;
}>;

export type DenseListProps<Row> = Readonly<{
  label: string;
  rows: CursorRows<Row>;
  idOf: (row: Row) => string;
  /** Either rows drawn whole (a listbox) or columns (a grid with a header). */
  look: Readonly<{ kind: 'rows'; draw: (row: Row) => ReactNode; rowRem: number } | { kind: 'columns'; columns: readonly Column<Row>[]; rowRem?: number }>;
  /** The row whose document is open beside the list. */
  openId: string | null;
  onOpen: (row: Row) => void;
  /** Moving with the keys also opens, as in a mail client. */
  openOnMove?: boolean;
  selected?: ReadonlySet<string>;
  onSelect?: (selected: ReadonlySet<string>) => void;
  /** What an empty list says: `EmptyState` that teaches. */
  empty: ReactNode;
  autoFocus?: boolean;
}>;

const nothing: ReadonlySet<string> = new Set();

/** A list of up to hundreds of thousands of rows, only the visible ones drawn, everything by keyboard. */
export function DenseList<Row>(props: DenseListProps<Row>) {
  const { rows } = props;
  if (rows.state === 'loading') return <ListLoading label={props.label} />;
  if (rows.state === 'failed') return <ListFailed error={rows.error} retry={rows.retry} />;
  if (rows.total === 0) return <div className="list-empty">{props.empty}</div>;
  return <FilledList {...props} />;
}

function FilledList<Row>(props: DenseListProps<Row>) {
  const { label, rows, idOf, look, openId, onOpen, openOnMove = false, selected = nothing, onSelect, autoFocus = false } = props;
  const words = useWords();
  const listId = useId();
  const scroller = useRef<HTMLDivElement>(null);
  const [cursor, setCursor] = useState<ListCursor>(() => startAt(rows.rows, idOf, openId));
  const rowPx = useRowPx(look.kind === 'rows' ? look.rowRem : (look.rowRem ?? 2.25));
  const virtual = useVirtualizer({
    count: rows.total,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowPx,
    overscan: 8,
    scrollPaddingStart: look.kind === 'columns' ? 34 : 0,
  });
  const shown = virtual.getVirtualItems();
  const lastShown = shown.at(-1)?.index ?? 0;
  const { reach } = rows;
  useEffect(() => {
    reach(lastShown);
  }, [reach, lastShown, rows.rows.length]);
  useEffect(() => {
    virtual.measure();
  }, [virtual, rowPx]);
  useEffect(() => {
    if (autoFocus) scroller.current?.focus({ preventScroll: true });
  }, [autoFocus]);

  const active = Math.min(cursor.active, rows.total - 1);
  const openRow = (place: number): void => {
    const row = rows.rows[place];
    if (row !== undefined) onOpen(row);
  };
  const selectRows = (places: readonly number[], keep: boolean): void => {
    const ids = places.flatMap((place) => {
      const row = rows.rows[place];
      return row === undefined ? [] : [idOf(row)];
    });
    onSelect?.(new Set(keep ? [...selected, ...ids] : ids));
  };
  const toggle = (place: number): void => {
    const row = rows.rows[place];
    if (row === undefined || onSelect === undefined) return;
    const next = new Set(selected);
    if (!next.delete(idOf(row))) next.add(idOf(row));
    onSelect(next);
  };
  const moveTo = (to: number, extend: boolean): void => {
    const next = { active: to, anchor: extend ? cursor.anchor : to };
    setCursor(next);
    virtual.scrollToIndex(to, { align: 'auto' });
    if (extend && onSelect !== undefined) selectRows(rangeOf(next), false);
    else if (openOnMove) openRow(to);
  };
  const press = (event: KeyboardEvent<HTMLDivElement>): void => {
    const page = Math.floor((scroller.current?.clientHeight ?? 0) / rowPx);
    const move = listMove(event.nativeEvent, { ...cursor, active }, { count: rows.total, page });
    if (move === null) return;
    if (move.kind === 'clear' && selected.size === 0) return;
    event.preventDefault();
    event.stopPropagation();
    if (move.kind === 'move') moveTo(move.to, move.extend);
    if (move.kind === 'open') openRow(active);
    if (move.kind === 'toggle') toggle(active);
    if (move.kind === 'all') selectRows(rows.rows.map((_, place) => place), false);
    if (move.kind === 'clear') onSelect?.(nothing);
  };
  const point = (place: number, event: MouseEvent): void => {
    if (event.shiftKey && onSelect !== undefined) {
      moveTo(place, true);
      return;
    }
    setCursor({ active: place, anchor: place });
    if (event.ctrlKey || event.metaKey) toggle(place);
    else openRow(place);
  };

  const grid = look.kind === 'columns';
  return (
    <div
      ref={scroller}
      className="dense-list"
      role={grid ? 'grid' : 'listbox'}
      aria-label={label}
      aria-description={words('ui.list.keys')}
      aria-multiselectable={onSelect !== undefined}
      aria-rowcount={grid ? rows.total + 1 : undefined}
      aria-activedescendant={`${listId}-${active}`}
      tabIndex={0}
      onKeyDown={press}
    >
      {grid && <Header columns={look.columns} />}
      <div className="dense-list-body" role={grid ? 'rowgroup' : 'presentation'} style={{ height: virtual.getTotalSize() }}>
        {shown.map(({ index, start, size }) => {
          const row = rows.rows[index];
          return (
            <DenseListRow
              key={index}
              id={`${listId}-${index}`}
              place={{ index, start, size, total: rows.total }}
              look={look}
              row={row}
              isActive={index === active}
              isOpen={row !== undefined && idOf(row) === openId}
              isSelected={row !== undefined && selected.has(idOf(row))}
              selectable={onSelect !== undefined}
              onPoint={(event) => {
                point(index, event);
              }}
              onToggle={() => {
                setCursor({ active: index, anchor: index });
                toggle(index);
              }}
            />
          );
        })}
      </div>
    </div>
  );
}

function Header<Row>({ columns }: Readonly<{ columns: readonly Column<Row>[] }>) {
  return (
    <div className="dense-list-head" role="row" aria-rowindex={1}>
      {columns.map((column) => (
        <span
          key={column.key}
          role="columnheader"
          className="dense-cell"
          data-align={column.align}
          style={column.grow === true ? { flex: `1 1 ${column.width}rem` } : { flex: `0 0 ${column.width}rem` }}
        >
          {column.title}
        </span>
      ))}
    </div>
  );
}

function startAt<Row>(rows: readonly Row[], idOf: (row: Row) => string, openId: string | null): ListCursor {
  const open = Math.max(0, rows.findIndex((row) => idOf(row) === openId));
  return { active: open, anchor: open };
}

/** A row's height in px under the present text size, in step with rem. */
function useRowPx(rem: number): number {
  const [rootPx, setRootPx] = useState(rootSize);
  useEffect(() => {
    const watch = new MutationObserver(() => {
      setRootPx(rootSize());
    });
    watch.observe(document.documentElement, { attributes: true, attributeFilter: ['style'] });
    return () => {
      watch.disconnect();
    };
  }, []);
  return Math.round(rem * rootPx);
}

function rootSize(): number {
  return Number.parseFloat(getComputedStyle(document.documentElement).fontSize);
}
