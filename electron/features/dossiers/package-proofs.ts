import { setImmediate as nextTurn } from 'node:timers/promises';
import { proofOf, type OfficialDocument, type StoredFile } from '#shared/documents/public.ts';
import { AppError, type ChainedEntry, type Instant } from '#shared/kernel/public.ts';
import type { OtherFile } from '#shared/node/packages/public.ts';
import { verifyPdf } from '#shared/node/pdf-signing/public.ts';
import type { Dossier } from '#shared/dossiers/public.ts';
import type { Signed } from '../../host/context.ts';
import { wordsOf } from '../../platform/words.ts';
import { trustOf } from '../signing/public.ts';
import { besideOf, madeBytes } from './package-files.ts';

type Desk = Pick<Signed, 'open'>;

/** The files of one paper that may carry signatures, and the moment for which those are judged. */
export type Judged = Readonly<{ docId: string; files: readonly StoredFile[]; at: Instant }>;

export type JudgingWatch = Readonly<{
  signal?: AbortSignal | undefined;
  /** So many bytes more were read. */
  onRead?: (bytes: number) => void;
}>;

/** The reports on the signatures of a dossier's papers; made while the package is, since each file is read whole. */
export type Proofs = Readonly<{
  /** How much is read for them. */
  bytes: number;
  make: (watch: JudgingWatch) => Promise<readonly OtherFile[]>;
}>;

/**
 * What of a paper is looked at: its page, what is beside it and its copies, each in the file that proves it where there is
 * one. The door has looked at every page that came in (NĐ 30 Đ21), so one without a signature is not read again.
 */
export function filesToJudge(document: OfficialDocument): readonly StoredFile[] {
  const files = [
    ...(document.file === null || isKnownUnsigned(document) ? [] : [document.file]),
    ...besideOf(document).filter(isPdf),
    ...document.certifiedCopies.flatMap(({ file, target }) => (target === 'paper' ? [] : [file])),
  ];
  return files.map((file) => proofOf(document, file.hash)?.file ?? file);
}

function isKnownUnsigned(document: OfficialDocument): boolean {
  return document.direction === 'incoming' && document.check?.verdict === 'unsigned';
}

function isPdf({ name }: StoredFile): boolean {
  return name.toLowerCase().endsWith('.pdf');
}

/** When the file was closed, or something was last decided on the paper: not today, so that a report is the same each time. */
export function judgedAt({ closed }: Dossier, decided: readonly ChainedEntry[], now: Instant): Instant {
  const moments = [closed?.at, decided.at(-1)?.entry.recordedAt].flatMap((at) => at ?? []);
  return moments.toSorted().at(-1) ?? now;
}

export const noProofs: Proofs = { bytes: 0, make: () => Promise.resolve([]) };

export function proofsOf(desk: Desk, papers: readonly Judged[]): Proofs {
  const bytes = papers.reduce((sum, { files }) => sum + files.reduce((own, { size }) => own + size, 0), 0);
  return { bytes, make: (watch) => reportsOn(desk, papers, watch) };
}

async function reportsOn(
  desk: Desk,
  papers: readonly Judged[],
  { signal, onRead }: JudgingWatch,
): Promise<readonly OtherFile[]> {
  const known = trustOf(desk.open.desk);
  const name = wordsOf('vi')('package.file.proof');
  const reports: OtherFile[] = [];
  for (const { docId, files, at } of papers) {
    const lines: string[] = [];
    for (const { hash, size, name: file } of files) {
      await nextTurn();
      if (signal?.aborted === true) throw new AppError('packages.cancelled');
      const report = verifyPdf(await desk.open.blobs.read(hash, 0, size), { ...known, at });
      onRead?.(size);
      // As `antin verify --json` says it, with the bytes and the moment it is about.
      if (report.verdict !== 'unsigned') lines.push(JSON.stringify({ file, hash, at, ...report }));
    }
    if (lines.length === 0) continue;
    const text = lines.map((line) => `${line}\n`).join('');
    reports.push({ role: 'proof', ...madeBytes(`${docId} ${name}`, 'application/jsonl', () => text) });
  }
  return reports;
}
