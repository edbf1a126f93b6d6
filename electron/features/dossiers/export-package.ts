import { existsSync, renameSync, rmSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { PackageStep, TriedStep } from '#shared/dossiers/public.ts';
import { AppError } from '#shared/kernel/public.ts';
import { nodeFiles } from '#shared/node/files/public.ts';
import { exportPackage, validatePackage, type Package, type Progress } from '#shared/node/packages/public.ts';
import { asStoreError } from '#shared/node/sqlite/public.ts';
import { saidAtTheDoor, type Signed } from '../../host/context.ts';
import { softwareOf } from '../../platform/software.ts';
import type { Gathered } from './package-of.ts';
import { noProofs } from './package-proofs.ts';

export type Making = Readonly<{
  /** A file that is not there yet. */
  to: string;
  /** A bag (RFC 8493) with the package as its payload. */
  bag: boolean;
  signal?: AbortSignal;
  onProgress?: (progress: Pick<Progress, 'bytes' | 'ofBytes'>) => void;
}>;

/** Judges the signatures and writes a package; it has its name only once it was read again and nothing was found against it. Gives its size. */
export async function makePackage(given: Gathered, { to, bag, ...watch }: Making): Promise<number> {
  if (existsSync(to)) throw new AppError('packages.exists', { file: to });
  const aside = `${to}.${given.id}.part`;
  try {
    const as = bag ? 'bag' : 'package';
    const whole = await withProofs(given, watch);
    const before = given.proofs.bytes;
    await exportPackage({
      package: whole,
      to: aside,
      software: softwareOf(),
      as,
      ...watch,
      onProgress: ({ bytes, ofBytes }) =>
        watch.onProgress?.({ bytes: before + bytes, ofBytes: before + ofBytes }),
    });
    const [first] = await validatePackage(aside);
    if (first !== undefined) {
      throw new AppError('dossiers.package-unsound', { where: first.where, fault: first.code });
    }
    if (existsSync(to)) throw new AppError('packages.exists', { file: to });
    renameSync(aside, to);
    nodeFiles.syncFolder(dirname(to));
    return statSync(to).size;
  } catch (error) {
    throw asStoreError(error) ?? error;
  } finally {
    rmSync(aside, { force: true });
  }
}

/** The reports on signatures lie in a package like everything else; what is still to be written is only guessed meanwhile. */
async function withProofs(
  { proofs, ...given }: Gathered,
  { signal, onProgress }: Pick<Making, 'signal' | 'onProgress'>,
): Promise<Package> {
  const files = [...given.documents.flatMap((one) => one.files), ...given.others];
  const ofBytes = files.reduce((sum, { size }) => sum + size, proofs.bytes);
  let bytes = 0;
  const onRead = (more: number): void => {
    bytes += more;
    onProgress?.({ bytes, ofBytes });
  };
  const reports = await proofs.make({ signal, onRead });
  return { ...given, others: [...given.others, ...reports] };
}

const tellEveryMs = 500;

type Watched = Readonly<{ bag: boolean; signal: AbortSignal | undefined }>;
type Going = Readonly<{ is: 'going'; bytes: number; ofBytes: number }>;

/** The same for a window: says every half second how far it is, and stops when nobody listens any more. */
export async function* packageForWindow(
  { exports, open }: Pick<Signed, 'exports' | 'open'>,
  given: Gathered,
  watched: Watched,
): AsyncGenerator<PackageStep, void> {
  const to = exports.placeIn(open.folder);
  const name = `${given.dossier?.arcFileCode ?? given.id} ${given.kind}.zip`;
  const size = yield* making(given, to, watched);
  yield { is: 'made', made: exports.keepFile(name, to, size) };
}

/**
 * Makes a package and reads it again only to see whether an archive could; nothing of it is kept. What signatures are worth
 * stops no archive, so they are not judged for it.
 */
export async function* tryPackage(
  { exports, open }: Pick<Signed, 'exports' | 'open'>,
  given: Gathered,
  signal: AbortSignal | undefined,
): AsyncGenerator<TriedStep, void> {
  const to = exports.placeIn(open.folder);
  try {
    yield* making({ ...given, proofs: noProofs }, to, { bag: false, signal });
    yield { is: 'sound' };
  } finally {
    rmSync(to, { force: true });
  }
}

async function* making(given: Gathered, to: string, { bag, signal }: Watched): AsyncGenerator<Going, number> {
  const stopping = new AbortController();
  const stop = (): void => {
    stopping.abort();
  };
  signal?.addEventListener('abort', stop);
  if (signal?.aborted === true) stop();
  let [bytes, ofBytes, isOver] = [0, 0, false];
  const work = makePackage(given, {
    to,
    bag,
    signal: stopping.signal,
    onProgress: (progress) => ({ bytes, ofBytes } = progress),
  });
  const over = work.then(
    () => (isOver = true),
    () => (isOver = true),
  );
  try {
    for (;;) {
      await Promise.race([over, pause(tellEveryMs, undefined, { ref: false })]);
      if (isOver) break;
      yield { is: 'going', bytes, ofBytes };
    }
    return await work;
  } catch (error) {
    throw saidAtTheDoor(error);
  } finally {
    stop();
    signal?.removeEventListener('abort', stop);
    await over;
  }
}
