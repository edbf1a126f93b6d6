import { hasBlankDate, readDateLine, readPassingDay } from './read-date.ts';
import { cleanLines, readLetterhead, type Letterhead } from './letterhead.ts';
import type { Extracted, Reading, TextLine } from './model.ts';
import { readArrival } from './read-arrival.ts';
import { readIssuer } from './read-issuer.ts';
import { readNotation, type NotationReading } from './read-notation.ts';
import { readRecipients } from './read-recipients.ts';
import { readSigner } from './read-signer.ts';
import { readTitle } from './read-title.ts';
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

/** Fields of a received document from its positioned lines. What is not clearly there is null. */
export function readFields({ lines, pages, hidden = false }: ReadInput): Extracted {
  const { sound, score, language } = judgeText(lines, { hidden });
  if (!sound) return { ...nothingRead(pages), language, confidence: { text: score } };
  const clean = cleanLines(lines);
  const running = clean.map((line) => line.text).join(' ');
  const head = readLetterhead(clean);
  const end = authenticationBlock(clean);
  const top = [...head.left, ...head.right].sort((a, b) => a.y - b.y);
  const notation = readNotation(end?.lines ?? top) ?? readNotation(top);
  const issuer = readIssuer(end === null ? head : end.head, notation?.line ?? null, running);
  const title = readTitle({
    below: head.below,
    left: head.left,
    symbol: notation?.value.symbol ?? null,
    numberLine: end === null ? (notation?.line ?? null) : null,
  });
  const signer = readSigner(end?.lines ?? clean, running);
  const recipients = readRecipients(clean);
  const arrival = readArrival(clean);
  const urgency = readUrgency(top);
  const date = readDate({ head, top, clean, notation, end: end?.lines ?? null });
  const sure = (reading: Reading<unknown> | null) => (reading === null ? 0 : round(reading.confidence * score));
  return {
    number: notation?.value.number ?? null,
    symbol: notation?.value.symbol ?? null,
    notation: notation?.value.notation ?? null,
    issuedOn: date?.value ?? null,
    issuer: issuer?.value.issuer ?? null,
    superior: issuer?.value.superior ?? null,
    kind: title.kind?.value ?? null,
    subject: title.subject?.value ?? null,
    signer: signer?.value ?? { name: null, post: null, authority: null },
    urgency: urgency?.value ?? null,
    secrecy: findSecrecyMark(lines)?.secrecy ?? null,
    recipients: [...(recipients?.value ?? [])],
    arrival: arrival?.value ?? { number: null, on: null },
    language,
    pages,
    method: 'text',
    confidence: {
      number: sure(notation),
      symbol: sure(notation),
      notation: notation?.value.notation === null ? 0 : sure(notation),
      issuedOn: sure(date),
      issuer: sure(issuer),
      superior: issuer?.value.superior == null ? 0 : sure(issuer),
      kind: sure(title.kind),
      subject: sure(title.subject),
      signer: sure(signer),
      urgency: sure(urgency),
      recipients: sure(recipients),
      arrival: sure(arrival),
    },
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
function authenticationBlock(lines: readonly TextLine[]): { lines: readonly TextLine[]; head: Pick<Letterhead, 'left' | 'anchor'> } | null {
  const anchor = lines.findLast((line) => authentication.test(line.text));
  if (anchor === undefined) return null;
  const block = lines.filter((line) => line.page === anchor.page && line.y >= anchor.y - 4);
  const left = block.filter((line) => line.x + line.width / 2 < anchor.x - 4);
  return { lines: block, head: { left, anchor } };
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
