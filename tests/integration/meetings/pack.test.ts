import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PDFDocument } from 'pdf-lib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { packOf } from '#electron/features/meetings/pack.ts';
import type { Part } from '#electron/features/sample/offices.ts';
import { systemClock } from '#electron/platform/clock.ts';
import { PaperIdSchema, type AgendaItemId, type MeetingId } from '#shared/kernel/public.ts';
import { meetingOffice, type MeetingOffice } from '../../support/meeting-office.ts';

let working: MeetingOffice;
let meetingId: MeetingId;

async function aPaper(says: string, pages: number, y = 600) {
  const made = await PDFDocument.create();
  for (let page = 1; page <= pages; page += 1) {
    made.addPage([595, 842]).drawText(`${says} ${page}`, { x: 80, y });
  }
  const bytes = await made.save();
  return { ...(await working.office.open.blobs.put(bytes)), name: `${says}.pdf`, pages };
}

async function keep(
  itemId: AgendaItemId,
  name: string,
  more: Readonly<{ pages?: number; id?: string }> = {},
) {
  const paper = PaperIdSchema.parse(more.id ?? systemClock.newId());
  const file = await aPaper(name, more.pages ?? 2, more.id === undefined ? 600 : 500);
  const reason = more.id === undefined ? '' : 'Sua so lieu';
  const kept = { meetingId, itemId, paper, name, document: null, file, reason };
  working.as('chief').must('meetings.keepPaper', kept);
  return paper;
}

async function packed(part: Part, form: 'pdf' | 'zip') {
  const signed = working.as(part);
  let of = 0;
  for await (const step of packOf(signed, { meetingId, form })) {
    if (step.is === 'going') of = step.of;
    else {
      const { exportId, name, size } = step.made;
      const path = join(working.folder, `${part}.${form}`);
      writeFileSync(path, signed.exports.read(exportId, 0, size).bytes);
      return { path, name, of };
    }
  }
  throw new Error('Nothing was made');
}

function said(command: string, args: readonly string[]): string {
  const { status, stdout, stderr } = spawnSync(command, args, { encoding: 'utf8' });
  expect(status, stderr).toBe(0);
  return stdout;
}

beforeAll(async () => {
  working = await meetingOffice();
  meetingId = working.convene();
  const first = working.put(meetingId, { title: 'Khen thưởng', minutes: 10 });
  const secret = { to: 'named' as const, people: [working.office.part('deputy')] };
  const few = working.put(meetingId, { title: 'Kỷ luật', access: secret }, [first]);
  const paper = await keep(first, 'To trinh');
  await keep(first, 'Danh sach', { pages: 3 });
  await keep(first, 'To trinh', { id: paper });
  await keep(few, 'Bien ban kiem diem');
  working.as('chief').must('meetings.invite', { meetingId, guests: [] });
}, 180_000);
afterAll(() => {
  working.remove();
});

test('the papers are one file behind the agenda, in order, with an outline and the reader’s name on every page', async () => {
  const { path, of } = await packed('deputy', 'pdf');
  expect(of).toBe(3);
  const outline = said('qpdf', ['--json=2', '--json-key=outlines', path]);
  const { outlines } = JSON.parse(outline) as { outlines: { title: string; kids: { title: string }[] }[] };
  expect(outlines.map(({ title, kids }) => [title, kids.map((kid) => kid.title)])).toEqual([
    ['1. Khen thưởng', ['To trinh (đổi từ bản 1: Sua so lieu)', 'Danh sach']],
    ['2. Kỷ luật', ['Bien ban kiem diem']],
  ]);
  said('qpdf', ['--check', path]);
  const pages = said('pdftotext', ['-layout', path, '-']).split('\f').slice(0, -1);
  expect(pages).toHaveLength(8);
  const { name } = working.as('deputy').person;
  expect(pages.every((page) => page.includes(name))).toBe(true);
  expect(pages[0]).toContain('CHƯƠNG TRÌNH VÀ TÀI LIỆU HỌP');
  expect(pages[0]).toMatch(/Danh sach\s+3–5/u);
  expect(
    pages.slice(1).map((page) => /(?:To trinh|Danh sach|Bien ban kiem diem) \d/u.exec(page)?.[0]),
  ).toEqual(
    ['To trinh 1', 'To trinh 2', 'Danh sach 1', 'Danh sach 2', 'Danh sach 3'].concat([
      'Bien ban kiem diem 1',
      'Bien ban kiem diem 2',
    ]),
  );
});

test('what somebody may not read is not in theirs, nor its title', async () => {
  const { path } = await packed('unitHead', 'pdf');
  const text = said('pdftotext', ['-layout', path, '-']);
  expect(text).toContain('Nội dung dành riêng');
  expect(text).not.toMatch(/Kỷ luật|kiem diem/u);
  await expect(packed('officer', 'pdf')).rejects.toThrow('meetings.unknown');
});

test('as a folder each paper is a file of its own under its item, marked the same', async () => {
  const { path, name } = await packed('deputy', 'zip');
  expect(name).toBe('Họp hội đồng thi đua.zip');
  const folder = join(working.folder, 'goi');
  mkdirSync(folder);
  said('unzip', ['-q', path, '-d', folder]);
  const files = said('find', [folder, '-type', 'f', '-printf', '%P\n']).trim().split('\n').toSorted();
  expect(files).toEqual([
    '1. Khen thưởng/001 To trinh (đổi từ bản 1 Sua so lieu).pdf',
    '1. Khen thưởng/002 Danh sach.pdf',
    '2. Kỷ luật/003 Bien ban kiem diem.pdf',
    'Chương trình.pdf',
  ]);
  const text = said('pdftotext', [join(folder, '2. Kỷ luật/003 Bien ban kiem diem.pdf'), '-']);
  expect(text.split(working.as('deputy').person.name)).toHaveLength(3);
});
