import { basename } from 'node:path';
import { checkHead, openDocumentCheck } from './consistency.ts';
import { documentElements, dossierElements, type FieldForm } from './field-order.ts';
import { openFindings, type Finding, type Findings } from './findings.ts';
import { folderOf, objectIdOf, paths } from './layout.ts';
import { usualLimits, type Limits } from './limits.ts';
import { DocumentFieldsSchema, DossierSchema, type Package } from './model.ts';
import { assemble, kindOf, type Pieces } from './assemble.ts';
import { openBag } from './read-bag.ts';
import { openFields } from './read-ead.ts';
import { readFile } from './read-file.ts';
import { openMets, type Described, type Mets, type Reference } from './read-mets.ts';
import { openPremis, type PreservedFile } from './read-premis.ts';
import { openSource, type Source } from './source.ts';
import type { FieldValue } from './wire.ts';
import { openXml, type XmlReader } from './xml-reader.ts';

export type InspectSettings = Readonly<{ form?: FieldForm; limits?: Limits }>;

/** What a package says, with its bytes to be read from where they lie until it is closed. */
export type ReadPackage = Readonly<{
  findings: readonly Finding[];
  /** Null where too much is missing for it to say anything. */
  package: Package | null;
  close: () => void;
}>;

/** Reads a package, in a ZIP or a folder, and checks all of it: nothing is unpacked, every file is read once. */
export async function readPackage(path: string, settings: InspectSettings = {}): Promise<ReadPackage> {
  const { form = 'schemas', limits = usualLimits } = settings;
  const findings = openFindings(limits.mostFindings);
  const source = await openSource({ path, limits, findings });
  if (source === null) return { findings: findings.all(), package: null, close: () => undefined };
  const bag = await openBag({ source, limits, findings });
  const held = bag?.payload ?? source;
  const base = baseOf(held, basename(path), findings);
  const read = base === null ? null : await inspect({ source: held, form, limits, findings, ...base });
  await bag?.readRest();
  checkFolder(read, bag?.folder ?? base?.folder ?? null, findings);
  return { findings: findings.all(), package: read, close: source.close };
}

export async function validatePackage(
  path: string,
  settings: InspectSettings = {},
): Promise<readonly Finding[]> {
  const { findings, close } = await readPackage(path, settings);
  close();
  return findings;
}

/** The folder is named after the package, so that two of them never lie in one place. */
function checkFolder(read: Package | null, folder: string | null, findings: Findings): void {
  if (read === null || folder === null) return;
  const wanted = folderOf(objectIdOf(read));
  if (folder !== wanted) findings.add('folder-name', folder, { wanted });
}

type Base = Readonly<{ base: string; folder: string | null }>;

type Stage = Base & Readonly<{ source: Source; form: FieldForm; limits: Limits; findings: Findings }>;

/** The one folder everything lies in, or the place itself. */
function baseOf({ entries }: Source, name: string, findings: Findings): Base | null {
  if (entries.has(paths.mets)) return { base: '', folder: null };
  const tops = new Set([...entries.keys()].map((path) => path.slice(0, path.indexOf('/') + 1)));
  const [top] = [...tops].filter((one) => one !== '' && entries.has(`${one}${paths.mets}`));
  if (top === undefined) {
    findings.add('mets-missing', name);
    return null;
  }
  for (const path of entries.keys()) if (!path.startsWith(top)) findings.add('outside-folder', path);
  return { base: top, folder: top.slice(0, -1) };
}

async function inspect(stage: Stage): Promise<Package | null> {
  const { source, base, findings } = stage;
  const root = await readMets(stage, paths.mets, null);
  if (root === null) return null;
  const expected = new Map<string, Reference>();
  const expect = (one: Reference): void => {
    if (one.path === '') return;
    if (expected.has(one.path) || one.path === paths.mets) findings.add('file-listed-twice', one.path);
    expected.set(one.path, one);
  };
  for (const one of [...root.described, ...root.files]) expect(one);
  const representations: Mets[] = [];
  const read = new Set([paths.mets as string]);
  for (const path of root.pointers) {
    const one = expected.get(path);
    if (one === undefined) findings.add('mets-link', `${paths.mets}#mptr`, { href: path });
    if (read.has(path) || !source.entries.has(base + path)) continue;
    read.add(path);
    const mets = await readMets(stage, path, one ?? null);
    if (mets === null) continue;
    representations.push(mets);
    for (const more of [...mets.described, ...mets.files]) expect(more);
  }
  for (const path of expected.keys()) {
    if (!source.entries.has(base + path)) findings.add('file-missing', path);
  }
  const pieces = await readContents(stage, { root, representations, expected, read });
  checkPremis(pieces, expected, findings);
  const found = assemble(pieces, findings);
  if (found === null) return null;
  const { documents, others: _, ...head } = found;
  const count = representations.reduce((sum, { divisions }) => sum + divisions.length, 0);
  checkHead(head, count, findings);
  const check = openDocumentCheck(head, findings);
  for (const document of documents) check(document);
  return found;
}

