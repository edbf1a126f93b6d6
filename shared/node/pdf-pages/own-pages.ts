import { PDFArray, PDFDict, PDFDocument, PDFName, type PDFPage } from 'pdf-lib';
import { AppError } from '../../kernel/public.ts';
import { flattenAnnotations } from './flatten.ts';

/** A file whose pages may go into another one: readable, and showing all that it has. */
export async function openPages(pdf: Uint8Array): Promise<PDFDocument> {
  const from = await load(pdf);
  if (hidesLayers(from)) throw new AppError('documents.copy-has-layers');
  return from;
}

/** Entries of a page that lead to other pages, run something, or belong to a tree that stays behind. */
const leftBehind = ['Annots', 'AA', 'B', 'StructParents', 'Tabs', 'Metadata', 'PieceInfo', 'Dur', 'Trans'];

/** What is seen becomes the page; what leads away from it goes, before the page is taken out of its file. */
export function prepare(page: PDFPage): void {
  flattenAnnotations(page);
  for (const key of leftBehind) page.node.delete(PDFName.of(key));
}

async function load(pdf: Uint8Array): Promise<PDFDocument> {
  try {
    return await PDFDocument.load(pdf, { updateMetadata: false, throwOnInvalidObject: true });
  } catch (error) {
    throw new AppError('documents.copy-unreadable', {}, error);
  }
}

/** Layers that are switched off would be shown where the switch is not taken along. */
function hidesLayers({ catalog }: PDFDocument): boolean {
  const layers = catalog.lookupMaybe(PDFName.of('OCProperties'), PDFDict);
  const usual = layers?.lookupMaybe(PDFName.of('D'), PDFDict);
  const off = usual?.lookupMaybe(PDFName.of('OFF'), PDFArray);
  const base = usual?.lookupMaybe(PDFName.of('BaseState'), PDFName);
  return (off?.size() ?? 0) > 0 || (base !== undefined && base !== PDFName.of('ON'));
}
