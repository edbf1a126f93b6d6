import { expect, test, type Page } from '@playwright/test';
import { actAs } from '#electron/features/sample/act-as.ts';
import { systemClock } from '#electron/platform/clock.ts';
import { DocumentIdSchema, TaskIdSchema } from '#shared/kernel/public.ts';
import { dossierId, someDossierFields } from '../support/dossiers.ts';
import { confirm } from './support/act.ts';
import { lookAt } from './support/looking.ts';
import { signIn, signOut } from './support/people.ts';
import { departmentIn, openSampleDesk } from './support/sample-desk.ts';
import { startOffice, type Office } from './support/start-office.ts';
import { told } from './support/told.ts';

const titles = { going: 'Hồ sơ hội nghị chuyên đề', held: 'Hồ sơ giải quyết khiếu nại' } as const;
let office: Office;
test.beforeEach(async ({ page }) => {
  office = await startOffice({ before: fileLongAgo });
  await page.goto(office.url);
});
test.afterEach(async () => {
  await office.close();
});

/** Two files of 2012 that were kept for five years: a paper that the sample has issued, and one that was seen to. */
async function fileLongAgo(dataDir: string): Promise<void> {
  const { open, called } = await openSampleDesk(departmentIn(dataDir));
  const as = (name: string) => actAs(open, called(name), systemClock);
  const [officer, clerk] = [as('Thị Ngọc'), as('Thị Lan')];
  const first = (state: string) =>
    DocumentIdSchema.parse(
      open.desk.db.prepare('SELECT id FROM document WHERE state = ? ORDER BY n').pluck().get(state),
    );
  const letter = first('registered');
  const task = TaskIdSchema.parse(systemClock.newId());
  const on = { taskId: task, documentId: letter };
  const to = { kind: 'person', id: officer.person.id };
  const assignments = [{ task, role: 'lead', to, dueOn: null }];
  as('Văn Minh').must('workflow.direct', {
    documentId: letter,
    words: 'Giải quyết',
    assignments,
    inform: [],
  });
  officer.must('workflow.acceptTask', on);
  officer.must('workflow.finishTask', { ...on, words: '' });
  as('Văn Minh').must('workflow.approveTask', { ...on, words: '' });
  [first('issued'), letter].forEach((document, place) => {
    const id = dossierId();
    const title = place === 0 ? titles.going : titles.held;
    const fields = {
      ...someDossierFields({ code: `0${place + 1}.HC`, title, retention: 5 }),
      startedOn: '2012-01-05',
    };
    clerk.must('dossiers.open', { dossierId: id, fields, maker: officer.person.id, parent: null });
    clerk.must('dossiers.file', { dossierId: id, documents: [document] });
    clerk.must('dossiers.close', { dossierId: id, endedOn: '2012-06-30' });
  });
  open.close();
}

