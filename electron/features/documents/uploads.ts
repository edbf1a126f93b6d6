import { AppError } from '#shared/kernel/public.ts';
import type { LetterHints } from '#shared/intake/public.ts';
import { judgeSize } from '#shared/node/pdf-text/public.ts';

type Upload = {
  name: string;
  size: number;
  received: number;
  chunks: Uint8Array[];
  /** What the letter it came in says of it. */
  letter: LetterHints | null;
};

/**
 * Files on their way in, piece by piece, kept in memory: they belong to nobody's disk until the door has let them in
 * (a secret paper must not be stored at all).
 */
export class Uploads {
  readonly #uploads = new Map<string, Upload>();
  readonly #newId: () => string;

  constructor(newId: () => string) {
    this.#newId = newId;
  }

  begin(name: string, size: number): string {
    judgeSize(size, { name });
    const id = this.#newId();
    this.#uploads.set(id, { name, size, received: 0, chunks: [], letter: null });
    return id;
  }

  /** A file that came whole, in a letter. */
  offer(name: string, bytes: Uint8Array, letter: LetterHints): string {
    judgeSize(bytes.length, { name });
    const id = this.#newId();
    this.#uploads.set(id, { name, size: bytes.length, received: bytes.length, chunks: [bytes], letter });
    return id;
  }

  append(id: string, offset: number, bytes: Uint8Array): void {
    const upload = this.#get(id);
    if (offset !== upload.received || offset + bytes.length > upload.size) {
      throw new AppError('documents.upload-broken');
    }
    upload.chunks.push(bytes);
    upload.received += bytes.length;
  }

  /** Hands the whole file over and forgets it. */
  take(id: string): { name: string; bytes: Uint8Array; letter: LetterHints | null } {
    const upload = this.#get(id);
    this.#uploads.delete(id);
    if (upload.received !== upload.size) throw new AppError('documents.upload-broken');
    const bytes = new Uint8Array(upload.size);
    let at = 0;
    for (const chunk of upload.chunks) {
      bytes.set(chunk, at);
      at += chunk.length;
    }
    return { name: upload.name, bytes, letter: upload.letter };
  }

  #get(id: string): Upload {
    const upload = this.#uploads.get(id);
    if (upload === undefined) throw new AppError('documents.upload-broken');
    return upload;
  }
}
