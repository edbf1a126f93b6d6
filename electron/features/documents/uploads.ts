import { AppError } from '#shared/kernel/public.ts';
import type { LetterHints } from '#shared/intake/public.ts';
import { judgeSize } from '#shared/node/pdf-text/public.ts';

/** The e-mail a file came in, and what of it may be stored with that file; null where nothing may. */
export type CameIn = Readonly<{ name: string; bytesToKeep: () => Promise<Uint8Array | null> }>;

/** What a file that came in a letter brings along: what the letter says of it, and the letter where that is kept too. */
export type InLetter = Readonly<{ letter: LetterHints | null; mail: CameIn | null }>;

type Upload = InLetter & {
  name: string;
  size: number;
  received: number;
  chunks: Uint8Array[];
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
    this.#uploads.set(id, { name, size, received: 0, chunks: [], letter: null, mail: null });
    return id;
  }

  /** A file that came whole, in a letter. */
  offer(name: string, bytes: Uint8Array, from: InLetter): string {
    judgeSize(bytes.length, { name });
    const id = this.#newId();
    this.#uploads.set(id, { name, size: bytes.length, received: bytes.length, chunks: [bytes], ...from });
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
  take(id: string): InLetter & Readonly<{ name: string; bytes: Uint8Array }> {
    const upload = this.#get(id);
    this.#uploads.delete(id);
    if (upload.received !== upload.size) throw new AppError('documents.upload-broken');
    const bytes = new Uint8Array(upload.size);
    let at = 0;
    for (const chunk of upload.chunks) {
      bytes.set(chunk, at);
      at += chunk.length;
    }
    return { name: upload.name, bytes, letter: upload.letter, mail: upload.mail };
  }

  #get(id: string): Upload {
    const upload = this.#uploads.get(id);
    if (upload === undefined) throw new AppError('documents.upload-broken');
    return upload;
  }
}
