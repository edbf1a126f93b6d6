import {
  PDFArray,
  PDFDict,
  PDFDocument,
  PDFHexString,
  PDFName,
  PDFNumber,
  PDFObjectCopier,
  PDFRef,
  PDFString,
  type PDFContext,
  type PDFObject,
} from 'pdf-lib';
import { formFonts } from './form-fonts.ts';

/** A place the layout left for a field, in points from the page's upper left corner. */
export type FieldPlace = Readonly<{
  name: string;
  /** What it is, for people who hear the page. */
  label: string;
  page: number;
  x: number;
  y: number;
  width: number;
  height: number;
  align: 'left' | 'right';
}>;

const textFields: Readonly<Record<string, { font: string; size: number }>> = {
  number: { font: 'LegalFont', size: 13 },
  date: { font: 'LegalFontItalic', size: 13 },
};
/** Fields filled or signed after the leaders: the lock of an earlier signature leaves them open. */
const afterLeaders = ['number', 'date', 'seal'];
const belowBaselinePt = 4;
/** Pages are small: the library need not pause between objects for the sake of others. */
const atOnce = Number.POSITIVE_INFINITY;
const printed = 4; // Annotation flag: print (ISO 32000-2 12.5.3).

/**
 * Writes a document's fields by hand, before anybody signs: merged field and widget, embedded font, appearance of
 * their own, a place in the structure tree (PDF/A-3a). A form library would bring an un-embedded Helvetica.
 */
export async function withFields(pdf: Uint8Array, places: readonly FieldPlace[]): Promise<Uint8Array> {
  if (places.length === 0) return pdf;
  const document = await PDFDocument.load(pdf, { updateMetadata: false, parseSpeed: atOnce });
  const { context } = document;
  const fonts = await importFonts(context);
  const structure = openStructure(document.catalog, context);
  const refs: PDFRef[] = [];
  const leaders = places.map(({ name }) => name).filter(isLeader);
  for (const place of places) {
    const page = document.getPages()[place.page - 1];
    if (page === undefined) {
      throw new Error(`The layout put ${place.name} on page ${place.page}, which is not there`);
    }
    const ref = context.nextRef();
    const rect = rectOf(place, page.getHeight());
    const entries =
      place.name in textFields
        ? textField(context, place, { rect, fonts })
        : signatureField(context, place, leaders);
    const parent = structure.add(ref, page.ref, place.label);
    context.assign(
      ref,
      context.obj({
        Type: 'Annot',
        Subtype: 'Widget',
        Rect: [rect.x, rect.y, rect.x + rect.width, rect.y + rect.height],
        F: printed,
        P: page.ref,
        T: PDFString.of(place.name),
        TU: PDFHexString.fromText(place.label),
        StructParent: parent,
        ...entries,
      }),
    );
    addAnnotation(page.node, ref, context);
    refs.push(ref);
  }
  structure.close();
  // Its default; some readers complain of it aloud.
  document.catalog.lookupMaybe(PDFName.of('MarkInfo'), PDFDict)?.delete(PDFName.of('Suspects'));
  document.catalog.set(
    PDFName.of('AcroForm'),
    context.obj({
      Fields: refs,
      // Signatures are to come, and every later save must append (ISO 32000-2 12.7.3).
      SigFlags: 3,
      DR: { Font: fonts },
      DA: PDFString.of('/LegalFont 13 Tf 0 g'),
    }),
  );
  return document.save({
    useObjectStreams: false,
    addDefaultPage: false,
    updateFieldAppearances: false,
    objectsPerTick: atOnce,
  });
}

type Rect = Readonly<{ x: number; y: number; width: number; height: number }>;

function rectOf(place: FieldPlace, pageHeight: number): Rect {
  const drop = place.name in textFields ? belowBaselinePt : 0;
  return {
    x: place.x,
    y: pageHeight - place.y - place.height - drop,
    width: place.width,
    height: place.height + drop,
  };
}

type Entries = Readonly<Record<string, PDFObject>>;

type TextLook = Readonly<{ rect: Rect; fonts: Readonly<Record<string, PDFRef>> }>;

function textField(context: PDFContext, place: FieldPlace, { rect, fonts }: TextLook): Entries {
  const style = textFields[place.name] ?? { font: 'LegalFont', size: 13 };
  // An empty appearance that still says where the baseline is: whoever fills the field keeps to it.
  const appearance = context.stream(
    `/Tx BMC q BT /${style.font} ${style.size} Tf 0 g 0 ${belowBaselinePt} Td ET Q EMC`,
    {
      Type: 'XObject',
      Subtype: 'Form',
      BBox: [0, 0, rect.width, rect.height],
      Resources: { Font: fonts },
    },
  );
  return {
    FT: PDFName.of('Tx'),
    V: PDFString.of(''),
    DA: PDFString.of(`/${style.font} ${style.size} Tf 0 g`),
    Q: PDFNumber.of(place.align === 'right' ? 2 : 0),
    MK: context.obj({}),
    AP: context.obj({ N: context.register(appearance) }),
  };
}

