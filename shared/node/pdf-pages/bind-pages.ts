import { PDFDocument, PDFHexString, PDFName, PDFNumber, type PDFPage, type PDFRef } from 'pdf-lib';
import { AppError, type Instant } from '../../kernel/public.ts';
import { markPages, type PageMark } from './mark-pages.ts';
import { openPages, prepare } from './own-pages.ts';

/** Files bound into one, a chapter each for what belongs together. */
export type Binder = Readonly<{
  /** Puts a file behind the others; null where its pages cannot go into another one, or how many it has. */
  add: (chapter: string, title: string, pdf: Uint8Array) => Promise<number | null>;
  /** The whole, behind its cover, with an entry for each chapter and each file, and the mark on every page. */
  bind: (cover: Uint8Array, mark: PageMark) => Promise<Uint8Array>;
}>;

type Entry = Readonly<{ title: string; page: PDFPage }>;

export async function openBinder(at: Instant): Promise<Binder> {
  const made = await PDFDocument.create({ updateMetadata: false });
  const chapters = new Map<string, Entry[]>();
  return {
    add: async (chapter, title, pdf) => {
      const from = await pagesOf(pdf);
      if (from === null) return null;
      for (const page of from.getPages()) prepare(page);
      const copied = await made.copyPages(from, from.getPageIndices());
      for (const page of copied) made.addPage(page);
      const [first] = copied;
      const before = chapters.get(chapter) ?? [];
      chapters.set(chapter, first === undefined ? before : [...before, { title, page: first }]);
      return copied.length;
    },
    bind: async (cover, mark) => {
      const front = await openPages(cover);
      const copied = await made.copyPages(front, front.getPageIndices());
      for (const [place, page] of copied.entries()) made.insertPage(place, page);
      await markPages(made, mark);
      writeOutline(made, [...chapters]);
      made.setProducer('Ấn Tín');
      made.setCreator('Ấn Tín');
      made.setCreationDate(new Date(at));
      made.setModificationDate(new Date(at));
      return await made.save({
        useObjectStreams: false,
        addDefaultPage: false,
        updateFieldAppearances: false,
      });
    },
  };
}

/** Locked, damaged or layered files stay files of their own. */
async function pagesOf(pdf: Uint8Array): Promise<PDFDocument | null> {
  try {
    return await openPages(pdf);
  } catch (error) {
    if (error instanceof AppError) return null;
    throw error;
  }
}

/** The tree a reader shows beside the pages (ISO 32000-2 12.3.3), all of it open. */
function writeOutline(made: PDFDocument, chapters: readonly (readonly [string, readonly Entry[]])[]): void {
  const root = made.context.nextRef();
  const tops = chapters.flatMap(([title, files]): Branch[] => {
    const [first] = files;
    return first === undefined ? [] : [{ title, page: first.page, below: files.map(leaf) }];
  });
  const ends = writeLevel(made, root, tops);
  if (ends === null) return;
  const count = tops.reduce((sum, { below }) => sum + 1 + below.length, 0);
  made.context.assign(
    root,
    made.context.obj({ Type: 'Outlines', First: ends.first, Last: ends.last, Count: count }),
  );
  made.catalog.set(PDFName.of('Outlines'), root);
  made.catalog.set(PDFName.of('PageMode'), PDFName.of('UseOutlines'));
}

type Branch = Entry & Readonly<{ below: readonly Branch[] }>;

function leaf(entry: Entry): Branch {
  return { ...entry, below: [] };
}

function writeLevel(made: PDFDocument, parent: PDFRef, level: readonly Branch[]) {
  const { context } = made;
  const refs = level.map(() => context.nextRef());
  for (const [place, { title, page, below }] of level.entries()) {
    const own = refs[place];
    if (own === undefined) continue;
    const entry = context.obj({ Parent: parent, Dest: [page.ref, 'Fit'] });
    entry.set(PDFName.of('Title'), PDFHexString.fromText(title));
    const [before, after] = [refs[place - 1], refs[place + 1]];
    if (before !== undefined) entry.set(PDFName.of('Prev'), before);
    if (after !== undefined) entry.set(PDFName.of('Next'), after);
    const ends = writeLevel(made, own, below);
    if (ends !== null) {
      entry.set(PDFName.of('First'), ends.first);
      entry.set(PDFName.of('Last'), ends.last);
      entry.set(PDFName.of('Count'), PDFNumber.of(below.length));
    }
    context.assign(own, entry);
  }
  const [first, last] = [refs[0], refs.at(-1)];
  return first === undefined || last === undefined ? null : { first, last };
}
