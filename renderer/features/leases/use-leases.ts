import { useQuery } from '@tanstack/react-query';
import type { OutLease } from '#shared/sync/public.ts';
import type { Leasing } from '#shared/directory/public.ts';
import type { DeviceId } from '#shared/kernel/public.ts';
import { core } from '../../app/client.ts';
import { useMoment } from '../../ui/moment-context.tsx';
import { useWords } from '../../ui/use-words.ts';
import { useMe } from '../session/public.ts';

export const leasesKey = ['sync', 'leases'];

export type Leases = Readonly<{
  /** Null where clerks' desks hold no blocks of numbers. */
  leasing: Leasing | null;
  device: DeviceId | null;
  leases: readonly OutLease[];
  bookName: (book: string) => string;
  /** The registers that may have a block out, and have none. */
  free: readonly Readonly<{ value: string; label: string }>[];
}>;

/** Which blocks of numbers are out, and whether there may be more. */
export function useLeases(): Leases {
  const words = useWords();
  const { agency, has } = useMe();
  const { data } = useQuery({
    queryKey: leasesKey,
    queryFn: () => core.sync.leases({}),
    enabled: has('clerk') || has('administrator'),
  });
  const books = [
    { value: 'arrivals', label: words('registers.arrivals') },
    ...(agency?.books ?? []).map(({ id, name }) => ({ value: id, label: name })),
  ];
  const leases = data?.leases ?? [];
  return {
    leasing: data?.leasing ?? null,
    device: data?.device ?? null,
    leases,
    bookName: (book) => books.find(({ value }) => value === book)?.label ?? book,
    free: books.filter(({ value }) => !leases.some(({ book }) => book === value)),
  };
}

/** The block this desk gives numbers of a register from now: how many are left, and which is next. */
export function useOwnBlock(book: string | null): Readonly<{ left: number; next: number }> | null {
  const { now } = useMoment();
  const own = useLeases().leases.find((lease) => lease.isThis && lease.book === book);
  if (own === undefined || own.returning || now > own.until) return null;
  return own.left === null || own.next === null ? null : { left: own.left, next: own.next };
}
