import { refuse, type DossierId, type Refusal } from '../kernel/public.ts';
import type { FilingAct } from './acts.ts';
import type { OfficialDocument } from './model.ts';
import { notationOf } from './notation.ts';

/** Why a paper cannot be put into a file: it never became the agency's, or is destroyed. */
export function whyNotFile(document: OfficialDocument): Refusal | null {
  const { state } = document;
  if (state !== 'arrived' && state !== 'refused' && state !== 'destroyed') return null;
  return refuse('documents.not-in-state', { state: `${document.direction}.${state}` });
}

/** The files a paper lies in: it lies in each without being copied (NĐ 30 PL6 I.4). */
export function dossiersOf({ dossiers = [] }: OfficialDocument): readonly DossierId[] {
  return dossiers;
}

/** What a paper is called in a sentence: its notation, or what it is about. */
export function documentName(document: OfficialDocument): string {
  if (document.direction === 'outgoing') return document.number?.notation ?? document.summary.subject;
  const { fields, file } = document;
  if (fields === null) return file?.name ?? '';
  return notationOf(fields.number, fields.symbol) || fields.subject;
}

/** NĐ 30 Đ29: what is done and lies in a file is filed; taken out of the last one it is only done. */
export function evolveFiling(document: OfficialDocument | null, act: FilingAct): OfficialDocument {
  if (document === null) throw new Error('Nothing was filed');
  const { dossier } = act.body;
  const others = dossiersOf(document).filter((one) => one !== dossier);
  const dossiers = act.type === 'documentFiled' ? [...others, dossier] : others;
  return settleFiled({ ...document, dossiers });
}

export function settleFiled<Document extends OfficialDocument>(document: Document): Document {
  if (document.direction === 'outgoing') return document;
  const isFiled = dossiersOf(document).length > 0;
  if (document.state === 'done' && isFiled) return { ...document, state: 'filed' };
  return document.state === 'filed' && !isFiled ? { ...document, state: 'done' } : document;
}
