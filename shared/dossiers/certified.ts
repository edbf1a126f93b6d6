import { hashText, type DocumentId } from '../kernel/public.ts';
import type { OfficialDocument } from '../documents/public.ts';
import type { Finding } from './closing.ts';
import type { Certified, Dossier } from './model.ts';

/** As many places as one warning names; how many more there are, the contents show. */
const mostPlaces = 1000;

type PaperOf = (id: DocumentId) => Pick<OfficialDocument, 'file'> | null;

/** What is put down when a file is closed (NĐ 30 Đ29): what lies in it, bit by bit, and what was said and did not stop it. */
export function certify(one: Dossier, findings: readonly Finding[], paperOf: PaperOf): Certified {
  const places = new Map(one.items.map(({ n }, place) => [n, place + 1]));
  const said = new Map<string, number[]>();
  for (const { refusal, dossier, n } of findings) {
    if (dossier !== one.id) continue;
    const place = n === null ? undefined : places.get(n);
    const known = said.get(refusal.code) ?? [];
    said.set(refusal.code, place === undefined ? known : [...known, place].slice(0, mostPlaces));
  }
  return {
    papers: one.items.length,
    fingerprints: hashText(fingerprintsOf(one, paperOf)),
    warnings: [...said].map(([code, at]) => ({ code, places: at })),
  };
}

/** A line for each paper, as `sha256sum` writes it, with its place for a name: what the certificate's own hash is of. */
export function fingerprintsOf({ items }: Pick<Dossier, 'items'>, paperOf: PaperOf): string {
  return items
    .map(({ document }, place) => `${paperOf(document)?.file?.hash ?? '-'}  ${place + 1}\n`)
    .join('');
}
