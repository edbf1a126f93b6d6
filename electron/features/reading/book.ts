import {
  documentAggregate,
  documentName,
  notationOf,
  type OfficialDocument,
} from '#shared/documents/public.ts';
import { dossierAggregate } from '#shared/dossiers/public.ts';
import { dayOf } from '#shared/kernel/public.ts';
import { readingAggregate, type Reading } from '#shared/reading/public.ts';
import type { Signed } from '../../host/context.ts';
import { wordsOf } from '../../platform/words.ts';
import { readAll, readState } from '../../store/read-state.ts';
import { kindAndSubject, kindName, namesIn, shortDay } from '../documents/public.ts';

/** NĐ 30 PL4, Sổ sử dụng bản lưu: the minimum columns. */
const columns = [
  'day',
  'reader',
  'notation',
  'subject',
  'file',
  'receipt',
  'returned',
  'allowed',
  'note',
] as const;
const shares = [2, 3, 3, 6, 2, 2, 2, 3, 2] as const;

export function bookOf(signed: Pick<Signed, 'open'>) {
  const words = wordsOf('vi');
  const lent = readAll(signed.open.desk.db, readingAggregate)
    .filter(({ document }) => document !== null)
    .toSorted((a, b) => ((a.decidedAt ?? '') < (b.decidedAt ?? '') ? -1 : 1));
  const title = words('reading.book');
  return {
    name: title,
    title,
    cover: null,
    about: [],
    columns: columns.map((column) => words(`reading.column.${column}`)),
    shares,
    rows: lent.map((reading) => bookCells(signed, reading)),
    after: [],
  };
}

function bookCells({ open: { desk } }: Pick<Signed, 'open'>, reading: Reading): string[] {
  const names = namesIn(desk.db);
  const { decidedAt, decidedBy, endedAt, until } = reading;
  const paper = reading.document === null ? null : readState(desk.db, documentAggregate, reading.document);
  const [file] = paper?.dossiers ?? [];
  const code = file === undefined ? '' : (readState(desk.db, dossierAggregate, file)?.code ?? '');
  const returned = endedAt === null ? (until ?? '') : dayOf(endedAt);
  return [
    decidedAt === null ? '' : shortDay(dayOf(decidedAt)),
    names.person(reading.reader),
    ...paperCells(paper),
    code,
    '',
    returned === '' ? '' : shortDay(returned),
    decidedBy === null ? '' : names.person(decidedBy),
    reading.purpose,
  ];
}

function paperCells(paper: OfficialDocument | null): [string, string] {
  if (paper === null) return ['', ''];
  if (paper.direction === 'outgoing') {
    const { number, summary } = paper;
    const day = number === null ? '' : shortDay(number.issuedOn);
    return [
      `${number?.notation ?? ''} ${day}`.trim(),
      kindAndSubject(kindName(summary.kind), summary.subject),
    ];
  }
  const { fields } = paper;
  if (fields === null) return ['', documentName(paper)];
  const day = fields.issuedOn === null ? '' : shortDay(fields.issuedOn);
  return [
    `${notationOf(fields.number, fields.symbol)} ${day}`.trim(),
    kindAndSubject(fields.kind, fields.subject),
  ];
}
