import type { FieldForm } from './field-order.ts';
import type { Hash } from '../../kernel/public.ts';
import { documentEadPath, filePaths, otherPath, partPath, paths } from './layout.ts';
import type { Package } from './model.ts';
import { printOf, type Print } from './print.ts';
import { documentXml, dossierXml } from './write-ead.ts';
import { packageMets, representationMets, type Software } from './write-mets.ts';
import { packagePremis, representationPremis } from './write-premis.ts';

/** One file of the package: where it lies, what it has to be, and its bytes. */
export type Content = Readonly<{
  path: string;
  size: number;
  hash: Hash;
  /** The name people know it by; null for what the package itself adds. */
  name: string | null;
  open: () => AsyncIterable<Uint8Array> | Iterable<Uint8Array>;
}>;

export type Contents = Readonly<{ files: number; bytes: number; all: () => Generator<Content> }>;

type Made = Readonly<{ form: FieldForm; software: Software }>;

/**
 * Everything a package holds, in its order. What the package adds is made twice, once for its hash and once for its
 * bytes, so that nothing large is ever held: the METS of a large dossier alone takes tens of megabytes.
 */
export function contentsOf(given: Package, { form, software }: Made): Contents {
  const prints = new Map<string, Print>();
  const printAt = (path: string): Print => {
    const print = prints.get(path);
    if (print === undefined) throw new Error(`nothing was made for ${path}`);
    return print;
  };
  const parts = { given, software, printAt };
  const isSubmission = given.kind.startsWith('SIP');
  const isPreserved = given.kind.startsWith('AIP');
  const ead = [given.dossier].flatMap((dossier) =>
    dossier === null ? [] : [made(paths.ead, () => [dossierXml(dossier, form, isSubmission)])],
  );
  const eads = given.parts.map((part, index) =>
    made(partPath(index), () => [dossierXml(part, form, isSubmission)]),
  );
  const premis = isPreserved ? [made(paths.premis, () => packagePremis(given, software))] : [];
  const premisOfFiles = isPreserved
    ? [made(paths.representationPremis, () => representationPremis(given))]
    : [];
  for (const { path, text } of [...ead, ...eads, ...premis, ...premisOfFiles]) {
    prints.set(path, printOf(text()));
  }
  for (const { fields } of given.documents) {
    prints.set(documentEadPath(fields.docId), printOf([documentXml(fields, form)]));
  }
  const mets = [
    made(paths.representationMets, () => representationMets(parts)),
    made(paths.mets, () => packageMets(parts)),
  ];
  for (const { path, text } of mets) prints.set(path, printOf(text()));

  const own = ({ path, text }: MadeText): Content => madeContent(path, text, printAt(path));

  function* all(): Generator<Content> {
    for (const one of [...mets.toReversed(), ...ead, ...eads, ...premis, ...premisOfFiles]) yield own(one);
    for (const document of given.documents) {
      yield own(made(documentEadPath(document.fields.docId), () => [documentXml(document.fields, form)]));
      const places = filePaths(document);
      for (const [place, { size, hash, name, open }] of document.files.entries()) {
        yield { path: places[place] ?? '', size, hash, name, open };
      }
    }
    for (const [index, other] of given.others.entries()) {
      const { size, hash, name, open } = other;
      yield { path: otherPath(other, index), size, hash, name, open };
    }
  }

  return { ...totalOf(given, prints), all };
}

/** A file made of text, each time anew. */
export function madeContent(path: string, text: () => Iterable<string>, print = printOf(text())): Content {
  return { path, ...print, name: null, open: () => bytesOf(text()) };
}

type MadeText = Readonly<{ path: string; text: () => Iterable<string> }>;

function made(path: string, text: () => Iterable<string>): MadeText {
  return { path, text };
}

/** Lines gathered to pieces; a line by itself is not worth the way it goes. */
function* bytesOf(text: Iterable<string>): Generator<Uint8Array> {
  let gathered = '';
  for (const line of text) {
    gathered += line;
    if (gathered.length < 64 * 1024) continue;
    yield Buffer.from(gathered);
    gathered = '';
  }
  if (gathered !== '') yield Buffer.from(gathered);
}

function totalOf({ documents, others }: Package, prints: ReadonlyMap<string, Print>): Omit<Contents, 'all'> {
  let files = 0;
  let bytes = 0;
  const take = ({ size }: Readonly<{ size: number }>): void => {
    files += 1;
    bytes += size;
  };
  for (const print of prints.values()) take(print);
  for (const { files: own } of documents) for (const file of own) take(file);
  for (const other of others) take(other);
  return { files, bytes };
}
