import { AppError, type ErrorCode } from '../../kernel/public.ts';

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
  if (/^(?:SQLITE_FULL|ENOSPC|EDQUOT)$/u.test(code)) return 'store.disk-full';
  if (/^SQLITE_(?:BUSY|LOCKED)/u.test(code)) return 'store.in-use';
  if (/^SQLITE_(?:CORRUPT|NOTADB)/u.test(code)) return 'store.damaged';
  if (/^(?:SQLITE_READONLY|SQLITE_CANTOPEN|SQLITE_PERM|EACCES|EPERM|EROFS)/u.test(code)) return 'store.no-access';
  // A page whose check does not fit comes up as a read error of the encrypting layer.
  if (/^(?:SQLITE_IOERR|EIO$)/u.test(code)) return 'store.disk-fault';
  return null;
}

function codeOf(error: unknown): string | null {
  const isCoded = typeof error === 'object' && error !== null && 'code' in error;
  return isCoded && typeof error.code === 'string' ? error.code : null;
}
