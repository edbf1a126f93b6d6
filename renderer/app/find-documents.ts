import type { Role } from '#shared/directory/public.ts';
import { searchFor } from '../features/search/public.ts';
import type { Finding } from '../ui/command-palette.tsx';
import type { Words } from '../ui/words.ts';
import { core } from './client.ts';
import { mayOpen, type Feature } from './feature.ts';
import { pathTo } from './paths.ts';

const shownAtMost = 8;

type Office = Readonly<{
  features: readonly Feature[];
  roles: readonly Role[];
  go: (to: string) => void;
  words: Words;
}>;

/** The documents that answer typed words, as things the palette can go to; last, the page that shows them all. */
export async function findDocuments(
  typed: string,
  { features, roles, go, words }: Office,
): Promise<readonly Finding[]> {
  const { hits } = await core.search.find({ words: typed.slice(0, 200), offset: 0, limit: shownAtMost });
  const found = hits.map(({ document, excerpt }) => {
    const place = features.find(
      (one) => one.place === document.direction && one.rail !== undefined && mayOpen(one, roles),
    );
    const { id, notation, subject, issuer } = document;
    return {
      id,
      label: [notation, subject].filter((part) => part !== '').join('  '),
      note: excerpt.found === '' ? issuer : `… ${excerpt.before}${excerpt.found}${excerpt.after} …`,
      run: () => {
        // Whoever has no place of that direction reads it where it was found.
        go(place === undefined ? searchFor(typed, id) : pathTo(place.path, { id }));
      },
    };
  });
  if (found.length === 0) return [];
  const all = {
    id: 'all',
    label: words('search.all', { typed }),
    run: () => {
      go(searchFor(typed));
    },
  };
  return [...found, all];
}
