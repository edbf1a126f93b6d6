import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { z } from 'zod';
import { agencyAggregate, type Agency } from '#shared/directory/public.ts';
import {
  DocumentMessageSchema,
  ReturnCodeSchema,
  StatusKindSchema,
  TheirArrivalSchema,
  contentTypeOf,
  documentMessageOf,
  edxmlCodes,
  filesToSend,
  readDocumentId,
  referenceTo,
  statusMessageOf,
  type Attachment,
  type Business,
  type Connection,
  type Consignment,
  type DispatchFacts,
  type ExchangeMessage,
  type LineAddress,
  type Peer,
  type Reference,
  type ReturnCode,
  type StatusCode,
} from '#shared/exchange/public.ts';
import {
  AppError,
  ConsignmentIdSchema,
  DaySchema,
  HashSchema,
  InstantSchema,
  isRefusal,
  type Instant,
} from '#shared/kernel/public.ts';
import { signMessage, writeMessage, zipped } from '#shared/node/edxml/public.ts';
import type { Owed } from '#shared/node/exchange/public.ts';
import { sentenceOf } from '#shared/node/text/public.ts';
import { alarm, stateOf, type GatewayParts } from '../gateway-parts.ts';
import { paperOf } from '../paper-of.ts';
import { lineNamed, tablesOf, type Line } from './line-settings.ts';
import { mostMessageBytes } from './transport.ts';

/** An agency that is reached over a line. */
export type OnLine = Peer & Readonly<{ line: LineAddress }>;

type For = Readonly<{ line: Line; connection: Connection; peer: OnLine; own: Agency; address: string }>;
type Written = Readonly<{ message: ExchangeMessage; contents: readonly Uint8Array[] }>;

/** What is owed to an agency on a line, written as edXML; from then on its bytes are the same for every try. */
export async function writeForLine(parts: GatewayParts, row: Owed, peer: OnLine): Promise<void> {
  const { exchange, machine } = parts;
  const own = await stateOf(parts, agencyAggregate, parts.folder.file.agencyId);
  const line = lineNamed(parts.lines, peer.line.id);
  const [address] = peer.line.codes;
  if (own === null || address === undefined) throw new AppError('exchange.not-connected');
  const written = await messageOf(parts, row, { line, connection: tablesOf(line), peer, own, address });
  if (written === null || row.what === 'statement') {
    await exchange.giveUp(row.n);
    return;
  }
  const { message, contents } = written;
  const contentOf = (_attachment: Attachment, place: number) => [contents[place] ?? new Uint8Array()];
  const { signing, authority } = parts.identity;
  const signature = line.sign
    ? await signMessage(message, contentOf, { ...signing, chain: [authority] })
    : '';
  const pieces = Readable.from(writeMessage(message, tablesOf(line), contentOf, signature));
  const { hash, size } = await parts.sealed.putStream(pieces, { limitBytes: mostMessageBytes });
  await exchange.keepWritten(row.n, {
    id: machine.newId(),
    line: line.id,
    what: row.what,
    peer: peer.id,
    about: row.about,
    documentId: message.kind === 'document' ? message.documentId : null,
    address,
    hash,
    size,
  });
}

/** Null for what other systems have no word for: a statement, and that a recall has come. */
async function messageOf(parts: GatewayParts, row: Owed, to: For): Promise<Written | null> {
  switch (row.what) {
    case 'envelope':
      return documentOf(parts, row, to);
    case 'recall':
      return { message: recallOf(parts, row, to), contents: [] };
    case 'receipt': {
      const message = receiptOf(parts, row, to);
      return message === null ? null : { message, contents: [] };
    }
    case 'statement':
      return null;
  }
}

async function documentOf(parts: GatewayParts, row: Owed, to: For): Promise<Written | null> {
  const found = await paperOf(parts, row.about);
  if (found === null) {
    await alarm(parts, 'exchange.cannot-build', row.peer, row.about);
    return null;
  }
  const { consignment, document, letter, kind } = found;
  const attachments: Attachment[] = [];
  const contents: Uint8Array[] = [];
  for (const [place, { name, hash, size }] of filesToSend(document).entries()) {
    const bytes = await parts.folder.blobs.read(hash, 0, size);
    const content = to.line.zip ? zipped(name, bytes) : bytes;
    contents.push(content);
    attachments.push({
      // A place and not a hash: two attachments of the same bytes stay two.
      contentId: `cid:${place + 1}`,
      name,
      description: null,
      contentType: to.line.zip ? 'application/zip' : contentTypeOf(name),
      size: content.length,
      hash: HashSchema.parse(createHash('sha256').update(content).digest('hex')),
    });
  }
  const [signer] = letter.signers;
  const facts: DispatchFacts = {
    business: businessOf(parts, consignment),
    from: to.own,
    to: [recipientOf(to)],
    number: letter.number,
    symbol: letter.symbol,
    place: to.own.place,
    issuedOn: letter.issuedOn,
    kind,
    subject: letter.subject,
    signer: signer ?? { authority: null, post: '', name: '' },
    urgency: letter.urgency,
    dueOn: letter.dueOn,
    copies: letter.copies,
    pages: letter.pages,
    answers: [],
    toPlaces: letter.recipients,
    attachments,
    at: parts.now(),
  };
  const message = documentMessageOf(facts, to.connection);
  if (isRefusal(message)) throw new AppError(message.code, message.params);
  return { message, contents };
}

