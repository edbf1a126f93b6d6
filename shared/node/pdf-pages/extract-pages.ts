import { PDFArray, PDFDict, PDFDocument, PDFName, type PDFPage } from 'pdf-lib';
import { AppError, type Hash, type Instant } from '../../kernel/public.ts';
import { flattenAnnotations } from './flatten.ts';

export type ExtractOrder = Readonly<{
  pdf: Uint8Array;
  /** From 1, in order. */
  pages: readonly number[];
  /** The SHA-256 of the source, kept among the new file's key words. */
  source: Hash;
  at: Instant;
}>;

/** Entries of a page that lead to other pages, run something, or belong to a tree that stays behind. */
const leftBehind = ['Annots', 'AA', 'B', 'StructParents', 'Tabs', 'Metadata', 'PieceInfo', 'Dur', 'Trans'];

/** Makes a file of chosen pages as they are seen, without fields, signatures, links or scripts. */
export async function extractPages({ pdf, pages, source, at }: ExtractOrder): Promise<Uint8Array> {
  const from = await open(pdf);
  if (hidesLayers(from)) throw new AppError('documents.copy-has-layers');
  const all = from.getPages();
  const made = await PDFDocument.create({ updateMetadata: false });
  try {
    for (const number of pages) {
      const page = all[number - 1];
      if (page === undefined) throw new AppError('documents.extract-pages', { total: all.length });
      prepare(page);
    }
    const copied = await made.copyPages(
      from,
      pages.map((number) => number - 1),
    );
    for (const page of copied) made.addPage(page);
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

async function open(pdf: Uint8Array): Promise<PDFDocument> {
  try {
    return await PDFDocument.load(pdf, { updateMetadata: false, throwOnInvalidObject: true });
  } catch (error) {
    throw new AppError('documents.copy-unreadable', {}, error);
  }
}

/** What is seen becomes the page; what leads away from it goes, before the page is taken out of its file. */
function prepare(page: PDFPage): void {
  flattenAnnotations(page);
  for (const key of leftBehind) page.node.delete(PDFName.of(key));
}

/** Layers that are switched off would be shown where the switch is not taken along. */
function hidesLayers({ catalog }: PDFDocument): boolean {
  const layers = catalog.lookupMaybe(PDFName.of('OCProperties'), PDFDict);
  const usual = layers?.lookupMaybe(PDFName.of('D'), PDFDict);
  const off = usual?.lookupMaybe(PDFName.of('OFF'), PDFArray);
  const base = usual?.lookupMaybe(PDFName.of('BaseState'), PDFName);
  return (off?.size() ?? 0) > 0 || (base !== undefined && base !== PDFName.of('ON'));
}
