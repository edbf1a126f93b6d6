import { firstPage } from '../pdf/first-page.ts';
import { refuseIfLocked } from './locked-fields.ts';
import { freeFieldName } from './new-signature-field.ts';
import { openForWriting, readingStrictly } from './open-for-writing.ts';
import { seenPage } from './page-corner.ts';
import type { SignRole } from './sign-field.ts';

/**
 * The name of the field that a signature with a mark on page 1 would get in this file. Refuses files on which nobody can
 * sign: encrypted, not readable with certainty, closed by an earlier signature.
 */
export function markedField(pdf: Uint8Array, role: SignRole): string {
  const { file, form } = openForWriting(pdf);
  return readingStrictly(() => {
    seenPage(file.latest, firstPage(file.latest));
    const name = freeFieldName(form, role);
    if (form !== null) refuseIfLocked(file.latest, form, name);
    return name;
  });
}
