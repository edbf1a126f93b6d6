import { createHash } from 'node:crypto';
import { deflateSync } from 'node:zlib';
import { AppError, type Instant } from '#shared/kernel/public.ts';
import type { Evidence } from '../evidence/evidence.ts';
import { catalogOf, type PdfFile, type PdfView } from '../pdf/document.ts';
import { decodeStream } from '../pdf/filters.ts';
import {
  array,
  dict,
  isArray,
  isDict,
  isRef,
  isStream,
  isString,
  name,
  ref,
  withEntries,
  type PdfDict,
  type PdfRef,
  type PdfStream,
  type PdfValue,
} from '../pdf/values.ts';
import { verifyPdf } from '../verify/verify-pdf.ts';
import { appendRevision, firstFreeNumber } from './append-revision.ts';
import { openForWriting } from './open-for-writing.ts';

export type DssOrder = Readonly<{
  pdf: Uint8Array;
  /** What proves each signature or document time-stamp, by its field's full name. */
  evidence: readonly Readonly<{ field: string; evidence: Evidence }>[];
  at: Instant;
}>;

const lists = { certificates: 'Certs', ocsps: 'OCSPs', crls: 'CRLs' } as const;
const vriLists = { certificates: 'Cert', ocsps: 'OCSP', crls: 'CRL' } as const;
type Kind = keyof typeof lists;
const kinds: readonly Kind[] = ['certificates', 'ocsps', 'crls'];

/** Adds what proves the signatures (EN 319 142-1 5.4) as one revision; what the file has already is not added again. */
export function addDss(order: DssOrder): Uint8Array {
  const { file, form } = openForWriting(order.pdf);
  const view = file.latest;
  const catalog = catalogOf(view);
  const entry = catalog.entries.get('DSS');
  const old = dictOrNothing(view, entry);
  const store = newStore(file, old);
  const oldVri = dictOrNothing(view, old?.entries.get('VRI'));
  const vri = new Map<string, PdfValue>();
  for (const { field, evidence } of order.evidence) {
    const contents = contentsOf(view, form?.fields.get(field)?.value);
    if (contents === null) throw new AppError('signing.field-not-signed', { field });
    const known = kinds.map((kind) => [kind, evidence[kind].map((der) => store.put(kind, der))] as const);
    const key = createHash('sha1').update(contents).digest('hex').toUpperCase();
    const said = known.filter(([, refs]) => refs.length > 0);
    // What a signature was once validated with stays as it is; more of it stands in the lists only.
    if (said.length === 0 || vri.has(key) || oldVri?.entries.has(key) === true) continue;
    vri.set(key, dict(Object.fromEntries(said.map(([kind, refs]) => [vriLists[kind], array(refs)]))));
  }
  if (store.added.size === 0 && vri.size === 0) return order.pdf;
  const changes = new Map<number, PdfValue | Buffer>(store.added);
  const grown = withEntries(old ?? dict({ Type: name('DSS') }), {
    ...store.lists(),
    ...(vri.size === 0 && oldVri === null
      ? {}
      : { VRI: withEntries(oldVri ?? dict({}), Object.fromEntries(vri)) }),
  });
  placeDss(file, { entry, catalog, num: store.nextFree(), grown }, changes);
  const pdf = appendRevision(file, changes).bytes;
  refuseIfHarmed(order, pdf);
  return pdf;
}

type Store = Readonly<{
  /** The stream that holds these bytes, an old one where there is one. */
  put: (kind: Kind, der: Uint8Array) => PdfRef;
  added: ReadonlyMap<number, PdfValue>;
  lists: () => Readonly<Record<string, PdfValue>>;
  nextFree: () => number;
}>;

function newStore(file: PdfFile, old: PdfDict | null): Store {
  const view = file.latest;
  const added = new Map<number, PdfValue>();
  const rows = new Map<Kind, PdfRef[]>();
  const known = new Map<string, PdfRef>();
  let next = firstFreeNumber(file);
  for (const kind of kinds) {
    const refs = streamRefs(view, old?.entries.get(lists[kind]));
    rows.set(kind, refs);
    for (const one of refs) {
      const bytes = bytesOf(view.resolve(one));
      if (bytes !== null && !known.has(keyOf(kind, bytes))) known.set(keyOf(kind, bytes), one);
    }
  }
  return {
    put: (kind, der) => {
      const key = keyOf(kind, der);
      const found = known.get(key);
      if (found !== undefined) return found;
      const own = ref(next++);
      added.set(own.num, streamOf(der));
      rows.get(kind)?.push(own);
      known.set(key, own);
      return own;
    },
    added,
    lists: () =>
      Object.fromEntries(
        [...rows].flatMap(([kind, refs]) => (refs.length === 0 ? [] : [[lists[kind], array(refs)]])),
      ),
    nextFree: () => next,
  };
}

function keyOf(kind: Kind, der: Uint8Array): string {
  return `${kind} ${createHash('sha256').update(der).digest('hex')}`;
}

function streamOf(der: Uint8Array): PdfStream {
  return { kind: 'stream', dict: dict({ Filter: name('FlateDecode') }), raw: deflateSync(der) };
}

function bytesOf(value: PdfValue): Uint8Array | null {
  if (!isStream(value)) return null;
  try {
    return decodeStream(value);
  } catch {
    // A stream nobody can read holds nothing we could refer to.
    return null;
  }
}

function streamRefs(view: PdfView, value: PdfValue | undefined): PdfRef[] {
  const list = view.resolve(value);
  if (list === null) return [];
  const items = isArray(list) ? list.items : [null];
  return items.map((item) => {
    if (!isRef(item) || !isStream(view.resolve(item))) {
      throw new AppError('signing.validation-data-malformed');
    }
    return item;
  });
}

function dictOrNothing(view: PdfView, value: PdfValue | undefined): PdfDict | null {
  const found = view.resolve(value);
  if (found === null) return null;
  if (!isDict(found)) throw new AppError('signing.validation-data-malformed');
  return found;
}

/** The signature's bytes with their padding, as the name of its validation data is hashed from them. */
function contentsOf(view: PdfView, value: PdfValue | undefined): Uint8Array | null {
  const signature = view.resolve(value);
  const contents = isDict(signature) ? view.resolve(signature.entries.get('Contents')) : null;
  return isString(contents) ? contents.bytes : null;
}

type Place = Readonly<{ entry: PdfValue | undefined; catalog: PdfDict; num: number; grown: PdfDict }>;

function placeDss(file: PdfFile, place: Place, changes: Map<number, PdfValue | Buffer>): void {
  if (isRef(place.entry) && file.latest.resolve(place.entry) !== null) {
    changes.set(place.entry.num, place.grown);
    return;
  }
  const root = file.latest.trailer.entries.get('Root');
  if (!isRef(root)) throw new AppError('signing.unreadable-pdf');
  changes.set(place.num, place.grown);
  changes.set(root.num, withEntries(place.catalog, { DSS: ref(place.num) }));
}

/** Nothing leaves in which a signature that was sound is sound no longer. */
function refuseIfHarmed(order: DssOrder, pdf: Uint8Array): void {
  const [before, after] = [order.pdf, pdf].map((bytes) => verifyPdf(bytes, { trust: [], at: order.at }));
  const broken = (after?.signatures ?? []).filter(
    ({ integrity }, i) => integrity === 'broken' && before?.signatures[i]?.integrity !== 'broken',
  );
  const harmed = broken[0]?.field ?? (after?.reasons.length === 0 ? null : order.evidence[0]?.field);
  if (harmed !== null) throw new AppError('signing.own-check-failed', { field: harmed ?? '' });
}
