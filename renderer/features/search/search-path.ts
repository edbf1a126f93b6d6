import { pathTo } from '../../app/paths.ts';

export const searchPath = '/tim/:id?';

/** The address that shows what answers these words, with one paper open. */
export function searchFor(typed: string, id: string | null = null): string {
  return `${pathTo(searchPath, id === null ? {} : { id })}?q=${encodeURIComponent(typed)}`;
}
