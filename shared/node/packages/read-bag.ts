import { createHash } from 'node:crypto';
import type { Findings } from './findings.ts';
import type { Limits } from './limits.ts';
import { faultInPath, openClashCheck } from './path-check.ts';
import type { Source, SourceEntry } from './source.ts';

/** A bag's payload, each file of which is held against the manifests when it is read. */
export type Bag = Readonly<{
  payload: Source;
  folder: string | null;
  /** Reads what nobody has read, since a bag vouches for all it holds. */
  readRest: () => Promise<void>;
}>;

type Parts = Readonly<{ source: Source; limits: Limits; findings: Findings }>;

/** Null where it is no bag. What RFC 8493 asks is told; checksums are SHA-256 or SHA-512. */
export async function openBag(parts: Parts): Promise<Bag | null> {
  const { source, findings } = parts;
  const base = baseOf(source);
  if (base === null) return null;
  await checkVersion(base, parts);
  if (source.entries.has(`${base}fetch.txt`)) findings.add('bag-fetch', 'fetch.txt');
  const payload = new Map<string, SourceEntry>();
  const waiting = new Set<string>();
  for (const path of source.entries.keys()) {
    if (path.startsWith(`${base}data/`)) waiting.add(path);
    else if (!path.startsWith(base)) findings.add('outside-folder', path);
  }
  const told = await readManifests('manifest', base, parts);
  if (told.size === 0) findings.add('bag-manifest-missing', 'manifest-sha256.txt');
  for (const path of waiting) {
    const entry = source.entries.get(path);
    const inBag = path.slice(base.length);
    const sums = [...told.values()].map((manifest) => manifest.get(inBag));
    if (told.size > 0 && sums.includes(undefined)) findings.add('bag-file-unlisted', inBag);
    if (entry === undefined) continue;
    const watched = watch(inBag, entry, { sums, findings, read: () => waiting.delete(path) });
    payload.set(inBag.slice('data/'.length), watched);
  }
  for (const manifest of told.values()) {
    for (const path of manifest.keys()) {
      if (!source.entries.has(base + path)) findings.add('bag-file-missing', path);
    }
  }
  await checkTags(base, parts);
  await checkInfo(base, payload, parts);
  return {
    payload: { entries: payload, close: source.close },
    folder: base === '' ? null : base.slice(0, -1),
    readRest: async () => {
      for (const [path, entry] of payload) {
        if (waiting.has(`${base}data/${path}`)) await readAway(path, entry, findings);
      }
    },
  };
}

const declared = 'bagit.txt';
const algorithms = ['sha256', 'sha512'] as const;
type Sum = Readonly<{ algorithm: (typeof algorithms)[number]; sum: string }>;

function baseOf({ entries }: Source): string | null {
  if (entries.has(declared)) return '';
  for (const path of entries.keys()) {
    const [top, name, ...more] = path.split('/');
    if (name === declared && more.length === 0) return `${top}/`;
  }
  return null;
}

async function checkVersion(base: string, { source, findings, limits }: Parts): Promise<void> {
  const lines: string[] = [];
  for await (const line of linesOf(source.entries.get(base + declared), declared, { findings, limits })) {
    lines.push(line);
    if (lines.length > 2) break;
  }
  const isKnown =
    /^BagIt-Version: (?:0\.97|1\.0)$/.test(lines[0] ?? '') &&
    lines[1] === 'Tag-File-Character-Encoding: UTF-8' &&
    lines.length === 2;
  if (!isKnown) findings.add('bag-version', declared);
}

