import { degrees, type PDFDocument, type PDFEmbeddedPage, type PDFPage } from 'pdf-lib';

/** A page whose look is laid onto each page of another file, and where. */
export type PageMark = Readonly<{ place: 'corner' | 'foot'; look: Uint8Array }>;

/** Clear of the paper's edge, whatever its size. */
const marginPt = 14;

/** Lays a mark into the upper right corner or along the foot of every page, as it is seen. */
export async function markPages(made: PDFDocument, { look, place }: PageMark): Promise<void> {
  const [embedded] = await made.embedPdf(look);
  if (embedded === undefined) throw new Error('The mark has no page');
  for (const page of made.getPages()) draw(page, embedded, place);
}

function draw(page: PDFPage, look: PDFEmbeddedPage, place: PageMark['place']): void {
  const { x: left, y: bottom, width, height } = page.getCropBox();
  const [right, top] = [left + width, bottom + height];
  const turn = ((page.getRotation().angle % 360) + 360) % 360;
  const [seenWidth, seenHeight] = turn % 180 === 0 ? [width, height] : [height, width];
  const scale = Math.min(1, (seenWidth - 2 * marginPt) / look.width);
  const [markWidth, markHeight] = [look.width * scale, look.height * scale];
  const across = place === 'corner' ? seenWidth - markWidth - marginPt : (seenWidth - markWidth) / 2;
  const up = place === 'corner' ? seenHeight - markHeight - marginPt : marginPt;
  // From the lower left corner as it is seen to where that lies on the page before it is turned.
  const places: Readonly<Record<number, readonly [number, number]>> = {
    0: [left + across, bottom + up],
    90: [right - up, bottom + across],
    180: [right - across, top - up],
    270: [left + up, top - across],
  };
  const [x, y] = places[turn] ?? [left + across, bottom + up];
  page.drawPage(look, { x, y, width: markWidth, height: markHeight, rotate: degrees(turn) });
}
