import { keepPreviousData, useQueries, useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';

/** A stretch of a list, and how many rows there are in all. */
export type RowWindow<Row> = Readonly<{ rows: readonly Row[]; total: number }>;

export type ListRows<Row> = Readonly<{
  state: 'loading' | 'failed' | 'ready';
  error: unknown;
  total: number;
  /** The rows are those of the question before, until the answer to the new one has come. */
  isOutdated?: boolean;
  /** A row that is there, or undefined while its stretch is on the way. */
  rowAt: (index: number) => Row | undefined;
  /** Says which rows are in view; only their stretches are fetched. */
  show: (first: number, last: number) => void;
  /** Fetches rows that need not be in view, for a selection. */
  take: (first: number, last: number) => Promise<readonly Row[]>;
  retry: () => void;
}>;

const stretch = 100;

/**
 * Rows of a list of any length, fetched a stretch at a time as they come into view. Invalidating `queryKey` renews what
 * is in view while the old rows stay in place.
 */
export function useListRows<Row>(
  queryKey: readonly unknown[],
  fetchWindow: (window: Readonly<{ offset: number; limit: number }>) => Promise<RowWindow<Row>>,
): ListRows<Row> {
  const client = useQueryClient();
  const [inView, setInView] = useState<readonly number[]>([]);
  const fetchLatest = useRef(fetchWindow);
  useEffect(() => {
    fetchLatest.current = fetchWindow;
  });
  const listKey = JSON.stringify(queryKey);
  const stretchQuery = useCallback(
    (page: number) => ({
      queryKey: [...(JSON.parse(listKey) as unknown[]), 'rows', page], // the key again, of the same identity while it is the same
      queryFn: () => fetchLatest.current({ offset: page * stretch, limit: stretch }),
    }),
    [listKey],
  );
  const head = useQuery({ ...stretchQuery(0), placeholderData: keepPreviousData });
  const pages = useMemo(() => inView.filter((page) => page > 0), [inView]);
  const others = useQueries({ queries: pages.map(stretchQuery), combine: windowsOf<Row> });

  const rowAt = useCallback(
    (index: number): Row | undefined => {
      const page = Math.floor(index / stretch);
      const shown = page === 0 ? head.data : others[pages.indexOf(page)];
      const window = shown ?? client.getQueryData<RowWindow<Row>>(stretchQuery(page).queryKey);
      return window?.rows[index - page * stretch];
    },
    [client, stretchQuery, head.data, others, pages],
  );
  const show = useCallback((first: number, last: number) => {
    const pages = pagesOf(first, last);
    setInView((known) => (known.join() === pages.join() ? known : pages));
  }, []);
  const take = useCallback(
    async (first: number, last: number): Promise<readonly Row[]> => {
      const windows = await Promise.all(
        pagesOf(first, last).map((page) => client.ensureQueryData(stretchQuery(page))),
      );
      const from = Math.floor(first / stretch) * stretch;
      return windows.flatMap((window) => window.rows).slice(first - from, last - from + 1);
    },
    [client, stretchQuery],
  );

  return useMemo(
    () => ({
      state: loadState(head.data !== undefined, head.isError),
      error: head.error,
      total: head.data?.total ?? 0,
      isOutdated: head.isPlaceholderData,
      rowAt,
      show,
      take,
      retry: () => {
        void head.refetch();
      },
    }),
    [head, rowAt, show, take],
  );
}

function windowsOf<Row>(
  results: readonly Readonly<{ data: RowWindow<Row> | undefined }>[],
): readonly (RowWindow<Row> | undefined)[] {
  return results.map((result) => result.data);
}

function pagesOf(first: number, last: number): readonly number[] {
  const from = Math.floor(Math.max(0, first) / stretch);
  const to = Math.floor(Math.max(0, last) / stretch);
  return Array.from({ length: to - from + 1 }, (_, place) => from + place);
}

function loadState(hasRows: boolean, isError: boolean): 'loading' | 'failed' | 'ready' {
  if (hasRows) return 'ready';
  return isError ? 'failed' : 'loading';
}
