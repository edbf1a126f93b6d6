import {
  formsFor,
  whyNotForm,
  whyNotPages,
  type CertifiedCopy,
  type CopyForm,
  type Medium,
} from '#shared/documents/public.ts';
import type { Refusal } from '#shared/kernel/public.ts';
import { readPages } from './page-range.ts';

/** What the clerk says of a copy to be made. */
export type CopyEntry = Readonly<{
  form: CopyForm;
  pages: string;
  recipients: string;
  purpose: string;
  decidedBy: string | null;
  pin: string;
}>;

export type CopySource = Readonly<{ medium: Medium; pages: number }>;

/** Paper is copied whole first of all. */
export function firstForm({ medium, pages }: CopySource): CopyForm {
  return formsFor(medium, pages)[0] ?? 'trich-sao';
}

/** The pages of the entry; null for a whole copy. */
export function pagesOf({ form, pages }: CopyEntry, { pages: total }: CopySource): readonly number[] | null {
  return form === 'trich-sao' ? (readPages(pages, total) ?? []) : null;
}

/** Why these pages in this form cannot be. */
export function whyNotEntry(entry: CopyEntry, source: CopySource): Refusal | null {
  return (
    whyNotForm(entry.form, source.medium) ?? whyNotPages(entry.form, pagesOf(entry, source), source.pages)
  );
}

/** One recipient a line. */
export function recipientsOf({ recipients }: CopyEntry): CertifiedCopy['recipients'] {
  return recipients
    .split('\n')
    .map((name) => name.trim())
    .filter((name) => name !== '')
    .map((name) => ({ name, kind: 'agency' }));
}