async function readMets(stage: Stage, path: string, expected: Reference | null): Promise<Mets | null> {
  const { source, base, findings, limits } = stage;
  const entry = source.entries.get(base + path);
  if (entry === undefined) return null;
  const mets = openMets({ path, findings });
  await readFile({
    path,
    entry,
    expected,
    reader: openXml(mets.handler, limits, limits.mostXmlBytes),
    findings,
  });
  return mets.end();
}

type Listed = Readonly<{
  root: Mets;
  representations: readonly Mets[];
  expected: ReadonlyMap<string, Reference>;
  read: ReadonlySet<string>;
}>;

type Reading = Readonly<{ reader: XmlReader; end: () => void }>;

/** In the order they lie in, so that a disk reads on and on. */
async function readContents(
  stage: Stage,
  { root, representations, expected, read }: Listed,
): Promise<Pieces> {
  const { source, base, findings, form, limits } = stage;
  const fields = new Map<string, ReadonlyMap<string, FieldValue>>();
  const events: Package['events'] = [];
  const preserved: PreservedFile[] = [];
  const premis: string[] = [];
  const kind = kindOf(root);
  const dossiers = new Set(root.described.filter(isFields).map(({ path }) => path));
  const documents = new Set(
    representations.flatMap(({ described }) => described.filter(isFields)).map(({ path }) => path),
  );
  for (const { of, path } of [root, ...representations].flatMap(({ described }) => described)) {
    if (of === 'PREMIS') premis.push(path);
  }
  const readingOf = (path: string): Reading | null => {
    const isDocument = documents.has(path);
    if (isDocument || dossiers.has(path)) {
      const elements = isDocument
        ? documentElements(form)
        : dossierElements(form, kind?.startsWith('SIP') ?? true);
      const shape = isDocument ? DocumentFieldsSchema.shape : DossierSchema.shape;
      const { handler, end } = openFields({ path, findings, elements, shape });
      return { reader: openXml(handler, limits, limits.mostFieldsBytes), end: () => fields.set(path, end()) };
    }
    if (!premis.includes(path)) return null;
    const { handler, end } = openPremis({ path, findings });
    const keep = (): void => {
      const found = end();
      events.push(...found.events);
      for (const file of found.files) preserved.push(file);
    };
    return { reader: openXml(handler, limits, limits.mostXmlBytes), end: keep };
  };
  for (const [whole, entry] of source.entries) {
    if (!whole.startsWith(base)) continue;
    const path = whole.slice(base.length);
    if (read.has(path)) continue;
    const one = expected.get(path);
    if (one === undefined) {
      findings.add('file-unlisted', path);
      continue;
    }
    const reading = readingOf(path);
    const reader = reading?.reader ?? null;
    if (await readFile({ path, entry, expected: one, reader, findings })) reading?.end();
  }
  return {
    root,
    representations,
    fields,
    events,
    preserved,
    premis,
    entryAt: (path) => source.entries.get(base + path),
  };
}

function isFields({ of, path }: Described): boolean {
  return of !== 'PREMIS' && path !== '';
}

/** What PREMIS says of a file is what METS says of it. */
function checkPremis(
  { root, representations, premis, preserved }: Pieces,
  expected: ReadonlyMap<string, Reference>,
  findings: Findings,
): void {
  const isPreserved = kindOf(root)?.startsWith('AIP') ?? false;
  if (!isPreserved) {
    for (const path of premis) findings.add('premis-unexpected', path);
    return;
  }
  for (const path of [paths.premis, paths.representationPremis]) {
    if (!premis.includes(path)) findings.add('premis-missing', path);
  }
  const told = new Set<string>();
  for (const { path, hash, size } of preserved) {
    told.add(path);
    const one = expected.get(path);
    if (one === undefined || one.hash !== hash.toLowerCase() || String(one.size) !== size) {
      findings.add('premis-differs', path);
    }
  }
  for (const { files } of representations) {
    for (const { path } of files) {
      if (path !== '' && !told.has(path)) findings.add('premis-file-missing', path);
    }
  }
}
