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
  target: Medium;
  pages: string;
  recipients: string;
  purpose: string;
  decidedBy: string | null;
  pin: string;
}>;

export type CopySource = Readonly<{ medium: Medium; pages: number }>;

/** An electronic copy where there can be one, the whole first of all. */
export function firstChoice(source: CopySource): Pick<CopyEntry, 'form' | 'target'> {
  const target = formsFor(source.medium, 'electronic', source.pages).length > 0 ? 'electronic' : 'paper';
  return { target, form: firstForm(source, target) };
}

export function firstForm({ medium, pages }: CopySource, target: Medium): CopyForm {
  return formsFor(medium, target, pages)[0] ?? 'trich-sao';
}

/** The pages of the entry; null for a whole copy. */
export function pagesOf({ form, pages }: CopyEntry, { pages: total }: CopySource): readonly number[] | null {
  return form === 'trich-sao' ? (readPages(pages, total) ?? []) : null;
}

/** Why these pages in this form cannot be. */
export function whyNotEntry(entry: CopyEntry, source: CopySource): Refusal | null {
  return (
    whyNotForm(entry.form, source.medium, entry.target) ??
    whyNotPages(entry.form, pagesOf(entry, source), source.pages)
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
