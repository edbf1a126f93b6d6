import { randomBytes } from 'node:crypto';
import { isStampDue, type Stamp, type Stamps } from '../../access/public.ts';
import { usualStamping, type Agency } from '../../directory/public.ts';
import {
  canonicalJson,
  genesisHash,
  instantFrom,
  type ChainedEntry,
  type Hash,
  type Instant,
  type LogHead,
} from '../../kernel/public.ts';
import { askOverHttp } from '../http/public.ts';
import { askTimestamp, judgeKeptTimestamp, type TimestampFault } from '../pdf-signing/public.ts';

const patienceMs = 10_000;

type Asked = Readonly<{
  agency: Pick<Agency, 'proof' | 'stamping'> | null;
  stamps: Stamps | null;
  head: LogHead;
  entriesAfter: (seq: number, limit: number) => Promise<readonly ChainedEntry[]>;
  now: () => Instant;
  isClosing: boolean;
}>;

/** Has the head of a log stamped where that is due; null where it is not, or no service is named. */
export async function stampHead(asked: Asked): Promise<(Stamp & Readonly<{ token: string }>) | null> {
  const { agency, stamps, head, now, isClosing } = asked;
  const service = agency?.proof?.service;
  const stamping = agency?.stamping ?? usualStamping;
  const newest = stamps?.newest[0] ?? null;
  if (service === undefined) return null;
  if (!isStampDue({ stamping, last: newest, head, now: now(), isClosing })) return null;
  const page = await asked.entriesAfter(Math.max(0, head.seq - 2), 2);
  const entry = page.find((one) => one.entry.seq === head.seq);
  if (entry === undefined) throw new Error('The head of the log is not in it');
  const before = page.find((one) => one.entry.seq === head.seq - 1)?.hash ?? genesisHash;
  const stamped = stampedBytes(entry, before);
  const at = { url: service, ask: askOverHttp({ timeoutMs: patienceMs }), newNonce: () => randomBytes(8) };
  const token = await askTimestamp(stamped, at, now());
  const judged = judgeKeptTimestamp(token, stamped);
  // `askTimestamp` believes no other.
  if (judged.fault !== null) throw new Error(judged.fault);
  return {
    seq: entry.entry.seq,
    hash: entry.hash,
    at: instantFrom(judged.genTimeMs),
    service,
    token: Buffer.from(token).toString('base64'),
  };
}

/** What the hash of an entry is over: so the stamp's own imprint is the very hash that stands in the log. */
function stampedBytes({ entry }: ChainedEntry, before: Hash): readonly Uint8Array[] {
  return [Buffer.from(before, 'hex'), Buffer.from(canonicalJson(entry))];
}

/** A stamp in an exported log, with its token. */
export type KeptStamp = Stamp & Readonly<{ token: Uint8Array }>;

export type StampVerdict =
  | Readonly<{ ok: true; stamps: number }>
  | Readonly<{ ok: false; seq: number; why: TimestampFault | 'not-in-log' }>;

/** Every stamp in a log, held against the entry it is over. */
export function verifyStamps(entries: Iterable<ChainedEntry>): StampVerdict {
  let before = genesisHash;
  const waiting = new Map<number, Readonly<{ chained: ChainedEntry; before: Hash }>>();
  let stamps = 0;
  for (const chained of entries) {
    for (const stamp of stampsIn(chained)) {
      const over = waiting.get(stamp.seq);
      if (over === undefined || over.chained.hash !== stamp.hash) {
        return { ok: false, seq: stamp.seq, why: 'not-in-log' };
      }
      const { fault } = judgeKeptTimestamp(stamp.token, stampedBytes(over.chained, over.before));
      if (fault !== null) return { ok: false, seq: stamp.seq, why: fault };
      stamps += 1;
    }
    waiting.set(chained.entry.seq, { chained, before });
    // A stamp comes soon after what it is over: only so much is remembered.
    waiting.delete(chained.entry.seq - mostBetween);
    before = chained.hash;
  }
  return { ok: true, stamps };
}

const mostBetween = 5000;

/** The stamps that an entry brought. */
export function stampsIn({ entry }: ChainedEntry): readonly KeptStamp[] {
  return entry.acts.flatMap(({ type, body }) => {
    if (type !== 'logStamped') return [];
    const { token, ...stamp } = body as Stamp & { token: string };
    return [{ ...stamp, token: Buffer.from(token, 'base64') }];
  });
}
