import { createHash } from 'node:crypto';
import {
  attachmentsToSend,
  type OfficialDocument,
  type Outgoing,
  type StoredFile,
} from '#shared/documents/public.ts';
import { consignmentAggregate, deliveryAggregate } from '#shared/exchange/public.ts';
import { HashSchema, canonicalJson, type ChainedEntry } from '#shared/kernel/public.ts';
import type { OtherFile, PackageFile } from '#shared/node/packages/public.ts';
import { auditLine } from '#shared/node/sequencer/public.ts';
import type { Signed } from '../../host/context.ts';
import { wordsOf } from '../../platform/words.ts';
import { readState } from '../../store/read-state.ts';
import { decisionsOn, fileTextOf } from '../documents/public.ts';

type Desk = Pick<Signed, 'open'>;
type Bytes = Omit<PackageFile, 'role'>;

const pieceBytes = 4 * 1024 * 1024;

/** Everything about one paper: as it came or went, its words, what went with it, and what proves it. */
export function documentFiles(desk: Desk, document: OfficialDocument, upTo: number): PackageFile[] {
  const { db } = desk.open.desk;
  const { file, certifiedCopies, proofs } = document;
  const as = (role: PackageFile['role']) => (one: StoredFile) => ({ role, ...storedBytes(desk, one) });
  const text = file === null ? '' : fileTextOf(db, file.hash);
  return [
    ...[file].flatMap((one) => (one === null ? [] : as('original')(one))),
    ...(text === '' || file === null
      ? []
      : [
          {
            role: 'text' as const,
            ...madeBytes(`${file.name.slice(0, 250)}.txt`, 'text/plain', () => fileTextOf(db, file.hash)),
          },
        ]),
    ...certifiedCopies.map(({ file: copy }) => as('rendition')(copy)),
    ...besideOf(document).map(as('attachment')),
    ...proofs.map(({ file: proof }) => as('evidence')(proof)),
    {
      role: 'evidence',
      ...madeBytes(wordsOf('vi')('package.file.log'), 'application/jsonl', () =>
        linesOf(decisionsOn(db, document.id, upTo)),
      ),
    },
  ];
}

/** What came or went with its page. */
export function besideOf(document: OfficialDocument): readonly StoredFile[] {
  return document.direction === 'outgoing' ? attachmentsToSend(document) : (document.attachments ?? []);
}

/** What was under way before it was signed: every page that was submitted or initialled, and the words it was set from. */
export function draftFiles(desk: Desk, document: OfficialDocument, docId: string): OtherFile[] {
  if (document.direction !== 'outgoing') return [];
  const stages = [
    ...document.versions.flatMap(({ file, draft }) => [file, draft]),
    ...document.circuit.map(({ fileAfter }) => fileAfter),
  ].filter((one) => one !== null && one !== undefined);
  const known = new Set<string>([document.file?.hash ?? '']);
  return stages.flatMap((one) => {
    if (known.has(one.hash)) return [];
    known.add(one.hash);
    const bytes = storedBytes(desk, one);
    return [{ role: 'draft' as const, ...bytes, name: `${docId} ${bytes.name.slice(-240)}` }];
  });
}

/** The states of its deliveries: what was sent and came when, and every receipt and status that was reported back. */
export function receiptFiles(desk: Desk, document: OfficialDocument, docId: string): OtherFile[] {
  const receipts = receiptsOf(desk, document);
  if (receipts.length === 0) return [];
  const name = `${docId} ${wordsOf('vi')('package.file.receipts')}`;
  return [{ role: 'receipt', ...madeBytes(name, 'application/json', () => canonicalJson(receipts)) }];
}

/** The e-mail it came in. */
export function mailFiles(desk: Desk, document: OfficialDocument, docId: string): OtherFile[] {
  if (document.direction !== 'incoming' || document.mail === undefined) return [];
  const { mail } = document;
  return [{ role: 'mail', ...storedBytes(desk, mail), name: `${docId} ${mail.name.slice(-150)}` }];
}

/** Lines of the log, each as `antin audit export` writes it. */
export function linesOf(entries: Iterable<ChainedEntry>): string {
  return [...entries].map((one) => `${auditLine(one)}\n`).join('');
}

/** What the network said of it, and what other agencies reported back. */
function receiptsOf({ open }: Desk, document: OfficialDocument): readonly unknown[] {
  const { db } = open.desk;
  if (document.direction === 'incoming') {
    const delivery = document.origin && readState(db, deliveryAggregate, document.origin.delivery);
    return delivery ? [delivery] : [];
  }
  const sent: NonNullable<Outgoing['consignments']> = document.consignments ?? [];
  return sent.flatMap(({ id }) => readState(db, consignmentAggregate, id) ?? []);
}

/** A file of the store, bit by bit as it was taken in; one that has not come to this desk yet is sent for. */
export function storedBytes({ open: { blobs, shared } }: Desk, { hash, size, name }: StoredFile): Bytes {
  shared?.mustBeHere(hash);
  return {
    name,
    size,
    hash,
    type: typeOf(name),
    open: async function* read() {
      for (let offset = 0; offset < size; offset += pieceBytes) {
        yield await blobs.read(hash, offset, pieceBytes);
      }
    },
  };
}

/** What is written for the package: made twice, so that nothing is held in between. */
export function madeBytes(name: string, type: string, make: () => string | Uint8Array): Bytes {
  const bytes = Buffer.from(make());
  const hash = HashSchema.parse(createHash('sha256').update(bytes).digest('hex'));
  return {
    name,
    size: bytes.length,
    hash,
    type,
    open: async function* read() {
      yield await Promise.resolve(Buffer.from(make()));
    },
  };
}

const types: Readonly<Record<string, string>> = {
  pdf: 'application/pdf',
  txt: 'text/plain',
  csv: 'text/csv',
  json: 'application/json',
  png: 'image/png',
  jpg: 'image/jpeg',
  zip: 'application/zip',
  eml: 'message/rfc822',
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  pptx: 'application/vnd.openxmlformats-officedocument.presentationml.presentation',
  odt: 'application/vnd.oasis.opendocument.text',
  ods: 'application/vnd.oasis.opendocument.spreadsheet',
};

function typeOf(name: string): string {
  const ending = name.slice(name.lastIndexOf('.') + 1).toLowerCase();
  return types[ending] ?? 'application/octet-stream';
}
