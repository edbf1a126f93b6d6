import { agencyAggregate } from '#shared/directory/public.ts';
import {
  consignmentAggregate,
  documentIdOf,
  edxmlCodes,
  statusKinds,
  type DocumentMessage,
  type ExchangeMessage,
  type Reference,
  type StatusMessage,
} from '#shared/exchange/public.ts';
import { AppError, canonicalJson, type ConsignmentId, type Instant } from '#shared/kernel/public.ts';
import { judgeMessageSignature, readMessage } from '#shared/node/edxml/public.ts';
import { noEvidence } from '#shared/node/pdf-signing/public.ts';
import { alarm, decide, peersOf, rootsOf, stateOf, type GatewayParts } from '../gateway-parts.ts';
import { derivedId, newestOf, type CameByLine } from './line-names.ts';
import type { Line } from './line-settings.ts';
import { takeLineDocument } from './take-line-document.ts';
import type { OnLine } from './write-for-line.ts';

/**
 * Takes one message in. What can never be taken is thrown as a fault of its own (`edxml.…`, `line.…`), and it is set aside
 * with that sentence; everything else that is thrown may pass when it is tried again.
 */
export async function takeLineMessage(parts: GatewayParts, line: Line, bytes: Uint8Array): Promise<void> {
  const pieces: Uint8Array[][] = [];
  const read = readMessage(bytes, {
    sinkFor: (place) => ({
      write: (piece) => (pieces[place] ??= []).push(piece),
      end: () => undefined,
    }),
  });
  const { message } = read;
  await mustBeForUs(parts, message);
  const peer = await senderOf(parts, line, message);
  await mustBelieve(parts, { line, peer, read });
  if (message.kind === 'status') return takeStatus(parts, peer, message);
  if (message.business.kind === 'revocation') {
    const documentId = message.business.documentId ?? message.documentId;
    return takeRecall(parts, peer, { documentId, reason: message.business.reason, at: lastTrace(message) });
  }
  const contents = message.attachments.map((_one, place) => Buffer.concat(pieces[place] ?? []));
  return takeLineDocument(parts, message, { line, peer, read, contents });
}

async function mustBeForUs(parts: GatewayParts, { to }: ExchangeMessage): Promise<void> {
  const own = await stateOf(parts, agencyAggregate, parts.folder.file.agencyId);
  const codes = new Set((own?.codes ?? []).map(({ code }) => plain(code)));
  // A status names nobody; it answers something that only its sender has the name of.
  if (to.length === 0 || to.some(({ code }) => codes.has(plain(code)))) return;
  throw new AppError('line.not-for-us', { codes: to.map(({ code }) => code).join(', ') });
}

async function senderOf(parts: GatewayParts, line: Line, { from }: ExchangeMessage): Promise<OnLine> {
  for (const peer of await peersOf(parts)) {
    const { line: address, state } = peer;
    if (address?.id !== line.id || state !== 'confirmed') continue;
    if (address.codes.some((code) => plain(code) === plain(from.code))) return { ...peer, line: address };
  }
  await alarm(parts, 'exchange.line-stranger', null, `${from.name ?? ''} ${from.code}`.trim());
  throw new AppError('line.stranger', { name: from.name ?? from.code, code: from.code });
}

function plain(code: string): string {
  return code.trim().toUpperCase();
}

/** A broken signature may be of somebody who is not the sender: nothing is done in the sender's name, and nobody is told. */
async function mustBelieve(
  parts: GatewayParts,
  { line, peer, read }: Omit<CameByLine, 'contents'>,
): Promise<void> {
  const { verdict, reasons } = judgeMessageSignature(read.signature, {
    trust: await rootsOf(parts),
    evidence: noEvidence,
    at: parts.now(),
  });
  if (verdict === 'invalid') throw new AppError('line.broken-signature', { name: peer.name });
  if (verdict === 'valid') return;
  if (line.mustBeSigned) throw new AppError('line.unproven', { name: peer.name });
  // SHA-1 or an unknown certificate: said once for each reason, since it will be so for every message.
  if (read.signature !== null) await alarm(parts, 'exchange.line-untrusted', peer.id, reasons.join(', '));
}

/** QĐ 28/2018 Đ9: what became of a document of ours, or that one of theirs is asked back. */
async function takeStatus(parts: GatewayParts, peer: OnLine, message: StatusMessage): Promise<void> {
  const { status: code, about, description } = message;
  if (code === edxmlCodes['recall-asked']) {
    return takeRecall(parts, peer, { documentId: nameIn(about), reason: description, at: message.at });
  }
  const kind = statusKinds.find((one) => edxmlCodes[one] === code);
  const id = await consignmentIn(parts, peer, about);
  if (kind === undefined || id === null) throw new AppError('line.about-nothing', { about: nameIn(about) });
  await parts.exchange.lineAnswered(id);
  await decide(parts, 'exchange.recordReceipt', {
    consignmentId: id,
    receipt: {
      // The same message once more has the same id, whatever the axis calls it.
      id: derivedId(peer.id, canonicalJson([code, about, description, message.at]), null),
      status: kind,
      at: message.at ?? parts.now(),
      log: null,
      code: kind === 'refused' ? 'other' : null,
      words: (description ?? '').slice(0, 500),
    },
    arrival: null,
  });
}

/** By the name we gave it, or by its number and day where a system answers with those alone. */
async function consignmentIn(
  parts: GatewayParts,
  peer: OnLine,
  about: Reference,
): Promise<ConsignmentId | null> {
  const { exchange } = parts;
  const own = await stateOf(parts, agencyAggregate, parts.folder.file.agencyId);
  const { notation, on, documentId } = about;
  const byNumber =
    notation === null || on === null
      ? []
      : (own?.codes ?? []).map(({ code }) => documentIdOf({ agency: code, on, notation }));
  for (const name of [...(documentId === null ? [] : [documentId]), ...byNumber]) {
    const found = exchange.consignmentNamed(peer.id, name);
    const id = found === null ? null : ((await stateOf(parts, consignmentAggregate, found))?.id ?? null);
    if (id !== null) return id;
  }
  return null;
}

function nameIn({ documentId, notation, agency, on }: Reference): string {
  if (documentId !== null || notation === null) return documentId ?? '';
  return agency === null || on === null ? notation : documentIdOf({ agency, on, notation });
}

type AskedBack = Readonly<{ documentId: string; reason: string | null; at: Instant | null }>;

/** One that overtakes its document waits for it, under the id the document will have. */
async function takeRecall(
  parts: GatewayParts,
  peer: OnLine,
  { documentId, reason, at }: AskedBack,
): Promise<void> {
  const { envelope, isOver } = await newestOf(parts, peer, documentId);
  // Refused or given back already: there is nothing to ask for.
  if (isOver) return;
  await decide(parts, 'exchange.takeRecall', {
    from: peer.id,
    envelope,
    message: derivedId(peer.id, canonicalJson([documentId, reason, at]), at),
    reason: (reason ?? '').slice(0, 500),
    askedAt: at ?? parts.now(),
  });
}

function lastTrace({ trace }: DocumentMessage): Instant | null {
  return trace.at(-1)?.at ?? null;
}
