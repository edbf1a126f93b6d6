import { useVirtualizer } from '@tanstack/react-virtual';
import {
  useEffect,
  useId,
  useRef,
  useState,
  type KeyboardEvent,
  type MouseEvent,
  type ReactNode,
} from 'react';
import { DenseListHead, DenseListRow } from './dense-list-row.tsx';
import { ListFailed, ListLoading } from './list-states.tsx';
import { listMove, type ListCursor } from './list-keys.ts';
import type { ListRows } from './use-list-rows.ts';
import { rootPx } from './split-panes.tsx';
import { useWords } from './use-words.ts';
import './dense-list.css';

/** A column of a list shown as a table; `width` in rem, or `grow` for what is left. */
export type Column<Row> = Readonly<{
  key: string;
  title: string;
  width: number;
  grow?: boolean;
  align?: 'start' | 'end';
  renderCell: (row: Row) => ReactNode;
}>;

export type DenseListProps<Row> = Readonly<{
  label: string;
  rows: ListRows<Row>;
  idOf: (row: Row) => string;
  /** Either rows drawn whole (a listbox) or columns (a grid with a header). */
  look: Readonly<
    | { kind: 'rows'; renderRow: (row: Row) => ReactNode; rowRem: number }
    | { kind: 'columns'; columns: readonly Column<Row>[]; rowRem?: number }
  >;
  /** The row whose document is open beside the list. */
  openId: string | null;
  onOpen: (row: Row) => void;
  /** Moving with the keys also opens, as in a mail client. */
  openOnMove?: boolean;
  selected?: ReadonlySet<string>;
  onSelect?: (selected: ReadonlySet<string>) => void;
  /** What an empty list says: `EmptyState` that teaches. */
  empty: ReactNode;
  takesFocus?: boolean;
}>;

const nothing: ReadonlySet<string> = new Set();
const selectAtMost = 500; // more than this is a task for a report, not for a hand

/** A list of up to hundreds of thousands of rows, only the visible ones drawn, everything by keyboard. */
export function DenseList<Row>(props: DenseListProps<Row>) {
  const { rows } = props;
  if (rows.state === 'loading') return <ListLoading label={props.label} />;
  if (rows.state === 'failed') return <ListFailed error={rows.error} retry={rows.retry} />;
  if (rows.total === 0) return <div className="list-empty">{props.empty}</div>;
  return <FilledList {...props} />;
}

function FilledList<Row>(props: DenseListProps<Row>) {
  const {
    label,
    rows,
    idOf,
    look,
    openId,
    onOpen,
    openOnMove = false,
    selected = nothing,
    onSelect,
    takesFocus = false,
  } = props;
  const words = useWords();
  const listId = useId();
  const scroller = useRef<HTMLDivElement>(null);
  const [cursor, setCursor] = useState<ListCursor>(() => startAt(rows, idOf, openId));
  const rowPx = useRowPx(look.kind === 'rows' ? look.rowRem : (look.rowRem ?? 2.25));
  const virtual = useVirtualizer({
    count: rows.total,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowPx,
    overscan: 8,
    scrollPaddingStart: look.kind === 'columns' ? 34 : 0,
  });
  const shown = virtual.getVirtualItems();
  const firstShown = shown[0]?.index ?? 0;
  const lastShown = shown.at(-1)?.index ?? 0;
  const { show } = rows;
  useEffect(() => {
    show(firstShown, lastShown);
  }, [show, firstShown, lastShown]);
  useEffect(() => {
    virtual.measure();
  }, [virtual, rowPx]);
  useEffect(() => {
    // Never out of the hands of somebody who is typing, or from under a dialog.
    const inUse = document.activeElement?.closest('input, textarea, [contenteditable=true], [role=dialog]');
    if (takesFocus && !inUse) scroller.current?.focus({ preventScroll: true });
  }, [takesFocus]);

  const active = Math.min(cursor.active, rows.total - 1);
  const openRow = (place: number): void => {
    const row = rows.rowAt(place);
    if (row !== undefined) onOpen(row);
  };
  const selectRange = (first: number, last: number): void => {
    if (onSelect === undefined) return;
    const end = Math.min(last, first + selectAtMost - 1);
    rows.take(first, end).then(
      (taken) => {
        onSelect(new Set(taken.map(idOf)));
      },
      () => undefined, // rows that cannot be had are not selected
    );
  };
  const toggle = (place: number): void => {
    const row = rows.rowAt(place);
    if (row === undefined || onSelect === undefined) return;
    const next = new Set(selected);
    if (!next.delete(idOf(row))) next.add(idOf(row));
    onSelect(next);
  };
  const moveTo = (to: number, extend: boolean): void => {
    const next = { active: to, anchor: extend ? cursor.anchor : to };
    setCursor(next);
    virtual.scrollToIndex(to, { align: 'auto' });
    if (extend && onSelect !== undefined) {
      selectRange(Math.min(next.active, next.anchor), Math.max(next.active, next.anchor));
    } else if (openOnMove) openRow(to);
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
    if (move.kind === 'all') selectRange(0, rows.total - 1);
    if (move.kind === 'clear') onSelect?.(nothing);
  };
  const point = (event: MouseEvent<HTMLDivElement>): void => {
    const target = event.target instanceof Element ? event.target : null;
    const place = Number(target?.closest<HTMLElement>('[data-place]')?.dataset['place'] ?? Number.NaN);
    if (target === null || Number.isNaN(place)) return;
    if (event.shiftKey && onSelect !== undefined) {
      moveTo(place, true);
      return;
    }
    setCursor({ active: place, anchor: place });
    if (event.ctrlKey || event.metaKey || target.closest('.dense-check') !== null) toggle(place);
    else openRow(place);
  };

  const grid = look.kind === 'columns';
  return (
    // oxlint-disable-next-line jsx-a11y/no-static-element-interactions -- its role is one of two, listbox or grid
    <div
      ref={scroller}
      className="dense-list"
      role={grid ? 'grid' : 'listbox'}
      aria-rowcount={grid ? rows.total + 1 : undefined}
      aria-label={label}
      aria-busy={rows.isOutdated ?? false}
      aria-description={words('ui.list.keys')}
      aria-multiselectable={onSelect !== undefined}
      aria-activedescendant={`${listId}-${active}`}
      tabIndex={0}
      onKeyDown={press}
      onClick={point}
    >
      {grid && <DenseListHead columns={look.columns} selectable={onSelect !== undefined} />}
      <div
        className="dense-list-body"
        role={grid ? 'rowgroup' : 'presentation'}
        style={{ height: virtual.getTotalSize() }}
      >
        {shown.map(({ index, start, size }) => {
          const row = rows.rowAt(index);
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
            />
          );
        })}
      </div>
    </div>
  );
}

/** Begins at the open row when it is near the top, as after a reload. */
function startAt<Row>(rows: ListRows<Row>, idOf: (row: Row) => string, openId: string | null): ListCursor {
  for (let place = 0; openId !== null && place < Math.min(rows.total, 100); place += 1) {
    const row = rows.rowAt(place);
    if (row !== undefined && idOf(row) === openId) return { active: place, anchor: place };
  }
  return { active: 0, anchor: 0 };
}

/** A row's height in px under the present text size, in step with rem. */
function useRowPx(rem: number): number {
  const [onePx, setOnePx] = useState(rootPx);
  useEffect(() => {
    const watch = new MutationObserver(() => {
      setOnePx(rootPx());
    });
    watch.observe(document.documentElement, { attributes: true, attributeFilter: ['style'] });
    return () => {
      watch.disconnect();
    };
  }, []);
  return Math.round(rem * onePx);
}
