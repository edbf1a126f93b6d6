import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { exportPackage, validatePackage } from '#shared/node/packages/public.ts';
import { mutateBytes } from '../fuzz/mutate-bytes.ts';
import { randomOf, type Random } from '../fuzz/random.ts';
import { catalogueOf } from '../sentences.ts';
import { rawZip } from './raw-zip.ts';
import { aPackage, kinds, software } from './sample.ts';
import { unpackedEntries } from './unpacked.ts';

/** Longest a validator may take over a small package, by the processor's clock. */
const boundMs = 2000;

export type PackageStage = Readonly<{
  /** Sound packages of every kind and a bag, as ZIPs. */
  zips: readonly Buffer[];
  sentences: Readonly<Record<string, string>>;
  file: string;
  close: () => void;
}>;

export type PackageFinding = Readonly<{ seed: number; what: string; bytes: Buffer }>;

export async function packageStage(): Promise<PackageStage> {
  const folder = mkdtempSync(join(tmpdir(), 'antin-packages-'));
  const zips: Buffer[] = [];
  for (const kind of kinds) {
    const path = join(folder, `${kind}.zip`);
    await exportPackage({ package: aPackage(kind), to: path, software });
    zips.push(readFileSync(path));
  }
  const bag = join(folder, 'túi.zip');
  await exportPackage({ package: aPackage('AIP_hoso'), to: bag, software, as: 'bag' });
  zips.push(readFileSync(bag));
  const file = join(folder, 'đổi.zip');
  const close = (): void => rmSync(folder, { recursive: true, force: true });
  return { zips, sentences: catalogueOf('vi'), file, close };
}

/**
 * One changed package: told by name and in time, and never sound unless every file in it is what it was. Half of the
 * changes are in the ZIP's bytes, half in a file within a ZIP that is sound again.
 */
export async function playPackage(stage: PackageStage, seed: number): Promise<PackageFinding | null> {
  const random = randomOf(seed);
  const from = random.pick(stage.zips);
  const bytes = random.once(2) ? changedZip(from, random, stage) : changedWithin(from, random);
  writeFileSync(stage.file, bytes);
  const before = process.cpuUsage();
  const what = await faultOf(bytes, from, stage);
  const { user, system } = process.cpuUsage(before);
  const took = (user + system) / 1000;
  if (what === null && took < boundMs) return null;
  return { seed, what: what ?? `took ${Math.round(took)} ms`, bytes };
}

function changedZip(from: Buffer, random: Random, { zips }: PackageStage): Buffer {
  let bytes: Buffer = from;
  for (let times = 1 + random.below(3); times > 0; times -= 1) {
    bytes = random.once(4) ? inDirectory(bytes, random) : mutateBytes(bytes, random, random.pick(zips));
  }
  return bytes;
}

/** A byte of the end, where a ZIP says what it holds. */
function inDirectory(bytes: Buffer, random: Random): Buffer {
  const changed = Buffer.from(bytes);
  const at = Math.max(0, changed.length - 1 - random.below(4000));
  if (changed.length > 0) changed[at] = random.below(256);
  return changed;
}

function changedWithin(from: Buffer, random: Random): Buffer {
  const entries = unpackedEntries(from);
  const chosen = random.below(entries.length);
  return rawZip(
    entries.map(({ name, content }, index) => ({
      name,
      content: index === chosen ? mutateBytes(content, random, random.pick(entries).content) : content,
    })),
  );
}

async function faultOf(
  bytes: Buffer,
  from: Buffer,
  { file, sentences }: PackageStage,
): Promise<string | null> {
  try {
    const findings = await validatePackage(file);
    const [unsaid] = findings.filter(({ code }) => sentences[`package.finding.${code}`] === undefined);
    if (unsaid !== undefined) return `no sentence: ${unsaid.code}`;
    if (findings.length > 0) return null;
    return printOf(bytes) === printOf(from) ? null : 'sound, and holds something else';
  } catch (error) {
    return `broke: ${error instanceof Error ? (error.stack ?? '') : String(error)}`;
  }
}

/**
 * Everything the package's METS or the bag's manifests vouch for. The METS itself, and the last manifest, are vouched for
 * by nobody: what a change in them may do is say another title, never pass another file.
 */
function printOf(zip: Buffer): string {
  const sha256 = createHash('sha256');
  for (const { name, content } of unpackedEntries(zip)) {
    if (/^[^/]+\/(?:METS\.xml|tagmanifest-\w+\.txt)$/.test(name)) continue;
    sha256.update(`${name}\n${content.length}\n`).update(content);
  }
  return sha256.digest('hex');
}
