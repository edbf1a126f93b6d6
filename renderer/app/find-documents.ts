import type { Finding } from '../ui/command-palette.tsx';
import { core } from './client.ts';
import type { Feature } from './feature.ts';
import { pathTo } from './paths.ts';

const shownAtMost = 8;

/** The documents that answer typed words, as things the palette can go to. */
export async function findDocuments(
  typed: string,
  features: readonly Feature[],
  go: (to: string) => void,
): Promise<readonly Finding[]> {
  const { hits } = await core.search.find({ words: typed.slice(0, 200), offset: 0, limit: shownAtMost });
  return hits.flatMap(({ document }) => {
    const place = features.find(({ place, rail }) => place === document.direction && rail !== undefined);
    if (place === undefined) return [];
    const { id, notation, subject, issuer } = document;
    return [
      {
        id,
        label: [notation, subject].filter((part) => part !== '').join('  '),
        note: issuer,
        run: () => {
          go(pathTo(place.path, { id }));
        },
      },
    ];
  });
}
