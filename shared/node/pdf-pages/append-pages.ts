import { PDFDocument } from 'pdf-lib';

/** The pages of one file behind those of another, as they are; both are our own making. */
export async function appendPages(first: Uint8Array, second: Uint8Array): Promise<Uint8Array> {
  const whole = await PDFDocument.load(first, { updateMetadata: false });
  const more = await PDFDocument.load(second, { updateMetadata: false });
  for (const page of await whole.copyPages(more, more.getPageIndices())) whole.addPage(page);
  return await whole.save({ useObjectStreams: false, addDefaultPage: false, updateFieldAppearances: false });
}
