import { useCallback, useEffect, useRef, useState } from 'react';
import type { WorkingDraft } from '#shared/drafting/public.ts';
import { AppError, type DocumentId } from '#shared/kernel/public.ts';
import { core } from '../../app/client.ts';

/** How safe the writing is: kept, about to be kept, overtaken by another window, or refused for another reason. */
export type Safety =
  Readonly<{ state: 'kept' | 'changed' }> | Readonly<{ state: 'overtaken' | 'failed'; error: unknown }>;

export type Keeping = Readonly<{
  safety: Safety;
  /** Says that something was written; it is kept a moment after the last key. */
  changed: () => void;
  /** Keeps what is not kept yet; false when that was refused. */
  flush: () => Promise<boolean>;
}>;

const restMs = 1000;

/** Keeps a draft as it is written: no key waits for it, and leaving keeps what is left. */
export function useKeeping(documentId: DocumentId, first: number, read: () => WorkingDraft): Keeping {
  const [safety, setSafety] = useState<Safety>({ state: 'kept' });
  const revision = useRef(first);
  const dirty = useRef(false);
  const running = useRef<Promise<boolean> | null>(null);
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const latest = useRef(read);
  useEffect(() => {
    latest.current = read;
  });

  const keep = useCallback(async (): Promise<boolean> => {
    while (dirty.current) {
      dirty.current = false;
      try {
        const kept = await core.drafting.keepWorkingCopy({
          documentId,
          draft: latest.current(),
          revision: revision.current,
        });
        revision.current = kept.revision;
      } catch (error) {
        dirty.current = true;
        const overtaken = error instanceof AppError && error.code === 'drafting.overtaken';
        setSafety({ state: overtaken ? 'overtaken' : 'failed', error });
        return false;
      }
    }
    setSafety({ state: 'kept' });
    return true;
  }, [documentId]);
  const flush = useCallback(async (): Promise<boolean> => {
    clearTimeout(timer.current);
    if (running.current !== null) await running.current;
    running.current = keep();
    const kept = await running.current;
    running.current = null;
    return kept;
  }, [keep]);
  const changed = useCallback(() => {
    dirty.current = true;
    setSafety((known) => (known.state === 'kept' ? { state: 'changed' } : known));
    clearTimeout(timer.current);
    timer.current = setTimeout(() => {
      void flush();
    }, restMs);
  }, [flush]);
  useEffect(() => {
    const leave = (): void => {
      if (dirty.current) void flush();
    };
    addEventListener('pagehide', leave);
    document.addEventListener('visibilitychange', leave);
    return () => {
      removeEventListener('pagehide', leave);
      document.removeEventListener('visibilitychange', leave);
      leave();
    };
  }, [flush]);
  return { safety, changed, flush };
}
