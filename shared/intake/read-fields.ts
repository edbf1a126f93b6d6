import { hasBlankDate, readDateLine, readPassingDay } from './read-date.ts';
import { centreOf, cleanLines, readLetterhead, type Letterhead } from './letterhead.ts';
import type { Urgency } from '../documents/public.ts';
import type { Extracted, Reading, Signer, TextLine } from './model.ts';
import { readArrival, type ArrivalStamp } from './read-arrival.ts';
import { readIssuer, type Issuer } from './read-issuer.ts';
import { readNotation, type NotationReading } from './read-notation.ts';
import { readRecipients } from './read-recipients.ts';
import { readSigner } from './read-signer.ts';
import { readTitle, type Title } from './read-title.ts';
import { readUrgency } from './read-marks.ts';
import { findSecrecyMark } from './secrecy-mark.ts';
import { judgeText } from './text-soundness.ts';

export type ReadInput = Readonly<{
  lines: readonly TextLine[];
  pages: number;
  /** The letters are invisible, over a picture of the page. */
  hidden?: boolean;
}>;

const authentication = /XÁC THỰC VĂN BẢN HỢP NHẤT/u;
const consolidatedTitle = /^VĂN BẢN HỢP NHẤT(?:\s|$)/u;

/** Fields of a received document from its positioned lines. What is not clearly there is null. */
export function readFields({ lines, pages, hidden = false }: ReadInput): Extracted {
  const { sound, score, language } = judgeText(lines, { hidden });
  if (!sound) return { ...nothingRead(pages), language, confidence: { text: score } };
  const clean = cleanLines(lines);
  const read = readAll(clean);
  return {
    ...nothingRead(pages),
    ...identityOf(read),
    ...restOf(read),
    secrecy: findSecrecyMark(lines)?.secrecy ?? null,
    language,
    confidence: confidenceOf(read, score),
  };
}

function readAll(clean: readonly TextLine[]): Readings {
  const running = clean.map((line) => line.text).join(' ');
  const head = readLetterhead(clean);
  const end = authenticationBlock(clean);
  const top = [...head.left, ...head.right].sort((a, b) => a.y - b.y);
  const notation = readNotation(end?.lines ?? top) ?? readNotation(top);
  const numberLine = notation?.line ?? null;
  const symbol = notation?.value.symbol ?? null;
  const consolidated =
    end !== null || clean.some((line) => line.page === 1 && consolidatedTitle.test(line.text));
  const place = { below: head.below, left: head.left, numberLine: end === null ? numberLine : null };
  return {
    notation,
    issuer: readIssuer(end?.head ?? head, numberLine, running),
    title: readTitle({ ...place, symbol, consolidated }),
    date: readDate({ head, top, clean, notation, end: end?.lines ?? null }),
    signer: readSigner(end?.lines ?? clean, running),
    urgency: readUrgency(top),
    recipients: readRecipients(clean),
    arrival: readArrival(clean),
  };
}

type Readings = Readonly<{
  notation: NotationReading | null;
  date: Reading<string> | null;
  issuer: Reading<Issuer> | null;
  title: Title;
  signer: Reading<Signer> | null;
  urgency: Reading<Urgency> | null;
  recipients: Reading<readonly string[]> | null;
  arrival: Reading<ArrivalStamp> | null;
}>;

function identityOf({ notation, date, issuer }: Readings) {
  return {
    number: notation?.value.number ?? null,
    symbol: notation?.value.symbol ?? null,
    notation: notation?.value.notation ?? null,
    issuedOn: date?.value ?? null,
    issuer: issuer?.value.issuer ?? null,
    superior: issuer?.value.superior ?? null,
  };
}

function restOf({ title, signer, urgency, recipients, arrival }: Readings) {
  return {
    kind: title.kind?.value ?? null,
    subject: title.subject?.value ?? null,
    signer: signer?.value ?? { name: null, post: null, authority: null },
    urgency: urgency?.value ?? null,
    recipients: [...(recipients?.value ?? [])],
    arrival: arrival?.value ?? { number: null, on: null },
  };
}

/** How sure each field is; what was not found is 0. */
function confidenceOf(read: Readings, score: number): Record<string, number> {
  const sure = (reading: Reading<unknown> | null) =>
    reading === null ? 0 : round(reading.confidence * score);
  const { notation, issuer } = read;
  return {
    number: notation === null || notation.value.number === null ? 0 : sure(notation),
    symbol: sure(notation),
    notation: notation === null || notation.value.notation === null ? 0 : sure(notation),
    issuedOn: sure(read.date),
    issuer: sure(issuer),
    superior: issuer === null || issuer.value.superior === null ? 0 : sure(issuer),
    kind: sure(read.title.kind),
    subject: sure(read.title.subject),
    signer: sure(read.signer),
    signerPost: sure(read.signer),
    urgency: sure(read.urgency),
    recipients: sure(read.recipients),
    arrival: sure(read.arrival),
  };
}

/** An answer that says nothing but the number of pages. */
export function nothingRead(pages: number): Extracted {
  return {
    number: null,
    symbol: null,
    notation: null,
    issuedOn: null,
    issuer: null,
    superior: null,
    kind: null,
    subject: null,
    signer: { name: null, post: null, authority: null },
    urgency: null,
    secrecy: null,
    recipients: [],
    arrival: { number: null, on: null },
    language: null,
    pages,
    method: 'text',
    confidence: {},
  };
}

type DateInput = Readonly<{
  head: Letterhead;
  top: readonly TextLine[];
  clean: readonly TextLine[];
  notation: NotationReading | null;
  end: readonly TextLine[] | null;
}>;

function readDate({ head, top, clean, notation, end }: DateInput): Reading<string> | null {
  if (end !== null) return readDateLine(end);
  if (head.anchor === null) return null;
  const number = notation?.line;
  const limit = (number?.y ?? head.anchor.y + 60) + 60;
  const zone = top.filter((line) => line.y <= limit && !/^(?:căn cứ|thực hiện)/iu.test(line.text));
  const right = zone.filter((line) => head.right.includes(line) || line === number);
  const found = readDateLine(right) ?? readDateLine(zone);
  if (found !== null) return found;
  return hasBlankDate(zone) ? null : readPassingDay(clean);
}

/** A consolidated text has its own number, date and signature at the end (Pháp lệnh 01/2012/UBTVQH13 Đ5). */
function authenticationBlock(
  lines: readonly TextLine[],
): { lines: readonly TextLine[]; head: Pick<Letterhead, 'left' | 'anchor'> } | null {
  const anchor = lines.findLast((line) => authentication.test(line.text));
  if (anchor === undefined) return null;
  const block = lines.filter((line) =>
    line.page === anchor.page ? line.y >= anchor.y - 20 : line.page === anchor.page + 1 && line.y < 300,
  );
  const left = block.filter((line) => line.page === anchor.page && centreOf(line) < anchor.x - 4);
  return { lines: block, head: { left, anchor } };
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
