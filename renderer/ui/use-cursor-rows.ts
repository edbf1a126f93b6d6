import { useQuery } from '@tanstack/react-query';
import { useCallback, useEffect, useRef, useState } from 'react';

export type Page<Row> = Readonly<{ rows: readonly Row[]; next: string | null; total: number }>;

export type CursorRows<Row> = Readonly<{
  state: 'loading' | 'failed' | 'ready';
  error: unknown;
  total: number;
  rows: readonly Row[];
  /** Asks that the rows up to this index be there; fetches page after page until they are. */
  reach: (index: number) => void;
  retry: () => void;
}>;

type Loaded<Row> = Readonly<{ list: string; rows: readonly Row[]; next: string | null; total: number }>;

/**
 * Rows of a long list, fetched by cursor as they come into view. The first page is a query under `queryKey`: invalidating
 * it renews the whole list up to where it is being read, while the old rows stay in place.
 */
export function useCursorRows<Row>(
  queryKey: readonly unknown[],
  fetchPage: (cursor: string | null) => Promise<Page<Row>>,
): CursorRows<Row> {
  const list = JSON.stringify(queryKey);
  const first = useQuery({ queryKey: [...queryKey, 'rows'], queryFn: () => fetchPage(null) });
  const [shown, setShown] = useState<Loaded<Row> | null>(null);
  const latest = useRef<Loaded<Row> | null>(null);
  const reading = useRef({ list, wanted: 0, round: 0, busy: false });
  const fetchLatest = useRef(fetchPage);
  useEffect(() => {
    fetchLatest.current = fetchPage;
  });

  const show = useCallback((loaded: Loaded<Row>) => {
    latest.current = loaded;
    setShown(loaded);
  }, []);

  const fill = useCallback(
    async (start: Loaded<Row>): Promise<void> => {
      const round = (reading.current.round += 1);
      reading.current.busy = true;
      try {
        let loaded = start;
        while (loaded.next !== null && loaded.rows.length <= reading.current.wanted) {
          const page = await fetchLatest.current(loaded.next);
          if (round !== reading.current.round) return;
          loaded = { list: start.list, rows: [...loaded.rows, ...page.rows], next: page.next, total: page.total };
          // While renewing, the old rows stay until the new ones reach as far.
          if (latest.current?.list !== start.list || loaded.rows.length >= latest.current.rows.length) show(loaded);
        }
        if (round === reading.current.round) show(loaded);
      } finally {
        if (round === reading.current.round) reading.current.busy = false;
      }
    },
    [show],
  );

  useEffect(() => {
    if (reading.current.list !== list) reading.current = { ...reading.current, list, wanted: 0 };
    if (first.data === undefined) return;
    // A page that cannot be had leaves its rows blank; the next scroll asks again.
    fill({ list, ...first.data }).catch(() => undefined);
  }, [list, first.data, first.dataUpdatedAt, fill]);

  const reach = useCallback(
    (index: number) => {
      reading.current.wanted = Math.max(index, reading.current.wanted);
      const loaded = latest.current;
      if (loaded === null || reading.current.busy || loaded.next === null || loaded.rows.length > index) return;
      fill(loaded).catch(() => undefined);
    },
    [fill],
  );

  const current = shown?.list === list ? shown : first.data;
  return {
    state: loadState(current !== undefined, first.isError),
    error: first.error,
    total: current?.total ?? 0,
    rows: current?.rows ?? [],
    reach,
    retry: () => {
      void first.refetch();
    },
  };
}

function loadState(hasRows: boolean, isError: boolean): 'loading' | 'failed' | 'ready' {
  if (hasRows) return 'ready';
  return isError ? 'failed' : 'loading';
}
