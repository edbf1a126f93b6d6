import { AppError } from '#shared/kernel/public.ts';
import { getDocument, GlobalWorkerOptions, PDFDataRangeTransport, type PDFDocumentProxy } from 'pdfjs-dist';
// oxlint-disable-next-line import/default -- the build gives the worker's address
import workerUrl from 'pdfjs-dist/build/pdf.worker.min.mjs?url';

/** A file read in ranges, wherever it is kept. */
export type RangeSource = Readonly<{
  size: number;
  read: (offset: number, length: number) => Promise<Blob | Uint8Array>;
}>;

/** Why a file could not be shown. */
export type PdfFault = 'damaged' | 'locked' | 'failed' | 'coming';

export type OpenedPdf = Readonly<{ pdf: PDFDocumentProxy; close: () => void }>;

GlobalWorkerOptions.workerSrc = workerUrl;

const rangeBytes = 256 * 1024;
const readAtMostBytes = 4 * 1024 * 1024; // the contract's limit for one call
const folder = `${import.meta.env.BASE_URL}pdfjs/`;

/** Opens a PDF through ranges; nothing in it may run, and decoders come from the application itself. */
export async function openPdf(source: RangeSource): Promise<OpenedPdf> {
  const transport = new PDFDataRangeTransport(source.size, null);
  const failed = Promise.withResolvers<never>();
  transport.requestDataRange = (begin, end) => {
    readRange(source, begin, end).then((bytes) => {
      transport.onDataRange(begin, bytes);
    }, failed.reject);
  };
  const loading = getDocument({
    range: transport,
    rangeChunkSize: rangeBytes,
    disableAutoFetch: true,
    disableStream: true,
    enableXfa: false,
    stopAtErrors: false,
    useWorkerFetch: true,
    wasmUrl: `${folder}wasm/`,
    cMapUrl: `${folder}cmaps/`,
    cMapPacked: true,
    standardFontDataUrl: `${folder}standard_fonts/`,
    iccUrl: `${folder}iccs/`,
    verbosity: 0,
  });
  // A document with a password is said to be locked, never asked about.
  loading.onPassword = () => {
    failed.reject(new DOMException('locked', 'PasswordException'));
  };
  const close = (): void => {
    void loading.destroy();
  };
  try {
    return { pdf: await Promise.race([loading.promise, failed.promise]), close };
  } catch (error) {
    close();
    throw error;
  }
}

/** Names the fault of a file for its sentence. */
export function pdfFault(error: unknown): PdfFault {
  const name = error instanceof Error ? error.name : '';
  if (error instanceof AppError && error.code === 'sync.file-not-here-yet') return 'coming';
  if (name === 'PasswordException') return 'locked';
  return name === 'InvalidPDFException' || name === 'FormatError' ? 'damaged' : 'failed';
}

async function readRange(source: RangeSource, begin: number, end: number): Promise<Uint8Array> {
  const bytes = new Uint8Array(end - begin);
  for (let offset = begin; offset < end; offset += readAtMostBytes) {
    const part = await source.read(offset, Math.min(readAtMostBytes, end - offset));
    bytes.set(part instanceof Blob ? new Uint8Array(await part.arrayBuffer()) : part, offset - begin);
  }
  return bytes;
}
