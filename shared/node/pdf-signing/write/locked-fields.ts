import { AppError } from '#shared/kernel/public.ts';
import type { PdfView } from '../pdf/document.ts';
import type { AcroForm } from '../pdf/fields.ts';
import { allLocks } from '../pdf/locks.ts';

/** Refuses to change a field that a signature on the document has locked: it would break that signature. */
export function refuseIfLocked(view: PdfView, form: AcroForm, fieldName: string): void {
  const locked = allLocks(view, form).some((lock) => lock.level === 1 || lock.locks(fieldName));
  if (locked) throw new AppError('signing.field-locked', { field: fieldName });
}
