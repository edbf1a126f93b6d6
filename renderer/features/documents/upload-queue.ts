import type { DocumentRow } from '#shared/documents/public.ts';
import { DocumentIdSchema, maxBlobBytes } from '#shared/kernel/public.ts';
import { accepted, core, newCommandId, newId } from '../../app/client.ts';

/** One file on its way through the door. */
export type Upload = Readonly<{
  id: string;
  name: string;
  source: Source;
  state: 'waiting' | 'running' | 'done' | 'failed' | 'cancelled';
  error: unknown;
  duplicates: readonly DocumentRow[];
  /** Of a letter: what is in it and is no PDF. */
  others: readonly string[];
  /** It is here without the e-mail it came in. */
  isMailLeft: boolean;
}>;

/** A file as it was chosen, or one that came in a letter: there already, until it was tried once. */
type Source = Readonly<
  { kind: 'file'; file: File } | { kind: 'part'; letter: File; place: number; uploadId: string | null }
>;

const atOnce = 3;
let uploads: readonly Upload[] = [];
const listeners = new Set<() => void>();

/** Files being received, kept while the person goes from page to page. */
export const uploadQueue = {
  subscribe: (listener: () => void): (() => void) => {
    listeners.add(listener);
    return () => {
      listeners.delete(listener);
    };
  },
  list: (): readonly Upload[] => uploads,
  add: (files: readonly File[]): void => {
    set([...uploads, ...files.map((file) => waiting(file.name, { kind: 'file', file }))]);
    goOn();
  },
  retry: (ids: readonly string[]): void => {
    set(
      uploads.map((upload) =>
        ids.includes(upload.id) ? { ...upload, state: 'waiting', error: null } : upload,
      ),
    );
    goOn();
  },
  cancel: (): void => {
    set(uploads.map((upload) => (upload.state === 'waiting' ? { ...upload, state: 'cancelled' } : upload)));
  },
  /** Forgets what is settled, so that the list is the papers' again. */
  clear: (): void => {
    set(uploads.filter(({ state }) => state === 'waiting' || state === 'running'));
  },
};

function set(next: readonly Upload[]): void {
  uploads = next;
  for (const listener of listeners) listener();
}

function put(id: string, part: Partial<Upload>): void {
  set(uploads.map((upload) => (upload.id === id ? { ...upload, ...part } : upload)));
}

function goOn(): void {
  const running = uploads.filter(({ state }) => state === 'running').length;
  for (const upload of uploads.filter(({ state }) => state === 'waiting').slice(0, atOnce - running)) {
    put(upload.id, { state: 'running' });
    void receive(upload).finally(goOn);
  }
}

function waiting(name: string, source: Source): Upload {
  return {
    id: newId(),
    name,
    source,
    state: 'waiting',
    error: null,
    duplicates: [],
    others: [],
    isMailLeft: false,
  };
}

async function receive({ id, name, source }: Upload): Promise<void> {
  try {
    if (source.kind === 'file' && isLetter(name)) {
      await open(id, source.file);
      return;
    }
    const { reply, duplicates, isMailLeft } = await core.documents.receiveFile({
      commandId: newCommandId(),
      documentId: DocumentIdSchema.parse(newId()),
      uploadId: source.kind === 'file' ? await send(source.file) : await partOf(source),
    });
    accepted(reply);
    put(id, { state: 'done', duplicates, isMailLeft });
  } catch (error) {
    // What was offered is used up by the first try.
    const again: Source = source.kind === 'part' ? { ...source, uploadId: null } : source;
    put(id, { state: 'failed', error, source: again });
  }
}

/** As mail programmes and axes name what they save; what is no letter inside is told apart by whoever opens it. */
function isLetter(name: string): boolean {
  return /\.(?:eml|msg|edxml|xml)$/iu.test(name);
}

/** The PDFs of a letter stand in its place; it stays itself only to name what was not taken. */
async function open(id: string, letter: File): Promise<void> {
  const { files, others } = await core.documents.openLetter({ uploadId: await send(letter), only: null });
  const parts = files.map(({ name, place, uploadId }) =>
    waiting(name, { kind: 'part', letter, place, uploadId }),
  );
  set(
    uploads.flatMap((upload): readonly Upload[] => {
      if (upload.id !== id) return [upload];
      return others.length === 0 ? parts : [{ ...upload, state: 'done', others }, ...parts];
    }),
  );
}

async function partOf({ letter, place, uploadId }: Extract<Source, { kind: 'part' }>): Promise<string> {
  if (uploadId !== null) return uploadId;
  const { files } = await core.documents.openLetter({ uploadId: await send(letter), only: place });
  return files[0]?.uploadId ?? '';
}

async function send(file: File): Promise<string> {
  const { uploadId } = await core.documents.beginUpload({ name: file.name, size: file.size });
  for (let offset = 0; offset < file.size; offset += maxBlobBytes) {
    const bytes = file.slice(offset, offset + maxBlobBytes);
    await core.documents.appendUpload({ uploadId, offset, bytes });
  }
  return uploadId;
}
