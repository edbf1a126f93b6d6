import { agencyAggregate, mayRead, type ReadingScope } from '#shared/directory/public.ts';
import {
  documentAggregate,
  notationOf,
  type Export,
  type OfficialDocument,
  type TableForm,
} from '#shared/documents/public.ts';
import { dossierAggregate, type Dossier, type DossierRow, type Retention } from '#shared/dossiers/public.ts';
import { AppError, type DocumentId, type DossierId } from '#shared/kernel/public.ts';
import type { ReadDb } from '#shared/node/sqlite/public.ts';
import type { Signed } from '../../host/context.ts';
import { wordsOf } from '../../platform/words.ts';
import { readState } from '../../store/read-state.ts';
import {
  kindAndSubject,
  kindName,
  keepTable,
  officeTable,
  shortDay,
  type OfficeTable,
} from '../documents/public.ts';

type Desk = Pick<Signed, 'open' | 'scope'>;

/** Mục lục văn bản trong hồ sơ in any form; a part has one of its own. */
export async function printContents(
  signed: Signed,
  { dossierId, form }: Readonly<{ dossierId: DossierId; form: TableForm }>,
): Promise<Export> {
  const dossier = readState(signed.open.desk.db, dossierAggregate, dossierId);
  if (dossier === null || !mayRead(signed.scope, dossier)) throw new AppError('dossiers.unknown');
  const contents = contentsOf(signed, dossier);
  return await keepTable(signed, { ...contents, name: `${contents.title} ${dossier.code}` }, form);
}

/** The same as the page that lies in a package: as of the closing, so that it is the same bytes each time. */
export async function contentsPage(desk: Desk, dossier: Dossier): Promise<Uint8Array> {
  return await officeTable(desk, contentsOf(desk, dossier), 'pdf', dossier.closed?.at);
}

/** Mục lục hồ sơ: the files of a list, as they are handed over. */
export async function printDossiers(
  signed: Signed,
  files: readonly DossierRow[],
  form: TableForm,
): Promise<Export> {
  const title = wordsOf('vi')('dossiers.print.files');
  const table = { name: title, cover: null, about: [], ...filesTable(signed.open.desk.db, files, title) };
  return await keepTable(signed, table, form);
}

type Listed = Pick<DossierRow, 'id' | 'code' | 'title' | 'startedOn' | 'endedOn' | 'retention'>;
type FilesTable = Pick<OfficeTable, 'title' | 'columns' | 'shares' | 'rows' | 'after'>;

/** NĐ 30 PL5: the same columns whether the list stands by itself or behind the minutes of a hand-over. */
export function filesTable(db: ReadDb, files: readonly Listed[], title: string): FilesTable {
  const words = wordsOf('vi');
  const rows = files.map(({ id, code, title, startedOn, endedOn, retention }, place) => {
    const { papers, pages } = countsOf(db, id);
    return [
      String(place + 1),
      code,
      title,
      periodOf({ startedOn, endedOn }),
      retentionText(retention),
      pages === 0 ? '' : words('dossiers.print.pages', { count: pages }),
      words('dossiers.papers', { count: papers }),
    ];
  });
  return {
    title,
    columns: fileColumns.map((column) => words(`dossiers.print.column.${column}`)),
    shares: [0.4, 1, 4, 1.4, 1, 0.9, 1.1],
    rows,
    after: [words('dossiers.print.files.total', { count: rows.length })],
  };
}

export function retentionText(retention: Retention): string {
  const words = wordsOf('vi');
  return retention === 'permanent'
    ? words('dossiers.retention.permanent')
    : words('dossiers.retention.years', { count: retention });
}

/** NĐ 30 PL5, mục lục văn bản trong hồ sơ. */
const paperColumns = ['n', 'notation', 'day', 'subject', 'author', 'pages', 'note'] as const;
/** NĐ 30 PL5, mục lục hồ sơ nộp lưu. */
const fileColumns = ['n', 'code', 'title', 'period', 'retention', 'amount', 'note'] as const;

function contentsOf({ open, scope }: Desk, dossier: Dossier): OfficeTable {
  const words = wordsOf('vi');
  const { db, agencyId } = open.desk;
  const own = readState(db, agencyAggregate, agencyId)?.name ?? '';
  let before = 0;
  const rows = dossier.items.map(({ n, document: id }) => {
    const paper = paperFor(db, scope, id);
    if (paper === null) return [String(n), '', '', '', '', '', words('dossiers.print.hidden')];
    const pages = paper.file?.pages ?? 0;
    const places = pages === 0 ? '' : `${before + 1}–${before + pages}`;
    before += pages;
    return [String(n), ...namesOf(paper, own), places, ''];
  });
  const { code, title } = dossier;
  return {
    title: words('dossiers.print.contents'),
    cover: null,
    about: [words('dossiers.print.of', { code, title }), periodOf(dossier)],
    columns: paperColumns.map((column) => words(`dossiers.print.column.${column}`)),
    shares: [0.4, 1.2, 0.9, 4, 1.8, 0.8, 1.2],
    rows,
    after: [words('dossiers.print.contents.total', { count: rows.length, pages: before })],
  };
}

/** Number, day, kind and subject, author. */
function namesOf(paper: OfficialDocument, own: string): string[] {
  if (paper.direction === 'outgoing') {
    const { number, summary } = paper;
    const subject = kindAndSubject(kindName(summary.kind), summary.subject);
    return [number?.notation ?? '', number === null ? '' : shortDay(number.issuedOn), subject, own];
  }
  const { fields, file } = paper;
  if (fields === null) return ['', '', file?.name ?? '', ''];
  return [
    notationOf(fields.number, fields.symbol),
    fields.issuedOn === null ? '' : shortDay(fields.issuedOn),
    kindAndSubject(fields.kind, fields.subject),
    fields.issuer,
  ];
}

function paperFor(db: ReadDb, scope: ReadingScope, id: DocumentId): OfficialDocument | null {
  const paper = readState(db, documentAggregate, id);
  return paper !== null && mayRead(scope, paper) ? paper : null;
}

/** How much lies in a file and its parts. */
function countsOf(db: ReadDb, id: DossierId): Readonly<{ papers: number; pages: number }> {
  const whole = readState(db, dossierAggregate, id);
  if (whole === null) return { papers: 0, pages: 0 };
  const held = [whole, ...whole.parts.flatMap((part) => readState(db, dossierAggregate, part) ?? [])];
  const items = held.flatMap((one) => one.items);
  const pages = items.reduce(
    (sum, { document }) => sum + (readState(db, documentAggregate, document)?.file?.pages ?? 0),
    0,
  );
  return { papers: items.length, pages };
}

function periodOf({ startedOn, endedOn }: Pick<Dossier, 'startedOn' | 'endedOn'>): string {
  return [startedOn, endedOn].map((day) => (day === null ? '…' : shortDay(day))).join(' – ');
}