/** QCVN 102:2016: what is replaced or put right is named as its own message named it. */
function businessOf(parts: GatewayParts, { kind, refs }: Consignment): Business {
  const usual = { documentId: null, reason: null, paper: false, staff: null };
  const older = refs.flatMap((one) => parts.exchange.nameOfConsignment(one) ?? []);
  switch (kind) {
    case 'new':
      return { ...usual, kind };
    case 'replace':
      return {
        ...usual,
        kind: 'replacement',
        replaces: older.map((documentId) => ({ documentId, agencies: [] })),
      };
    case 'update':
      return {
        ...usual,
        kind,
        documentId: older.at(-1) ?? null,
        documentInfo: null,
        documentReceiver: null,
        receivers: [],
      };
  }
}

/** The code its table gives it counts, whatever the directory says of the agency. */
function recipientOf({ peer, connection, address }: For): DispatchFacts['to'][number] {
  const codes = [
    { form: connection.codeForm, code: address, validFrom: DaySchema.parse('2000-01-01'), validTo: null },
  ];
  return { name: peer.name, superior: null, codes, contact: null };
}

const RecallSchema = z.object({
  consignment: ConsignmentIdSchema,
  reason: z.string(),
  created: InstantSchema,
});

/** 13: asks for it back; what becomes of it is for their clerk (QĐ 28/2018 Đ9). */
function recallOf(parts: GatewayParts, row: Owed, to: For): ExchangeMessage {
  const { consignment: of, reason, created } = RecallSchema.parse(row.body);
  const documentId = parts.exchange.nameOfConsignment(of);
  // Its document could not be written yet: nothing can be asked back under a name nobody has.
  if (documentId === null) throw new AppError('exchange.unknown-consignment');
  const named = readDocumentId(documentId);
  const about: Reference = {
    agency: named?.agency ?? null,
    notation: named?.notation ?? null,
    on: named?.on ?? null,
    documentId,
  };
  return status(to, { code: edxmlCodes['recall-asked'], about, words: reason, at: created });
}

const ReceiptSchema = z.object({
  of: ConsignmentIdSchema,
  status: StatusKindSchema,
  code: ReturnCodeSchema.nullable(),
  words: z.string(),
  arrival: TheirArrivalSchema.nullable(),
  at: InstantSchema,
});

/** What is kept of a message that came over a line, so that the answers name it as it named itself. */
export const KeptMessageSchema = z.object({ message: DocumentMessageSchema });

function receiptOf(parts: GatewayParts, row: Owed, to: For): ExchangeMessage | null {
  const receipt = ReceiptSchema.parse(row.body);
  const came = parts.exchange.received(to.peer.id, receipt.of);
  if (came === null) return null;
  const { message } = KeptMessageSchema.parse(JSON.parse(came.content));
  const words = wordsOf(receipt);
  return status(to, {
    code: edxmlCodes[receipt.status],
    about: referenceTo(message),
    words,
    at: receipt.at,
  });
}

function wordsOf({ status: kind, code, words, arrival }: z.infer<typeof ReceiptSchema>): string {
  if (kind === 'refused') return reasonOf(code ?? 'other', words);
  if (arrival === null) return words;
  return sentenceOf('line.arrival-number', { number: arrival.number, year: arrival.year });
}

function reasonOf(code: ReturnCode, words: string): string {
  const named = sentenceOf(`exchange.return.${code}`);
  return words === '' ? named : `${named}: ${words}`;
}

type Said = Readonly<{ code: StatusCode; about: Reference; words: string; at: Instant }>;

function status({ own, peer, address, connection }: For, { code, about, words, at }: Said): ExchangeMessage {
  const message = statusMessageOf({ status: code, from: own, about, staff: null, words, at }, connection);
  if (isRefusal(message)) throw new AppError(message.code, message.params);
  const nothing = { inCharge: null, address: null, email: null, telephone: null, fax: null, website: null };
  return { ...message, to: [{ ...nothing, code: address, name: peer.name }] };
}
