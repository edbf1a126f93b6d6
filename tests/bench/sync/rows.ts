/** What a figure has to be, as `sync.md` 5 says: at most, or at least. */
export type Gate = Readonly<{ most: number } | { least: number }>;

export type SyncRow = Readonly<{
  /** Its number in the table of target figures; null for what stands beside it, such as a physical limit. */
  row: number | null;
  name: string;
  value: number;
  unit: 'ms' | 's' | '/s' | 'B' | 'KiB' | 'MiB' | 'x' | '%';
  gate: Gate | null;
}>;

export function limit(name: string, value: number, unit: SyncRow['unit']): SyncRow {
  return { row: null, name, value, unit, gate: null };
}

export function isMet({ value, gate }: SyncRow): boolean {
  if (gate === null) return true;
  return 'most' in gate ? value <= gate.most : value >= gate.least;
}

/** One line for people: the figure, what it has to be, and whether it is. */
export function lineOf(figure: SyncRow): string {
  const { row, name, value, unit, gate } = figure;
  const number = row === null ? '' : String(row);
  const wanted =
    gate === null
      ? ''
      : 'most' in gate
        ? `<= ${shown(gate.most)} ${unit}`
        : `>= ${shown(gate.least)} ${unit}`;
  const verdict = gate === null ? '' : isMet(figure) ? 'ok' : 'MISSED';
  return `${number.padStart(3)}  ${name.padEnd(72)} ${`${shown(value)} ${unit}`.padStart(14)}  ${wanted.padEnd(14)} ${verdict}`.trimEnd();
}

function shown(value: number): string {
  const digits = Math.abs(value) >= 100 ? 0 : Math.abs(value) >= 10 ? 1 : 2;
  return value.toLocaleString('en', { minimumFractionDigits: digits, maximumFractionDigits: digits });
}

/** The value below which `share` of a hundred lie. */
export function atShare(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}
