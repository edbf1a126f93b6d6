import { readFile, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { AppError } from '../../kernel/public.ts';
import { askReader } from './reader-client.ts';

export type AdmitOptions = Readonly<{
  name?: string;
  /** The largest file that is received, in bytes; a setting of the agency. */
  maxBytes?: number;
  limitMs?: number;
}>;

export type Admitted = Readonly<{ bytes: Uint8Array; size: number; pages: number }>;

const mebibyte = 1024 * 1024;
export const defaultMaxBytes = 100 * mebibyte;
const signature = '%PDF-';
// ISO 32000-2 7.5.5; readers look for the end mark in the last 1024 bytes.
const endMark = '%%EOF';
const searched = 1024;

/**
 * Says whether a file may come in, from its bytes or from its path. Throws `intake.empty`, `intake.too-large` (before
 * anything is read), `intake.not-pdf`, `intake.damaged`, `intake.encrypted`, `intake.too-slow` or `intake.unreadable`.
 */
export async function admitPdf(source: Uint8Array | string, options: AdmitOptions = {}): Promise<Admitted> {
  const name = options.name ?? (typeof source === 'string' ? basename(source) : '');
  const size = typeof source === 'string' ? await sizeOf(source, name) : source.length;
  judgeSize(size, { ...options, name });
  const bytes = typeof source === 'string' ? await readFile(source) : source;
  const text = latin1(bytes.subarray(0, searched));
  if (!text.includes(signature)) throw new AppError('intake.not-pdf', { name });
  if (!endsWhole(bytes)) throw new AppError('intake.damaged', { name });
  const limit = options.limitMs === undefined ? {} : { limitMs: options.limitMs };
  const pages = await askReader('count', { bytes, options: { name, ...limit } });
  return { bytes, size, pages };
}

/** Refuses by size alone, so that a caller who knows it need not read the file. */
export function judgeSize(size: number, { name = '', maxBytes = defaultMaxBytes }: AdmitOptions = {}): void {
  if (size === 0) throw new AppError('intake.empty', { name });
  if (size > maxBytes) {
    throw new AppError('intake.too-large', {
      name,
      size: Math.ceil(size / mebibyte),
      limit: Math.floor(maxBytes / mebibyte),
    });
  }
}

async function sizeOf(path: string, name: string): Promise<number> {
  const found = await stat(path).catch((error: unknown) => {
    throw new AppError('intake.unreadable', { name }, error);
  });
  if (!found.isFile()) throw new AppError('intake.unreadable', { name });
  return found.size;
}

/** A file that was cut off on its way has lost its end mark, or has an older one far from the end. */
function endsWhole(bytes: Uint8Array): boolean {
  let end = bytes.length;
  // Some senders pad with zeros or empty lines.
  while (end > 0 && isPadding(bytes[end - 1])) end -= 1;
  return latin1(bytes.subarray(Math.max(0, end - searched), end)).includes(endMark);
}

function isPadding(byte: number | undefined): boolean {
  return byte === 0 || byte === 9 || byte === 10 || byte === 13 || byte === 32;
}

function latin1(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
}
