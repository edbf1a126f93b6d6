import { mayRead, type Changed } from '#shared/directory/public.ts';
import { documentAggregate } from '#shared/documents/public.ts';
import type { Signed } from '../../host/context.ts';
import { readState } from '../../store/read-state.ts';
import type { Sessions } from './sessions.ts';

type Parts = Readonly<{ signed: Signed; sessions: Sessions; signal: AbortSignal | undefined }>;

/** Announces what changed, after it was committed, for as long as the window listens and its person is signed in. */
export async function* changesOf({ signed, sessions, signal }: Parts): AsyncGenerator<Changed, void> {
  const waiting: Changed[] = [];
  let wake: () => void = () => undefined;
  let isOver = signal?.aborted ?? false;
  const over = () => {
    isOver = true;
    wake();
  };
  const stop = signed.open.desk.onChanged((changed) => {
    waiting.push(onlyReadable(signed, changed));
    wake();
  });
  sessions.onSignOut((key) => {
    if (key === signed.sessionKey) over();
  });
  signal?.addEventListener('abort', over);
  try {
    while (!isOver) {
      const next = waiting.shift();
      if (next !== undefined) yield next;
      else await new Promise<void>((resolve) => (wake = resolve));
    }
  } finally {
    stop();
    signal?.removeEventListener('abort', over);
  }
}

/** Nobody learns of a document they may not read, not even that it moved. */
function onlyReadable({ open, scope }: Signed, changed: Changed): Changed {
  const documents = changed.documents.filter((id) => {
    const document = readState(open.desk.db, documentAggregate, id);
    return document !== null && mayRead(scope, document);
  });
  return { ...changed, documents };
}
