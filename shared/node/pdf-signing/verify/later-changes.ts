import type { LaterChange } from '#shared/signing/public.ts';
import { catalogOf, type PdfFile, type PdfView } from '../pdf/document.ts';
import { readForm } from '../pdf/fields.ts';
import { isDict, textOf } from '../pdf/values.ts';
import { isTimestamp } from './proof.ts';
import { sameValue } from './same-value.ts';

/** What each revision after a signed one did, in order and in the words of the report. */
export function laterChanges(file: PdfFile, signed: number): readonly LaterChange[] {
  return file.revisions.slice(signed + 1).flatMap((_, i) => {
    const step = [file.viewAt(signed + i), file.viewAt(signed + i + 1)] as const;
    const found = [...fieldChanges(step), ...proofChanges(step)];
    return found.length === 0 ? [said('other-allowed')] : found;
  });
}

type Step = readonly [before: PdfView, after: PdfView];

function fieldChanges([before, after]: Step): readonly LaterChange[] {
  const old = readForm(before)?.fields;
  return [...(readForm(after)?.fields.values() ?? [])].flatMap((field) => {
    const [was, is] = [before.resolve(old?.get(field.name)?.value), after.resolve(field.value)];
    if (field.type === 'Sig') {
      if (!isDict(is) || isDict(was)) return [];
      return [said(isTimestamp(is) ? 'timestamp-added' : 'signature-added', field.name)];
    }
    const text = textOf(is);
    return text === null || text === textOf(was) ? [] : [said('field-filled', field.name, text)];
  });
}

function proofChanges([before, after]: Step): readonly LaterChange[] {
  const [was, is] = [before, after].map((view) => view.resolve(catalogOf(view).entries.get('DSS')));
  return is === undefined || is === null || sameValue(was ?? null, is) ? [] : [said('validation-data-added')];
}

function said(
  kind: LaterChange['kind'],
  field: string | null = null,
  text: string | null = null,
): LaterChange {
  return { kind, field, text };
}
