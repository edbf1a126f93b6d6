import { refuse, type Refusal, type Verdict } from '../kernel/public.ts';
import { notationOf } from './notation.ts';
import { copyForms, type CertifiedCopy, type CopyForm, type Medium, type OfficialDocument } from './model.ts';
import { whyNotIncoming, whyNotOutgoing } from './why-not.ts';

/** NĐ 30 PL3 phần I: abbreviations of the copies. */
const abbreviations: Readonly<Record<CopyForm, string>> = {
  'sao-y': 'SY',
  'sao-luc': 'SL',
  'trich-sao': 'TrS',
};

/** `01/SY-SKHCN` (NĐ 30 PL1 phần II). */
export function copyNotation(number: number, form: CopyForm, agencySymbol: string): string {
  return notationOf(number, `${abbreviations[form]}-${agencySymbol}`);
}

/** Why no copy can be made of a document where it stands. */
export function whyNotCopied(document: OfficialDocument | null): Refusal | null {
  return document?.direction === 'outgoing'
    ? whyNotOutgoing(document, 'copy')
    : whyNotIncoming(document, 'copy');
}

/** What a file counts as by the verdict on its signatures: what carries none was paper (NĐ 30 Đ5). */
export function mediumOf(verdict: Verdict): Medium {
  return verdict === 'unsigned' ? 'paper' : 'electronic';
}

/** Why a copy may not have this form, for what it is made from and what it becomes (NĐ 30 Đ25). */
export function whyNotForm(form: CopyForm, medium: Medium, target: Medium): Refusal | null {
  // Sao y and sao lục lead onto paper, and from paper to electronic form; what is and stays electronic is an extract.
  const isCopied = form === 'trich-sao' || target === 'paper' || medium === 'paper';
  return isCopied ? null : refuse('documents.copy-of-electronic');
}

/** The forms that are left: of a single electronic page there is no electronic copy but itself. */
export function formsFor(medium: Medium, target: Medium, pages: number): readonly CopyForm[] {
  return copyForms.filter(
    (form) => whyNotForm(form, medium, target) === null && (form !== 'trich-sao' || pages > 1),
  );
}

/** What a copy becomes; those from before the others were made are electronic. */
export function targetOf({ target = 'electronic' }: Pick<CertifiedCopy, 'target'>): Medium {
  return target;
}

/** Why an extract cannot have these pages of so many; a whole copy names none. */
export function whyNotPages(form: CopyForm, pages: readonly number[] | null, total: number): Refusal | null {
  if (form !== 'trich-sao') return pages === null ? null : refuse('documents.copy-is-whole');
  const inOrder = (pages ?? []).every((page, place, all) => page <= total && page > (all[place - 1] ?? 0));
  if (pages === null || pages.length === 0 || !inOrder) return refuse('documents.extract-pages', { total });
  // NĐ 30 Đ25 K3: an extract keeps the whole form of the document, which stands on its first page.
  if (pages[0] !== 1) return refuse('documents.extract-first-page');
  return pages.length < total ? null : refuse('documents.extract-of-everything');
}

/** The copy that still counts under this number. */
export function copyNumbered(
  { certifiedCopies }: Pick<OfficialDocument, 'certifiedCopies'>,
  { number, year }: Pick<CertifiedCopy, 'number' | 'year'>,
): CertifiedCopy | null {
  return certifiedCopies.find((copy) => copy.number === number && copy.year === year) ?? null;
}
