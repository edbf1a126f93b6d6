import { useMemo } from 'react';
import type { ListRows } from './use-list-rows.ts';

/** How the asking went for rows that come all at once. */
type Asked = Readonly<{ isSuccess: boolean; isError: boolean; error: unknown; refetch: () => unknown }>;

/** Rows as a list takes them where all of them are at hand once they were asked for. */
export function useRowsAtHand<Row>(
  found: readonly Row[],
  { isSuccess, isError, error, refetch }: Asked,
): ListRows<Row> {
  return useMemo(() => {
    const failed = isError ? 'failed' : 'loading';
    return {
      state: isSuccess ? 'ready' : failed,
      error,
      total: found.length,
      rowAt: (index) => found[index],
      show: () => undefined, // all are at hand already
      take: (first, last) => Promise.resolve(found.slice(first, last + 1)),
      retry: () => {
        refetch();
      },
    };
  }, [found, isSuccess, isError, error, refetch]);
}
