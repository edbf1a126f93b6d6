import { dayOf } from '../../kernel/public.ts';
import { madeContent, type Content, type Contents } from './contents.ts';
import { objectIdOf } from './layout.ts';
import type { Package } from './model.ts';
import type { Software } from './write-mets.ts';

/** The package as the payload of a bag (RFC 8493), which `sha256sum -c manifest-sha256.txt` checks. */
export function bagOf(payload: Contents, given: Package, software: Software): Contents {
  const tags = [
    madeContent('bagit.txt', () => ['BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n']),
    madeContent('bag-info.txt', () => [infoOf(payload, given, software)]),
    madeContent('manifest-sha256.txt', () => manifestOf(payload)),
  ];
  const lines = tags.map(({ path, hash }) => `${hash}  ${path}\n`);
  const all = [...tags, madeContent('tagmanifest-sha256.txt', () => lines)];
  return {
    files: payload.files + all.length,
    bytes: all.reduce((sum, { size }) => sum + size, payload.bytes),
    *all() {
      yield* all;
      for (const content of payload.all()) {
        yield { ...content, path: `data/${content.path}` } satisfies Content;
      }
    },
  };
}

function* manifestOf({ all }: Contents): Generator<string> {
  for (const { path, hash } of all()) yield `${hash}  data/${path}\n`;
}

function infoOf({ files, bytes }: Contents, given: Package, { name, version }: Software): string {
  const told = [
    ['Source-Organization', given.agency.name],
    ['Organization-Identifier', given.agency.code],
    ['External-Description', given.dossier?.title ?? given.agency.name],
    ['External-Identifier', objectIdOf(given)],
    ['Bagging-Date', dayOf(given.createdAt)],
    ['Bag-Software-Agent', `${name} ${version}`],
    ['Payload-Oxum', `${bytes}.${files}`],
  ] as const;
  // A line that begins with a space would go on the one before it.
  return told.map(([label, value]) => `${label}: ${value.replaceAll(/\s+/g, ' ')}\n`).join('');
}
