import { AppError, type ErrorCode } from '../../kernel/public.ts';

const meanings: readonly (readonly [RegExp, ErrorCode])[] = [
  [/^(?:SQLITE_FULL|ENOSPC|EDQUOT)$/u, 'store.disk-full'],
  [/^SQLITE_(?:BUSY|LOCKED)/u, 'store.in-use'],
  [/^SQLITE_(?:CORRUPT|NOTADB)/u, 'store.damaged'],
  [/^(?:SQLITE_READONLY|SQLITE_CANTOPEN|SQLITE_PERM|EACCES|EPERM|EROFS)/u, 'store.no-access'],
  [/^(?:SQLITE_IOERR|EIO$)/u, 'store.disk-fault'],
];

/**
 * What a failing disk or database means to the office: an `AppError` with its sentence, or null when the error is
 * something else (a bug, which goes up untouched). Reads SQLite's result codes and the system's error codes.
 */
export function asStoreError(error: unknown): AppError | null {
  if (error instanceof AppError) return error;
  const code = codeOf(error);
  const meaning = code === null ? null : meaningOf(code);
  return meaning === null ? null : new AppError(meaning, {}, error);
}

/** Runs `work` and gives a storage failure its meaning on the way up. */
export function whenStoreFails<Result>(work: () => Result): Result {
  try {
    return work();
  } catch (error) {
    throw asStoreError(error) ?? error;
  }
}

function meaningOf(code: string): ErrorCode | null {
  return meanings.find(([codes]) => codes.test(code))?.[1] ?? null;
}

function codeOf(error: unknown): string | null {
  const isCoded = typeof error === 'object' && error !== null && 'code' in error;
  return isCoded && typeof error.code === 'string' ? error.code : null;
}
