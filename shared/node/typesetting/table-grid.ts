import type { Cell } from '../../drafting/public.ts';

export type TableGrid = Readonly<{
  columns: number;
  /** Rows that are drawn again on every page the table goes on to. */
  head: readonly (readonly Cell[])[];
  rows: readonly (readonly Cell[])[];
}>;

type Placed = Readonly<{ cell: Cell; row: number; column: number }>;

const empty: Cell = { runs: [], colspan: 1, rowspan: 1, header: false };

/** Puts the cells of a table in their places: short rows are filled up, spans end where the table or a neighbour does. */
export function tableGrid(rows: readonly (readonly Cell[])[]): TableGrid {
  const taken = rows.map(() => new Set<number>());
  const placed: Placed[] = [];
  for (const [row, cells] of rows.entries()) {
    let column = 0;
    for (const cell of cells) {
      while (taken[row]?.has(column) === true) column += 1;
      const fitted = fit({ cell, row, column }, taken);
      placed.push({ cell: fitted, row, column });
      occupy({ cell: fitted, row, column }, taken);
      column += fitted.colspan;
    }
  }
  const columns = Math.max(1, ...taken.flatMap((row) => [...row].map((column) => column + 1)));
  for (const row of taken.keys()) {
    for (let column = 0; column < columns; column += 1) {
      if (taken[row]?.has(column) !== true) placed.push({ cell: empty, row, column });
    }
  }
  const inOrder = rows.map((_row, index) =>
    placed
      .filter(({ row }) => row === index)
      .toSorted((a, b) => a.column - b.column)
      .map(({ cell }) => cell),
  );
  const headRows = countHeadRows(inOrder);
  return { columns, head: inOrder.slice(0, headRows), rows: inOrder.slice(headRows) };
}

function fit({ cell, row, column }: Placed, taken: readonly ReadonlySet<number>[]): Cell {
  let colspan = 1;
  while (colspan < cell.colspan && taken[row]?.has(column + colspan) !== true) colspan += 1;
  return { ...cell, colspan, rowspan: Math.min(cell.rowspan, taken.length - row) };
}

function occupy({ cell, row, column }: Placed, taken: readonly Set<number>[]): void {
  for (const below of taken.slice(row, row + cell.rowspan)) {
    for (let across = 0; across < cell.colspan; across += 1) below.add(column + across);
  }
}

/** The first rows that are all head, as far as no cell of theirs reaches into the rows below. */
function countHeadRows(rows: readonly (readonly Cell[])[]): number {
  const first = rows.findIndex((row) => row.some((cell) => !cell.header));
  let count = first === -1 ? rows.length : first;
  const reaches = () => rows.slice(0, count).some((row, at) => row.some((cell) => at + cell.rowspan > count));
  while (count > 0 && reaches()) count -= 1;
  return count;
}
