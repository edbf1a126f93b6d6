/** Reads `1, 3-5` as pages in order, each once; null when it says none, or something else. */
export function readPages(said: string, total: number): readonly number[] | null {
  const pages = new Set<number>();
  for (const part of said.split(/[,;]/u).map((one) => one.trim())) {
    const range = /^(?<from>\d{1,5})(?:\s*[-–]\s*(?<to>\d{1,5}))?$/u.exec(part)?.groups;
    if (range === undefined) return null;
    const from = Number(range['from']);
    const to = Number(range['to'] ?? range['from']);
    if (from < 1 || to < from || to > total) return null;
    for (let page = from; page <= to; page++) pages.add(page);
  }
  return [...pages].toSorted((a, b) => a - b);
}

/** Pages as people write them: `1, 3-5`. */
export function sayPages(pages: readonly number[]): string {
  const runs: [number, number][] = [];
  for (const page of pages) {
    const last = runs.at(-1);
    if (last !== undefined && last[1] === page - 1) last[1] = page;
    else runs.push([page, page]);
  }
  return runs.map(([from, to]) => (from === to ? `${from}` : `${from}-${to}`)).join(', ');
}
