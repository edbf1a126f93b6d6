import { agencyAggregate, personAggregate } from '#shared/directory/public.ts';
import {
  disposalAggregate,
  type Disposal,
  type DisposalItem,
  type DisposalPrint,
} from '#shared/dossiers/public.ts';
import { AppError, dayOf, type DisposalId, type Instant, type PersonId } from '#shared/kernel/public.ts';
import { tablePdf } from '#shared/node/typesetting/public.ts';
import type { Signed } from '../../host/context.ts';
import { wordsOf } from '../../platform/words.ts';
import { readState } from '../../store/read-state.ts';
import { shortDay } from '../documents/public.ts';
import { retentionText } from './contents-files.ts';

const words = wordsOf('vi');

/** Danh mục hồ sơ hết thời hạn bảo quản with its reasons, or Biên bản hủy tài liệu once it was carried out. */
export function printDisposal(
  signed: Signed,
  { disposalId, what }: Readonly<{ disposalId: DisposalId; what: DisposalPrint }>,
) {
  const disposal = readState(signed.open.desk.db, disposalAggregate, disposalId);
  if (disposal === null) throw new AppError('disposals.unknown');
  if (what === 'list') {
    const { at } = disposal.proposed;
    return keep(signed, { ...listOf(disposal), what, at, signers: [] });
  }
  const { minutes } = disposal;
  if (minutes === null) throw new AppError('disposals.not-carried-out');
  return keep(signed, { ...minutesOf(signed, disposal, minutes), what, at: minutes.at });
}

type Printing = Readonly<{
  what: DisposalPrint;
  about: readonly string[];
  rows: readonly (readonly string[])[];
  after: readonly string[];
  /** The same minutes give the same page whenever they are printed. */
  at: Instant;
  signers: readonly Readonly<{ role: string; name: string }>[];
}>;

const columns = ['n', 'code', 'title', 'retention', 'keptUntil', 'verdict', 'reason'] as const;

function keep({ open, exports }: Signed, { what, at, after, ...print }: Printing) {
  const agency = readState(open.desk.db, agencyAggregate, open.desk.agencyId);
  const title = words(`disposals.print.${what}`);
  const bytes = tablePdf({
    ...print,
    title,
    cover: null,
    after: [...after, words('table.printedOn', { day: shortDay(dayOf(at)) })],
    columns: columns.map((column) => words(`disposals.print.column.${column}`)),
    shares: [0.4, 1, 3.4, 1, 1, 1, 2.2],
    agency: agency?.name ?? '',
    superior: agency?.superior ?? null,
    frozenAt: at,
  });
  return exports.keep(`${title} ${dayOf(at)}.pdf`, bytes);
}

function listOf({ items, appraisal, proposed }: Disposal) {
  const said =
    appraisal === null
      ? []
      : [words('disposals.print.appraisal', { words: appraisal.words, reference: appraisal.reference })];
  return {
    about: [words('disposals.print.proposedOn', { day: shortDay(dayOf(proposed.at)) }), ...said],
    rows: items.map(rowOf),
    after: [words('disposals.print.total', { count: items.length })],
  };
}

function minutesOf(
  { open }: Signed,
  { items, decision, appraisal }: Disposal,
  { witnesses, place, by, at, destroyed, kept }: NonNullable<Disposal['minutes']>,
) {
  const nameOf = (id: PersonId): string => readState(open.desk.db, personAggregate, id)?.name ?? '';
  const gone = items.filter(({ verdict }) => verdict === 'destroy');
  return {
    about: [
      words('disposals.print.decision', {
        number: decision?.number ?? '',
        day: decision === null ? '' : shortDay(decision.on),
        name: decision === null ? '' : nameOf(decision.by),
      }),
      ...(appraisal === null ? [] : [words('disposals.print.council', { reference: appraisal.reference })]),
      words('disposals.print.done', { day: shortDay(dayOf(at)), place, name: nameOf(by) }),
    ],
    rows: gone.map(rowOf),
    after: [words('disposals.print.destroyed', { count: gone.length, destroyed, kept })],
    signers: [
      ...witnesses.map((name) => ({ role: words('disposals.print.witness'), name })),
      { role: words('disposals.print.carriedOutBy'), name: nameOf(by) },
    ],
  };
}

function rowOf(item: DisposalItem, place: number): string[] {
  const { code, title, retention, keptUntil, verdict, newRetention, reason } = item;
  const what = words(`disposals.verdict.${verdict}`);
  return [
    String(place + 1),
    code,
    title,
    retentionText(retention),
    shortDay(keptUntil),
    verdict === 'longer' && newRetention !== null ? `${what}: ${retentionText(newRetention)}` : what,
    reason,
  ];
}
