import { expect, test } from '@playwright/test';
import { actAs } from '#electron/features/sample/act-as.ts';
import { systemClock } from '#electron/platform/clock.ts';
import { addDays, dayOf } from '#shared/kernel/public.ts';
import { dossierId, someDossierFields } from '../support/dossiers.ts';
import { doAct } from './support/act.ts';
import { lookAt } from './support/looking.ts';
import { signIn } from './support/people.ts';
import { departmentIn, openSampleDesk } from './support/sample-desk.ts';
import { showOnly } from './support/show-only.ts';
import { startOffice, type Office } from './support/start-office.ts';
import { told } from './support/told.ts';

let office: Office;
test.beforeEach(async ({ page }) => {
  office = await startOffice({ before: keepManyFiles });
  await page.goto(office.url);
});
test.afterEach(async () => {
  await office.close();
});

/** As many files as a form offers at once, then the one that is wanted; and closed ones, each with a paper. */
async function keepManyFiles(dataDir: string): Promise<void> {
  const { open, called } = await openSampleDesk(departmentIn(dataDir));
  const officer = actAs(open, called('Thị Ngọc'), systemClock);
  const paper = open.desk.db
    .prepare("SELECT id FROM document WHERE state = 'issued' ORDER BY n")
    .pluck()
    .get();
  const today = dayOf(systemClock.now());
  const begin = (code: string, title: string): string => {
    const id = dossierId();
    const fields = { ...someDossierFields({ code, title, retention: 20 }), startedOn: addDays(today, -30) };
    officer.must('dossiers.open', { dossierId: id, fields, maker: officer.person.id, parent: null });
    return id;
  };
  for (let n = 1; n <= 100; n += 1) begin(`${100 + n}.CV`, `Hồ sơ công việc số ${n}`);
  begin('999.TT', 'Hồ sơ thanh tra đột xuất');
  for (let n = 1; n <= 12; n += 1) {
    const id = begin(`${n}.HN`, `Hồ sơ hội nghị lần ${n}`);
    officer.must('dossiers.file', { dossierId: id, documents: [paper] });
    officer.must('dossiers.close', { dossierId: id, endedOn: today });
  }
  open.close();
}

test('a paper goes into a file that is not among those offered, and of many closed files the right ones are handed over', async ({
  page,
}) => {
  const faults: string[] = [];
  await signIn(page, 'officer');
  await page.getByRole('link', { name: /Văn bản đi/ }).click();
  await showOnly(page, 'Phát hành');
  await page.getByRole('option').first().click();
  await doAct(page, 'Đưa vào hồ sơ');
  const filing = page.getByRole('dialog', { name: 'Đưa vào hồ sơ' });
  const which = filing.getByRole('textbox', { name: 'Hồ sơ' });
  await which.click();
  const offered = page.getByRole('listbox', { name: 'Hồ sơ' }).getByRole('option');
  await expect(offered.first()).toBeVisible();
  await expect(offered.filter({ hasText: '999.TT' })).toHaveCount(0);
  await which.fill('thanh tra');
  await expect(offered).toHaveCount(1);
  await page.keyboard.press('Enter');
  await expect(which).toHaveValue('999.TT');
  await lookAt(page, 'filing-found', faults);
  await page.keyboard.press('Control+Enter');
  await told(page, 'Đã đưa văn bản vào hồ sơ.');

  await page.getByRole('link', { name: /^Hồ sơ/ }).click();
  await showOnly(page, 'Đã kết thúc');
  await page.getByRole('option').filter({ hasText: 'hội nghị lần 12' }).click();
  await doAct(page, 'Nộp lưu');
  const offer = page.getByRole('dialog', { name: 'Nộp lưu' });
  const files = offer.getByRole('checkbox');
  await expect(files).toHaveCount(12);
  await offer.getByRole('textbox', { name: 'Tìm hồ sơ' }).fill('lần 3');
  await expect(files).toHaveCount(2);
  await offer.getByRole('checkbox', { name: 'hội nghị lần 3' }).check();
  await lookAt(page, 'hand-over-found', faults);
  await page.keyboard.press('Control+Enter');
  await told(page, 'Đã nộp lưu.');
  await showOnly(page, 'Đã nộp');
  await expect(page.getByRole('listbox', { name: 'Hồ sơ' }).getByRole('option')).toHaveCount(2);
  expect(faults).toEqual([]);
});