function signatureField(context: PDFContext, place: FieldPlace, leaders: readonly string[]): Entries {
  const appearance = context.stream('', {
    Type: 'XObject',
    Subtype: 'Form',
    BBox: [0, 0, place.width, place.height],
    Resources: {},
  });
  return {
    FT: PDFName.of('Sig'),
    Lock: context.register(context.obj(lockOf(place.name, leaders))),
    MK: context.obj({}),
    AP: context.obj({ N: context.register(appearance) }),
  };
}

/**
 * What a signature closes (ISO 32000-2 12.8.2.4): a leader's all but number, date, seal and the other leaders', who
 * may sign in any order; the seal everything.
 */
function lockOf(name: string, leaders: readonly string[]) {
  if (name === 'seal') return { Type: 'SigFieldLock', Action: 'All', P: 1 };
  if (isLeader(name)) {
    const open = [...leaders.filter((other) => other !== name), ...afterLeaders];
    return { Type: 'SigFieldLock', Action: 'Exclude', Fields: open.map((field) => PDFString.of(field)) };
  }
  return { Type: 'SigFieldLock', Action: 'Include', Fields: [PDFString.of(name)] };
}

/** `leader`, `leader-2`…: one for each of those who sign the paper. */
function isLeader(name: string): boolean {
  return /^leader(?:-\d)?$/u.test(name);
}

function addAnnotation(page: PDFDict, ref: PDFRef, context: PDFContext): void {
  const annotations = page.lookupMaybe(PDFName.of('Annots'), PDFArray);
  if (annotations === undefined) page.set(PDFName.of('Annots'), context.obj([ref]));
  else annotations.push(ref);
  page.set(PDFName.of('Tabs'), PDFName.of('S'));
}

async function importFonts(context: PDFContext): Promise<Record<string, PDFRef>> {
  const source = await formFonts();
  const copier = PDFObjectCopier.for(source.context, context);
  const fonts: Record<string, PDFRef> = {};
  for (const [, object] of source.context.enumerateIndirectObjects()) {
    if (!(object instanceof PDFDict) || object.get(PDFName.of('Subtype')) !== PDFName.of('Type0')) continue;
    const base = String(object.get(PDFName.of('BaseFont')));
    const copied = copier.copy(object);
    fonts[base.includes('Italic') ? 'LegalFontItalic' : 'LegalFont'] = context.register(copied);
  }
  if (fonts['LegalFont'] === undefined || fonts['LegalFontItalic'] === undefined) {
    throw new Error('The fonts of the form could not be made');
  }
  return fonts;
}

/** The structure tree of a tagged PDF, as far as widgets have to stand in it (ISO 32000-2 14.7.5.4). */
function openStructure(catalog: PDFDict, context: PDFContext) {
  const root = catalog.lookup(PDFName.of('StructTreeRoot'), PDFDict);
  const rootRef = catalog.get(PDFName.of('StructTreeRoot'));
  const parents = root.lookup(PDFName.of('ParentTree'), PDFDict);
  const kids = root.lookup(PDFName.of('K'));
  const top = kids instanceof PDFArray ? kids.get(0) : root.get(PDFName.of('K'));
  const owner = top instanceof PDFRef ? top : rootRef;
  const ownerDict = top instanceof PDFRef ? context.lookup(top, PDFDict) : root;
  let next = Number(String(root.get(PDFName.of('ParentTreeNextKey')) ?? '0'));
  const added: PDFObject[] = [];
  const first = next;
  return {
    add(widget: PDFRef, page: PDFRef, label: string): PDFNumber {
      const element = context.register(
        context.obj({
          Type: 'StructElem',
          S: 'Form',
          P: owner,
          Alt: PDFHexString.fromText(label),
          K: { Type: 'OBJR', Obj: widget, Pg: page },
        }),
      );
      appendKid(ownerDict, element, context);
      added.push(PDFNumber.of(next), element);
      next += 1;
      return PDFNumber.of(next - 1);
    },
    close(): void {
      const branch = context.register(
        context.obj({ Nums: added, Limits: [PDFNumber.of(first), PDFNumber.of(next - 1)] }),
      );
      addBranch(parents, branch, context, first);
      root.set(PDFName.of('ParentTreeNextKey'), PDFNumber.of(next));
    },
  };
}

function appendKid(owner: PDFDict, element: PDFRef, context: PDFContext): void {
  const kids = owner.lookup(PDFName.of('K'));
  if (kids instanceof PDFArray) kids.push(element);
  else {
    owner.set(
      PDFName.of('K'),
      context.obj([
        ...(owner.has(PDFName.of('K')) ? [owner.get(PDFName.of('K')) as PDFObject] : []),
        element,
      ]),
    );
  }
}

/** A number tree has either numbers or branches at its root: numbers there are first made a branch. */
function addBranch(tree: PDFDict, branch: PDFRef, context: PDFContext, first: number): void {
  const kids = tree.lookupMaybe(PDFName.of('Kids'), PDFArray);
  if (kids !== undefined) {
    kids.push(branch);
    return;
  }
  const numbers = tree.lookup(PDFName.of('Nums'), PDFArray);
  const before = context.register(
    context.obj({ Nums: numbers, Limits: [PDFNumber.of(0), PDFNumber.of(Math.max(0, first - 1))] }),
  );
  tree.delete(PDFName.of('Nums'));
  tree.set(PDFName.of('Kids'), context.obj([before, branch]));
}