async function toDue(page: Page): Promise<void> {
  await page.getByRole('link', { name: /^Hết thời hạn/ }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Hết thời hạn' })).toBeVisible();
  // Off the rail, whose hint would lie over what is looked at.
  await page.mouse.move(700, 700);
}

test('a file whose term is over goes with its decision and minutes; one that a case holds does not', async ({
  page,
}) => {
  const faults: string[] = [];
  await signIn(page, 'archivist');
  await toDue(page);
  await lookAt(page, 'disposals-due', faults);

  // A rule of the agency's own, by the keyboard alone, stands before the schedule that comes along.
  await page.getByRole('button', { name: 'Thời hạn bảo quản' }).press('Enter');
  await expect(page.getByRole('heading', { level: 1, name: 'Thời hạn bảo quản' })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Thêm quy tắc' })).toBeVisible();
  await page.keyboard.press('n');
  const rule = page.getByRole('dialog', { name: 'Thêm quy tắc' });
  // At the pace of a hand: faster than any, a dialog’s own timers would come in between.
  await page.keyboard.type('khiếu nại; tố cáo', { delay: 20 });
  await page.keyboard.press('Tab');
  await page.keyboard.type('TT 10/2022/TT-BNV, mục 3', { delay: 20 });
  await page.keyboard.press('Tab');
  await page.keyboard.press('ArrowDown');
  await page.getByRole('option', { name: '20 năm' }).click();
  await lookAt(page, 'retention-rule', faults);
  await page.keyboard.press('Control+Enter');
  await expect(rule).toBeHidden();
  await expect(page.getByRole('table', { name: 'Quy tắc của cơ quan' })).toContainText(
    'khiếu nại; tố cáo20 năm',
  );
  await lookAt(page, 'retention', faults);
  await page.getByRole('button', { name: 'Hết thời hạn' }).press('Enter');

  // One of the two is wanted by an inspection.
  await page.getByRole('button', { name: 'Giữ và đóng băng' }).click();
  await page.getByRole('button', { name: 'Giữ cho vụ việc' }).click();
  const holding = page.getByRole('dialog', { name: 'Giữ cho vụ việc' });
  await holding.getByLabel('Tên vụ việc').fill('Thanh tra giải quyết khiếu nại');
  await holding.getByLabel('Cơ quan yêu cầu').fill('Thanh tra tỉnh');
  await holding.getByLabel('Căn cứ').fill('Quyết định số 12/QĐ-TTr');
  await holding.getByLabel('Lý do').fill('Đang thanh tra');
  await holding.getByLabel(/^Tìm hồ sơ/).fill('khieu nai');
  await holding.getByRole('checkbox', { name: `02.HC · ${titles.held}` }).check();
  await lookAt(page, 'holds-dialog', faults);
  await page.keyboard.press('Control+Enter');
  await told(page, 'Đã giữ hồ sơ.');
  await expect(page.getByRole('article')).toContainText(`02.HC · ${titles.held}`);
  await lookAt(page, 'holds', faults);

  // Proposed all the same, it is refused with its case.
  await page.getByRole('button', { name: 'Hết thời hạn' }).click();
  await expect(page.getByRole('row').filter({ hasText: titles.held })).toContainText(
    'đang được giữ cho vụ việc “Thanh tra giải quyết khiếu nại”',
  );
  for (const code of ['01.HC', '02.HC']) {
    await page.getByRole('checkbox', { name: `Chọn hồ sơ ${code}` }).check();
  }
  await page.getByRole('button', { name: 'Đề nghị xử lý (2)' }).click();
  const proposing = page.getByRole('dialog', { name: 'Lập danh mục xét hủy' });
  await lookAt(page, 'disposals-propose', faults);
  await page.keyboard.press('Control+Enter');
  await expect(proposing.getByRole('alert')).toContainText('02.HC đang được giữ cho vụ việc');
  await page.keyboard.press('Escape');
  await page.getByRole('checkbox', { name: 'Chọn hồ sơ 02.HC' }).uncheck();
  await page.getByRole('button', { name: 'Đề nghị xử lý (1)' }).click();
  await confirm(page);
  await told(page, 'Đã lập danh mục xét hủy.');
  await page.getByRole('button', { name: 'Ghi ý kiến hội đồng' }).click();
  const speaking = page.getByRole('dialog', { name: 'Ghi ý kiến hội đồng' });
  await speaking.getByLabel('Ý kiến của Hội đồng').fill('Đồng ý hủy');
  await speaking.getByLabel('Biên bản họp').fill('Biên bản số 03 ngày 10/11, có chữ ký');
  await page.keyboard.press('Control+Enter');
  await told(page, 'Đã ghi ý kiến hội đồng.');
  await expect(page.getByText('Chờ quyết định')).toBeVisible();

  await signOut(page);
  await signIn(page, 'leader');
  await toDue(page);
  await page.getByRole('button', { name: 'Quyết định hủy' }).click();
  await page.getByRole('dialog').getByLabel('Số quyết định').fill('45/QĐ-SKHCN');
  await lookAt(page, 'disposals-approve', faults);
  await page.keyboard.press('Control+Enter');
  await told(page, 'Đã quyết định.');

  await signOut(page);
  await signIn(page, 'archivist');
  await toDue(page);
  await page.getByRole('button', { name: 'Hủy và lập biên bản' }).click();
  const ending = page.getByRole('dialog', { name: 'Hủy và lập biên bản' });
  await ending.getByLabel('Nơi hủy').fill('Kho lưu trữ');
  await ending.getByLabel('Người chứng kiến 1').fill('Đỗ Thị Lan');
  await ending.getByLabel('Người chứng kiến 2').fill('Bùi Thị Ngọc');
  await page.keyboard.press('Control+Enter');
  await told(page, 'Đã hủy, biên bản đã lập.');
  await lookAt(page, 'disposals-done', faults);
  const [minutes] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'In biên bản hủy' }).click(),
  ]);
  expect(minutes.suggestedFilename()).toMatch(/^Biên bản hủy tài liệu \d{4}-\d{2}-\d{2}\.pdf$/u);

  // The paper is still known by its number, and says what became of it.
  await signOut(page);
  await signIn(page, 'clerk');
  await page.getByRole('link', { name: /Văn bản đi/ }).click();
  const destroyed = page.getByRole('option').filter({ hasText: 'Đã hủy' }).first();
  await destroyed.click();
  await expect(page.getByText('Đã hủy theo quyết định số 45/QĐ-SKHCN').first()).toBeVisible();
  await lookAt(page, 'destroyed-paper', faults);
  expect(faults).toEqual([]);
});

test('a freeze takes single papers by their words, and the file they lie in cannot let them go', async ({
  page,
}) => {
  const faults: string[] = [];
  await signIn(page, 'chief');
  await toDue(page);
  await page.getByRole('button', { name: 'Giữ và đóng băng' }).press('Enter');
  await page.getByRole('button', { name: 'Đóng băng', exact: true }).press('Enter');
  const freezing = page.getByRole('dialog', { name: 'Đóng băng' });
  await freezing.getByLabel('Tên vụ việc').fill('Kiểm tra nội bộ');
  await freezing.getByLabel('Lý do').fill('Đang kiểm tra');
  await freezing.getByLabel(/^Tìm văn bản riêng lẻ/).fill('cong');
  const papers = freezing.getByRole('group', { name: 'Văn bản riêng lẻ' });
  await papers.getByRole('checkbox').first().press('Space');
  await freezing.getByLabel(/^Tìm văn bản riêng lẻ/).fill('khong co chu nao');
  await expect(papers.getByRole('checkbox', { checked: true })).toHaveCount(1);
  await lookAt(page, 'freeze-dialog', faults);
  await page.keyboard.press('Control+Enter');
  await expect(freezing).toBeHidden();
  await expect(page.getByRole('article', { name: /Kiểm tra nội bộ/ })).toContainText('1 văn bản');
  expect(faults).toEqual([]);
});
