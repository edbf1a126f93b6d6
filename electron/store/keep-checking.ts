import { checkFiles, lastCheck, type CheckParts } from './check-files.ts';

const firstMs = 15 * 60_000;
const lookEveryMs = 60 * 60_000;
const weekMs = 7 * 24 * 60 * 60_000;

export type Checking = Omit<CheckParts, 'isOver' | 'copies'> & Readonly<{ copies: () => string | null }>;

/** Reads every file through once a week while the desk is open; gives what ends it. */
export function keepChecking(parts: Checking, onFault: (error: unknown) => void): () => void {
  let isOver = false;
  let timer: NodeJS.Timeout | undefined;
  const look = async (): Promise<void> => {
    const last = lastCheck(parts.db);
    if (last !== null && Date.parse(parts.now()) - Date.parse(last.at) < weekMs) return;
    await checkFiles({ ...parts, copies: parts.copies(), isOver: () => isOver || !parts.db.open });
  };
  const later = (ms: number): void => {
    timer = setTimeout(() => {
      void look()
        .catch(onFault)
        .finally(() => {
          if (!isOver) later(lookEveryMs);
        });
    }, ms).unref();
  };
  later(firstMs);
  return () => {
    isOver = true;
    clearTimeout(timer);
  };
}
