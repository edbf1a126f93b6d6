import { createHash } from 'node:crypto';
import { ReadingPieceSchema, isReadable, readingAggregate, type Reading } from '#shared/reading/public.ts';
import { documentAggregate, documentName } from '#shared/documents/public.ts';
import {
  AppError,
  CommandIdSchema,
  PersonIdSchema,
  type Hash,
  type Instant,
  type ReadingId,
} from '#shared/kernel/public.ts';
import { extractPages, type PageMark } from '#shared/node/pdf-pages/public.ts';
import { cornerMark } from '#shared/node/typesetting/public.ts';
import type { Signed } from '../../host/context.ts';
import { wordsOf } from '../../platform/words.ts';
import { readState } from '../../store/read-state.ts';
import { lastLineAt } from '../access/public.ts';
import { printMark, printedName } from '../documents/public.ts';

type Lent = Readonly<{ bytes: Uint8Array; hash: Hash; pages: number; title: string }>;

/** The pages of what was lent, each with its mark, for the window that reads them; nothing of it stays at this desk. */
export async function openReading(signed: Signed, id: ReadingId) {
  return await markedCopy(signed, ownReading(signed, id), []);
}

/** The same on paper, where whoever lent it allowed that: each page says besides who printed it and when. */
export async function printReading(signed: Signed, id: ReadingId) {
  const reading = ownReading(signed, id);
  if (reading.mayPrint !== true) throw new AppError('reading.not-to-print');
  return await markedCopy(signed, reading, [printMark(signed)]);
}

function ownReading({ open, person }: Signed, id: ReadingId): Reading {
  const reading = readState(open.desk.db, readingAggregate, id);
  // One answer for what is not there and for what is not theirs.
  if (reading === null || reading.reader !== person.id) throw new AppError('reading.unknown');
  return reading;
}

async function markedCopy(signed: Signed, reading: Reading, more: readonly PageMark[]) {
  const { bytes, hash, pages, title } =
    signed.open.shared === null ? await fromHere(signed, reading) : await fromServer(signed, reading);
  const marked = await extractPages({
    pdf: bytes,
    pages: Array.from({ length: pages }, (_none, at) => at + 1),
    source: hash,
    at: signed.open.desk.now(),
    // TT 05/2025/TT-BNV: "BẢN SAO" at the top right.
    marks: [cornerMark(wordsOf('vi')('reading.mark')), ...more],
  });
  return signed.exports.keep(more.length === 0 ? title : printedName(title), marked);
}

/** The latest moment this desk has known: a clock that is set back opens nothing again. */
export function latestMoment({ open }: Pick<Signed, 'open'>): Instant {
  const { now, log } = open.desk;
  const known = [now(), log.lastRecordedAt(), lastLineAt(open)].filter((at) => at !== null);
  return known.toSorted().at(-1) ?? now();
}

async function fromHere(signed: Signed, reading: Reading): Promise<Lent> {
  const { desk, blobs } = signed.open;
  if (!isReadable(reading, latestMoment(signed))) {
    if (reading.state === 'lent') expire(signed, reading.id);
    throw new AppError('reading.over');
  }
  const paper = reading.document === null ? null : readState(desk.db, documentAggregate, reading.document);
  if (paper?.file == null) throw new AppError('reading.unknown');
  const { hash, size, pages } = paper.file;
  return { bytes: await blobs.read(hash, 0, size), hash, pages, title: documentName(paper) };
}

/** No person says so: the office does, in its own name. */
function expire({ open, clock }: Signed, readingId: ReadingId): void {
  open.desk.execute({
    id: CommandIdSchema.parse(clock.newId()),
    name: 'reading.expire',
    actor: PersonIdSchema.parse(open.desk.agencyId),
    onBehalfOf: null,
    claimedAt: open.desk.now(),
    body: { readingId },
  });
}

/** The server gives it, by its own clock, a piece at a time. */
async function fromServer({ open: { shared } }: Signed, { id }: Reading): Promise<Lent> {
  if (shared === null) throw new AppError('reading.unknown');
  const parts: Uint8Array[] = [];
  for (let offset = 0; ;) {
    const piece = await shared.speak('/v1/reading/piece', { reading: id, offset }, ReadingPieceSchema);
    const bytes = Buffer.from(piece.bytes, 'base64');
    parts.push(bytes);
    offset += bytes.length;
    if (offset < piece.size && bytes.length > 0) continue;
    const whole = Buffer.concat(parts);
    const isWhole = createHash('sha256').update(whole).digest('hex') === piece.hash;
    if (!isWhole) throw new AppError('sync.server-fault', { status: 200 });
    return { bytes: whole, hash: piece.hash, pages: piece.pages, title: piece.title };
  }
}
