import type { DocumentRow } from '#shared/documents/public.ts';
import { DocumentIdSchema, maxBlobBytes } from '#shared/kernel/public.ts';
import { accepted, core, newCommandId, newId } from '../../app/client.ts';

/** One file on its way through the door. */
export type Upload = Readonly<{
  id: string;
  file: File;
  state: 'waiting' | 'running' | 'done' | 'failed' | 'cancelled';
  error: unknown;
  duplicates: readonly DocumentRow[];
}>;

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
    const added = files.map((file): Upload => ({
      id: newId(),
      file,
      state: 'waiting',
      error: null,
      duplicates: [],
    }));
    set([...uploads, ...added]);
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

async function receive({ id, file }: Upload): Promise<void> {
  try {
    const { uploadId } = await core.documents.beginUpload({ name: file.name, size: file.size });
    for (let offset = 0; offset < file.size; offset += maxBlobBytes) {
      const bytes = file.slice(offset, offset + maxBlobBytes);
      await core.documents.appendUpload({ uploadId, offset, bytes });
    }
    const { reply, duplicates } = await core.documents.receiveFile({
      commandId: newCommandId(),
      documentId: DocumentIdSchema.parse(newId()),
      uploadId,
    });
    accepted(reply);
    put(id, { state: 'done', duplicates });
  } catch (error) {
    put(id, { state: 'failed', error });
  }
}
