import { AppError } from '../../kernel/public.ts';
import type { TextLine } from '../../intake/public.ts';
import { hasActiveContent, hasForeignAttachment } from './active-content.ts';
import { readEmbedded } from './embedded.ts';
import { withPdf, type PdfDocument } from './engine.ts';
import { isSwollen } from './swollen.ts';
import { hiddenShare, readPage, type PageText } from './read-page.ts';

/** What stands in a PDF. `lines` hold the pages that were asked for; `head` the upper 45 % of page 1. */
export type PdfText = Readonly<{
  pages: number;
  lines: readonly TextLine[];
  head: readonly TextLine[];
  /** Our own metadata, when the file carries it (`antin.json`), not yet checked. */
  embedded: unknown;
  /** It carries a script, a program start or a foreign attachment. */
  hasScript: boolean;
  /** Its first page is a picture with invisible, machine-read text over it. */
  hiddenText: boolean;
  method: 'embedded' | 'text';
}>;

export type ReadOptions = Readonly<{
  /** `ends`: only the first two and the last three pages, enough to fill the register's fields. */
  which?: 'all' | 'ends';
  name?: string;
  limitMs?: number;
}>;

const embeddedName = 'antin.json';
const headShare = 0.45;
const mostPages = 5000;

/** `readPdf`, in the thread it is called in. */
export async function readPdfHere(
  bytes: Uint8Array,
  { which = 'all', name, limitMs }: ReadOptions = {},
): Promise<PdfText> {
  return withPdf(bytes, { name, limitMs }, async (document) => {
    // Asked first, so that the fonts (and which of them are bold) are known when the lines are joined.
    const hidden = await hiddenShare(document, 1);
    const pages: PageText[] = [];
    for (const number of pageNumbers(document.numPages, which)) {
      pages.push(await readPageOrNothing(document, number));
    }
    const first = pages[0];
    if (first === undefined) throw new AppError('intake.damaged', { name: name ?? '' });
    const embedded = await readEmbedded(document, embeddedName);
    return {
      pages: document.numPages,
      lines: pages.flatMap((page) => page.lines),
      head: first.lines.filter((line) => line.y <= first.height * headShare),
      embedded,
      hasScript: hasActiveContent(bytes) || (await hasForeignAttachment(document, embeddedName)),
      hiddenText: hidden > 0.5,
      method: embedded === null ? 'text' : 'embedded',
    };
  });
}

/** Opens the file far enough to know that it can be read, and counts its pages. */
export async function countPagesHere(
  bytes: Uint8Array,
  options: Omit<ReadOptions, 'which'> = {},
): Promise<number> {
  if (isSwollen(bytes)) throw new AppError('intake.too-slow', { name: options.name ?? '' });
  return withPdf(bytes, options, async (document) => {
    await document.getPage(1);
    return document.numPages;
  });
}

/** `readAllText`, in the thread it is called in. */
export async function readAllTextHere(
  bytes: Uint8Array,
  options: Omit<ReadOptions, 'which'> = {},
): Promise<string> {
  return withPdf(bytes, options, async (document) => {
    const pages: string[] = [];
    for (const number of pageNumbers(document.numPages, 'all')) {
      const { lines } = await readPageOrNothing(document, number);
      pages.push(lines.map((line) => line.text).join('\n'));
    }
    return pages.join('\f');
  });
}

/** One page that cannot be read leaves a gap; the file is still received. */
async function readPageOrNothing(document: PdfDocument, number: number): Promise<PageText> {
  try {
    return await readPage(document, number);
  } catch (error) {
    if (number === 1) throw error;
    return { lines: [], width: 0, height: 0, letters: 0 };
  }
}

function pageNumbers(pages: number, which: 'all' | 'ends'): readonly number[] {
  const all = Array.from({ length: Math.min(pages, mostPages) }, (_none, index) => index + 1);
  return which === 'all' ? all : all.filter((number) => number <= 2 || number > pages - 3);
}
