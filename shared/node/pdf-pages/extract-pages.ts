import { PDFDocument } from 'pdf-lib';
import { AppError, type Hash, type Instant } from '../../kernel/public.ts';
import { markPages, type PageMark } from './mark-pages.ts';
import { openPages, prepare } from './own-pages.ts';

export type ExtractOrder = Readonly<{
  pdf: Uint8Array;
  /** From 1, in order. */
  pages: readonly number[] | 'all';
  /** The SHA-256 of the source, kept among the new file's key words. */
  source: Hash;
  at: Instant;
  /** Laid onto each page. */
  marks?: readonly PageMark[];
}>;

/** Makes a file of chosen pages as they are seen, without fields, signatures, links or scripts. */
export async function extractPages({
  pdf,
  pages,
  source,
  at,
  marks = [],
}: ExtractOrder): Promise<Uint8Array> {
  const from = await openPages(pdf);
  const all = from.getPages();
  const chosen = pages === 'all' ? all.map((_page, place) => place + 1) : pages;
  const made = await PDFDocument.create({ updateMetadata: false });
  try {
    for (const number of chosen) {
      const page = all[number - 1];
      if (page === undefined) throw new AppError('documents.extract-pages', { total: all.length });
      prepare(page);
    }
    const copied = await made.copyPages(
      from,
      chosen.map((number) => number - 1),
    );
    for (const page of copied) made.addPage(page);
    for (const mark of marks) await markPages(made, mark);
    made.setProducer('Ấn Tín');
    made.setCreator('Ấn Tín');
    made.setKeywords([`sha256:${source}`]);
    made.setCreationDate(new Date(at));
    made.setModificationDate(new Date(at));
    return await made.save({ useObjectStreams: false, addDefaultPage: false, updateFieldAppearances: false });
  } catch (error) {
    throw error instanceof AppError ? error : new AppError('documents.copy-unreadable', {}, error);
  }
}
