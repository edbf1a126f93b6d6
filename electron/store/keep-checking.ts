import { checkOwnDatabase, lastDatabaseCheck } from './check-database.ts';
import { checkFiles, lastCheck, type CheckParts } from './check-files.ts';

const firstMs = 15 * 60_000;
const lookEveryMs = 60 * 60_000;
const weekMs = 7 * 24 * 60 * 60_000;

export type Checking = Omit<CheckParts, 'isOver' | 'copies'> &
  Readonly<{
    copies: () => string | null;
    /** Where the desk's own database lies, and under which key. */
    path: string;
    dataKey: Uint8Array;
    /** The database is not what was written. */
    onDamaged: () => void;
  }>;

/** Looks through the database and reads every file once a week while the desk is open; gives what ends it. */
export function keepChecking(parts: Checking, onFault: (error: unknown) => void): () => void {
  const over = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  const isOver = () => over.signal.aborted || !parts.db.open;
  const isDue = (last: Readonly<{ at: string }> | null) =>
    last === null || Date.parse(parts.now()) - Date.parse(last.at) >= weekMs;
  const look = async (): Promise<void> => {
    if (isDue(lastDatabaseCheck(parts.db)) && (await checkOwnDatabase(parts, over.signal)) === false) {
      parts.onDamaged();
    }
    if (isOver() || !isDue(lastCheck(parts.db))) return;
    await checkFiles({ ...parts, copies: parts.copies(), isOver });
  };
  const later = (ms: number): void => {
    timer = setTimeout(() => {
      void look()
        .catch(onFault)
        .finally(() => {
          if (!over.signal.aborted) later(lookEveryMs);
        });
    }, ms).unref();
  };
  later(firstMs);
  return () => {
    over.abort();
    clearTimeout(timer);
  };
}
