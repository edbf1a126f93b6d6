import { isDeepStrictEqual } from 'node:util';
import { AppError, type Instant } from '#shared/kernel/public.ts';
import { judgeMessageSignature, readMessage } from '#shared/node/edxml/public.ts';
import { noEvidence } from '#shared/node/pdf-signing/public.ts';
import type { ExchangeMessage } from '#shared/exchange/public.ts';
import { mutateBytes } from '../fuzz/mutate-bytes.ts';
import { randomOf, type Random } from '../fuzz/random.ts';

/** Longest a reader may take over a small message, by the processor's clock. */
const boundMs = 1000;

export type MessageStage = Readonly<{
  /** Sound messages, signed and not. */
  messages: readonly Buffer[];
  trust: readonly Uint8Array[];
  at: Instant;
  sentences: Readonly<Record<string, string>>;
}>;

export type MessageFinding = Readonly<{ seed: number; what: string; bytes: Buffer }>;

const pieces = [
  '<!DOCTYPE a [<!ENTITY b "c">]>',
  '&b;',
  '<![CDATA[',
  ']]>',
  '<!--',
  '-->',
  '<?xml version="1.0"?>',
  ' xmlns="urn:x"',
  ' xmlns:edXML="urn:x"',
  '<Signature xmlns="http://www.w3.org/2000/09/xmldsig#"/>',
  '<edXML:Subject>x</edXML:Subject>',
  '<AttachmentEncoded>',
  '</edXML>',
  '&#0;',
  '&#13;',
  '====',
  '\uFEFF',
];

/** One changed message: it is read or refused by name, in time, and is never valid while it says something else. */
export function playMessage(stage: MessageStage, seed: number): MessageFinding | null {
  const random = randomOf(seed);
  const from = random.pick(stage.messages);
  let bytes: Buffer = from;
  for (let times = 1 + random.below(3); times > 0; times -= 1) bytes = change(bytes, random, stage);
  const before = process.threadCpuUsage();
  const what = faultOf(bytes, from, stage);
  const { user, system } = process.threadCpuUsage(before);
  const took = (user + system) / 1000;
  if (what === null && took < boundMs) return null;
  return { seed, what: what ?? `took ${Math.round(took)} ms`, bytes };
}

function change(bytes: Buffer, random: Random, { messages }: MessageStage): Buffer {
  const at = random.below(bytes.length + 1);
  switch (random.below(6)) {
    case 0:
      return Buffer.concat([bytes.subarray(0, at), Buffer.from(random.pick(pieces)), bytes.subarray(at)]);
    case 1:
      return moveElement(bytes, random);
    default:
      return mutateBytes(bytes, random, random.pick(messages));
  }
}

/** An element taken out, doubled, or put where another begins. */
function moveElement(bytes: Buffer, random: Random): Buffer {
  const text = bytes.toString('latin1');
  const starts = [...text.matchAll(/<([\w:]+)[^<>]*>/g)];
  if (starts.length === 0) return bytes;
  const start = random.pick(starts);
  const close = `</${start[1] ?? ''}>`;
  const end = text.indexOf(close, start.index);
  if (end < 0) return bytes;
  const whole = text.slice(start.index, end + close.length);
  const without = text.slice(0, start.index) + text.slice(end + close.length);
  const kept = random.once(2) ? text : without;
  if (random.once(3)) return Buffer.from(without, 'latin1');
  const places = [...kept.matchAll(/</g)];
  const at = places.length === 0 ? 0 : random.pick(places).index;
  return Buffer.from(kept.slice(0, at) + whole + kept.slice(at), 'latin1');
}

function faultOf(bytes: Buffer, from: Buffer, { trust, at, sentences }: MessageStage): string | null {
  try {
    const { message, signature } = readMessage(bytes);
    const { verdict } = judgeMessageSignature(signature, { trust, evidence: noEvidence, at });
    if (verdict !== 'valid') return null;
    return isDeepStrictEqual(message, messageIn(from)) ? null : 'valid, and says something else';
  } catch (error) {
    if (!(error instanceof AppError)) {
      return `broke: ${error instanceof Error ? (error.stack ?? '') : String(error)}`;
    }
    return sentences[`refusal.${error.code}`] === undefined ? `no sentence: ${error.code}` : null;
  }
}

function messageIn(bytes: Buffer): ExchangeMessage {
  return readMessage(bytes).message;
}
