import type * as Reader from 'pdfjs-dist/legacy/build/pdf.mjs';
import { AppError } from '../../kernel/public.ts';

export type PdfDocument = Reader.PDFDocumentProxy;

/** Nothing outside the file itself is ever read: no font, no character map, no address. */
class NothingOutside {
  fetch(): Promise<never> {
    return Promise.reject(new Error('outside data is off'));
  }
}

const timeLimitMs = 30_000;
// The package has no types for its parsing half.
const parserModule: string = 'pdfjs-dist/legacy/build/pdf.worker.mjs';
let engine: Promise<typeof Reader> | null = null;

/** Loads the reader once; the parsing half runs in this process, which also holds where a process is not plain Node. */
export function loadEngine(): Promise<typeof Reader> {
  engine ??= (async () => {
    const parser: unknown = await import(parserModule);
    Object.assign(globalThis, { pdfjsWorker: parser });
    return await import('pdfjs-dist/legacy/build/pdf.mjs');
  })();
  return engine;
}

export type OpenOptions = Readonly<{ name?: string | undefined; limitMs?: number | undefined }>;

/**
 * Opens the bytes, runs `work` and always closes again. What the reader cannot open becomes one of the codes
 * `intake.encrypted`, `intake.damaged` and `intake.too-slow`.
 */
export async function withPdf<Result>(
  bytes: Uint8Array,
  { name = '', limitMs = timeLimitMs }: OpenOptions,
  work: (document: PdfDocument) => Promise<Result>,
): Promise<Result> {
  const pdfjs = await loadEngine();
  const task = pdfjs.getDocument({
    // The reader takes its buffer away, so it gets a copy.
    data: new Uint8Array(bytes),
    verbosity: 0,
    enableXfa: false,
    disableFontFace: true,
    useSystemFonts: false,
    // Gives the names of fonts, which say what is bold.
    fontExtraProperties: true,
    useWorkerFetch: false,
    useWasm: false,
    // Pictures are looked at elsewhere; decoding them here would only cost time.
    maxImageSize: 1,
    BinaryDataFactory: NothingOutside,
  });
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new AppError('intake.too-slow', { name })), limitMs);
  });
  try {
    return await Promise.race([late, task.promise.then(work)]);
  } catch (error) {
    throw refusalFor(error, name);
  } finally {
    clearTimeout(timer);
    await task.destroy().catch(() => undefined);
  }
}

function refusalFor(error: unknown, name: string): AppError {
  if (error instanceof AppError) return error;
  const kind = error instanceof Error ? error.name : '';
  return new AppError(kind === 'PasswordException' ? 'intake.encrypted' : 'intake.damaged', { name }, error);
}
