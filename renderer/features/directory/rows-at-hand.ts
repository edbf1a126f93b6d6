import { useQuery } from '@tanstack/react-query';
import { core } from '../../app/client.ts';
import { useRowsAtHand } from '../../ui/rows-at-hand.ts';
import type { ListRows } from '../../ui/use-list-rows.ts';
import { directoryKey } from './names.ts';

/** Rows of the directory as a list takes them; all are at hand once the directory has been read. */
export function useDirectoryRows<Row>(found: readonly Row[]): ListRows<Row> {
  const asked = useQuery({ queryKey: directoryKey, queryFn: () => core.directory.overview({}) });
  return useRowsAtHand(found, asked);
}
