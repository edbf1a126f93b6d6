import type { QueryClient } from '@tanstack/react-query';
import type { DocumentId } from '#shared/kernel/public.ts';
import { core } from '../../app/client.ts';

const lookAt = 200;

/** The paper to register after this one: the next one down the list, else the first that is left; null when none is. */
export async function nextArrival(client: QueryClient, after: DocumentId): Promise<DocumentId | null> {
  const before = client.getQueryData<readonly DocumentId[]>(arrivalsKey) ?? [];
  const left = await arrivalsNow();
  client.setQueryData(arrivalsKey, left);
  const isLeft = (id: DocumentId): boolean => id !== after && left.includes(id);
  const below = before.slice(before.indexOf(after) + 1).find(isLeft);
  return below ?? left.find(isLeft) ?? null;
}

/** Remembers the order in which the papers stand now, so that registering goes down the list. */
export async function rememberArrivals(client: QueryClient): Promise<void> {
  client.setQueryData(arrivalsKey, await arrivalsNow());
}

const arrivalsKey = ['unsent', 'arrivals'];

async function arrivalsNow(): Promise<readonly DocumentId[]> {
  const { rows } = await core.documents.incoming({
    offset: 0,
    limit: lookAt,
    states: ['arrived'],
    year: null,
    text: '',
  });
  return rows.map(({ id }) => id);
}