/** By algorithm, the checksum of each path. */
async function readManifests(
  kind: 'manifest' | 'tagmanifest',
  base: string,
  { source, findings, limits }: Parts,
): Promise<ReadonlyMap<string, ReadonlyMap<string, Sum>>> {
  const told = new Map<string, Map<string, Sum>>();
  for (const [path, entry] of source.entries) {
    const [, name] = new RegExp(`^${kind}-([a-z0-9-]+)\\.txt$`).exec(path.slice(base.length)) ?? [];
    if (!path.startsWith(base) || name === undefined) continue;
    const where = path.slice(base.length);
    const algorithm = algorithms.find((known) => known === name);
    if (algorithm === undefined) {
      findings.add('bag-algorithm', where, { name });
      continue;
    }
    const clashes = openClashCheck(findings);
    const sums = new Map<string, Sum>();
    for await (const line of linesOf(entry, where, { findings, limits })) {
      const [, sum, written] = /^([0-9a-fA-F]+)[ \t]+\*?(.+)$/.exec(line) ?? [];
      if (sum === undefined || written === undefined) {
        findings.add('bag-line', where, { line: line.slice(0, 100) });
        continue;
      }
      const listed = decoded(written);
      const isPayload = listed.startsWith('data/');
      if (faultInPath(listed) !== null || listed.startsWith('~') || isPayload !== (kind === 'manifest')) {
        findings.add('bag-path', where, { path: listed.slice(0, 200) });
        continue;
      }
      clashes.add(listed);
      sums.set(listed, { algorithm, sum: sum.toLowerCase() });
    }
    told.set(algorithm, sums);
  }
  return told;
}

/** RFC 8493 2.1.3: three characters are written by their code. */
function decoded(path: string): string {
  return path.replaceAll(/%(?:0A|0D|25)/gi, (code) => decodeURIComponent(code));
}

async function checkTags(base: string, parts: Parts): Promise<void> {
  const { source, findings } = parts;
  for (const manifest of (await readManifests('tagmanifest', base, parts)).values()) {
    for (const [path, sum] of manifest) {
      const entry = source.entries.get(base + path);
      if (entry === undefined) findings.add('bag-file-missing', path);
      else {
        const watched = watch(path, entry, { sums: [sum], findings, read: () => true });
        await readAway(path, watched, findings);
      }
    }
  }
}

/** `Payload-Oxum`: how many bytes in how many files. */
async function checkInfo(
  base: string,
  payload: ReadonlyMap<string, SourceEntry>,
  { source, findings, limits }: Parts,
): Promise<void> {
  const path = 'bag-info.txt';
  const entry = source.entries.get(base + path);
  if (entry === undefined) return;
  for await (const line of linesOf(entry, path, { findings, limits })) {
    const [, said] = /^Payload-Oxum:\s*(\S+)/i.exec(line) ?? [];
    if (said === undefined) continue;
    const bytes = [...payload.values()].reduce((sum, { size }) => sum + size, 0);
    const found = `${bytes}.${payload.size}`;
    if (said !== found) findings.add('bag-oxum', path, { said: said.slice(0, 40), found });
  }
}

type Watching = Readonly<{ sums: readonly (Sum | undefined)[]; findings: Findings; read: () => boolean }>;

function watch(path: string, { size, open }: SourceEntry, { sums, findings, read }: Watching): SourceEntry {
  return {
    size,
    async *open() {
      const isFirst = read();
      const running = sums.flatMap((one) =>
        one === undefined ? [] : [{ hash: createHash(one.algorithm), sum: one.sum }],
      );
      for await (const piece of open()) {
        for (const { hash } of running) hash.update(piece);
        yield piece;
      }
      for (const { hash, sum } of running) {
        if (hash.digest('hex') !== sum && isFirst) findings.add('bag-hash', path);
      }
    },
  };
}

async function readAway(path: string, { open }: SourceEntry, findings: Findings): Promise<void> {
  try {
    for await (const piece of open()) void piece;
  } catch {
    findings.add('unreadable', path);
  }
}

const longestLine = 8192;

/** A tag file's lines; bytes that are no UTF-8 and lines without end are told and end it. */
async function* linesOf(
  entry: SourceEntry | undefined,
  path: string,
  { findings, limits }: Pick<Parts, 'findings' | 'limits'>,
): AsyncGenerator<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  let rest = '';
  let bytes = 0;
  if (entry === undefined) return;
  try {
    for await (const piece of entry.open()) {
      bytes += piece.length;
      const lines = (rest + decoder.decode(piece, { stream: true })).split(/\r\n|\n|\r(?!$)/);
      rest = lines.pop() ?? '';
      yield* lines.filter((line) => line !== '');
      if (rest.length > longestLine || bytes > limits.mostXmlBytes) {
        findings.add('bag-line', path, { line: rest.slice(0, 100) });
        return;
      }
    }
    const last = rest + decoder.decode();
    if (last !== '') yield last.replace(/\r$/, '');
  } catch {
    findings.add('unreadable', path);
  }
}
