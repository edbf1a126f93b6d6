import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { printContents, printDossiers } from '#electron/features/dossiers/contents-files.ts';
import { dossierPage } from '#electron/features/dossiers/pages.ts';
import { listDossiers } from '#electron/features/dossiers/rows.ts';
import type { Actor } from '#electron/features/sample/act-as.ts';
import { systemClock } from '#electron/platform/clock.ts';
import { DocumentIdSchema, dayOf, yearOf, type DossierId } from '#shared/kernel/public.ts';
import { dossierId, someDossierFields } from '../../support/dossiers.ts';
import { judgesIn } from '../../support/pdf-judges.ts';
import {
  numberedNotice,
  outgoingOf,
  workingOffice,
  type WorkingOffice,
} from '../../support/working-office.ts';

let working: WorkingOffice;
let filled: DossierId;
const year = yearOf(dayOf(systemClock.now()));

beforeAll(async () => {
  working = await workingOffice();
  const clerk = working.as('clerk');
  filled = opened('05.VP', '=Hồ sơ trực cuối năm');
  opened('06.VP', 'Hồ sơ kiểm kê');
  for (const paragraphs of [1, 60]) {
    const documentId = await numberedNotice(working, { paragraphs });
    clerk.must('dossiers.file', { dossierId: filled, documents: [documentId] });
  }
}, 120_000);
afterAll(() => {
  working.remove();
});

function opened(code: string, title: string, maker = working.as('clerk').person.id): DossierId {
  const id = dossierId();
  const clerk = working.as('clerk');
  const fields = { ...someDossierFields({ code, title }), startedOn: `${year}-01-05` };
  clerk.must('dossiers.open', { dossierId: id, fields, maker, parent: null });
  return id;
}

type Made = ReturnType<Actor['exports']['keep']>;

function bytesOf(clerk: Actor, { exportId, size }: Made): Uint8Array {
  return clerk.exports.read(exportId, 0, size).bytes;
}

function textOf(clerk: Actor, made: Made): string {
  const judge = judgesIn(working.folder);
  writeFileSync(join(working.folder, 'in.pdf'), bytesOf(clerk, made));
  expect(judge.qpdf('in.pdf')).toContain('No syntax or stream encoding errors');
  return judge.run('pdftotext', '-layout', 'in.pdf', '-').replaceAll(/\s+/gu, ' ');
}

test('the contents of a file have the columns of Phụ lục V, and each paper its pages in the file', async () => {
  const clerk = working.as('clerk');
  const printed = await printContents(clerk, { dossierId: filled, form: 'csv' });
  expect(printed.name).toBe('Mục lục văn bản trong hồ sơ 05.VP.csv');
  const [head, first, second, ...rest] = Buffer.from(bytesOf(clerk, printed)).toString('utf8').split('\r\n');
  expect(head).toBe(
    '\uFEFFSTT,"Số, ký hiệu văn bản",Ngày tháng văn bản,Tên loại và trích yếu nội dung văn bản,Tác giả văn bản,Tờ số/Trang số,Ghi chú',
  );
  const day = dayOf(systemClock.now()).split('-').toReversed().join('/');
  const named = `${day},Thông báo: Phân công trực cuối năm,Sở Khoa học và Công nghệ tỉnh An Bình`;
  const pages = clerkPages();
  expect(pages[1]).toBeGreaterThan(1);
  const from = pages[0] + 1;
  expect([first, second, rest]).toEqual([
    `1,01/TB-SKHCN,${named},1–${pages[0]},`,
    `2,02/TB-SKHCN,${named},${from}–${pages[0] + pages[1]},`,
    [],
  ]);
  const text = textOf(clerk, await printContents(clerk, { dossierId: filled, form: 'pdf' }));
  expect(text).toContain('MỤC LỤC VĂN BẢN TRONG HỒ SƠ');
  expect(text).toContain('Hồ sơ 05.VP: =Hồ sơ trực cuối năm');
  expect(text).toContain('01/TB-SKHCN');
  expect(text).toContain(`Mục lục này có 2 văn bản, ${pages[0] + pages[1]} trang.`);
});

function clerkPages(): readonly [number, number] {
  const { open } = working.as('clerk');
  const rows = open.desk.db.prepare<[], { id: string }>('SELECT id FROM document ORDER BY number').all();
  const [first, second] = rows.map(
    ({ id }) => outgoingOf(working, DocumentIdSchema.parse(id)).file?.pages ?? 0,
  );
  return [first ?? 0, second ?? 0];
}

test('what a reader may not read keeps its place and says so; whoever may not see the file gets nothing', async () => {
  const clerk = working.as('clerk');
  const next = working.as('secondOfficer');
  const theirs = opened('07.VP', 'Hồ sơ của người khác', next.person.id);
  const { items } = dossierPage(clerk, filled, null);
  const documents = items.map(({ document }) => document?.id);
  clerk.must('dossiers.file', { dossierId: theirs, documents });
  const printed = bytesOf(next, await printContents(next, { dossierId: theirs, form: 'csv' }));
  expect(Buffer.from(printed).toString('utf8').split('\r\n').slice(1)).toEqual([
    '1,,,,,,Không thuộc quyền xem',
    '2,,,,,,Không thuộc quyền xem',
  ]);
  const stranger = working.as('administrator');
  await expect(printContents(stranger, { dossierId: theirs, form: 'pdf' })).rejects.toThrow(
    'dossiers.unknown',
  );
});

test('the list of files has the columns of Phụ lục V, with how much lies in each', async () => {
  const clerk = working.as('clerk');
  const asked = { offset: 0, limit: 50, state: null, maker: null, year, text: '' };
  const { rows } = listDossiers(clerk.open.desk.db, clerk.scope, asked);
  const made = await printDossiers(clerk, rows, 'csv');
  expect(made.name).toBe('Mục lục hồ sơ.csv');
  const pages = clerkPages();
  expect(Buffer.from(bytesOf(clerk, made)).toString('utf8').split('\r\n')).toEqual([
    '\uFEFFSTT,"Số, ký hiệu hồ sơ",Tiêu đề hồ sơ,Thời gian tài liệu,Thời hạn bảo quản,Số tờ/Số trang,Ghi chú',
    // A title that a spreadsheet would run is text.
    `1,05.VP,'=Hồ sơ trực cuối năm,05/01/${year} – …,20 năm,${pages[0] + pages[1]} trang,2 văn bản`,
    `2,06.VP,Hồ sơ kiểm kê,05/01/${year} – …,20 năm,,0 văn bản`,
    `3,07.VP,Hồ sơ của người khác,05/01/${year} – …,20 năm,${pages[0] + pages[1]} trang,2 văn bản`,
  ]);
  const text = textOf(clerk, await printDossiers(clerk, rows, 'pdf'));
  expect(text).toContain('MỤC LỤC HỒ SƠ');
  expect(text).toContain('Mục lục này có 3 hồ sơ.');
});
