import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { core } from '../../app/client.ts';
import type { ListRows } from '../../ui/use-list-rows.ts';
import { directoryKey } from './names.ts';

/** Rows of the directory as a list takes them; all are at hand once the directory has been read. */
export function useRowsAtHand<Row>(found: readonly Row[]): ListRows<Row> {
  const asked = useQuery({ queryKey: directoryKey, queryFn: () => core.directory.overview({}) });
  const { isSuccess, isError, error, refetch } = asked;
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
        void refetch();
      },
    };
  }, [found, isSuccess, isError, error, refetch]);
}
