import { expect, test, type Page } from '@playwright/test';
import { pem } from '../support/pem.ts';
import { signingOffice } from '../support/signing-office.ts';
import { startSigningProgram, type SigningProgram } from '../support/signing-program.ts';
import { doAct } from './support/act.ts';
import { signIn, signOut, type people } from './support/people.ts';
import { startOffice, type Office } from './support/start-office.ts';
import { told } from './support/told.ts';

const circulating = 'Phê duyệt kế hoạch tập huấn kỹ năng số cho cán bộ cơ sở';
const keys = signingOffice();

let office: Office;
let program: SigningProgram;
test.beforeEach(async ({ page }) => {
  program = await startSigningProgram({ own: keys.leader.key, other: keys.officer.key });
  office = await startOffice({ env: { ANTIN_SIGNING_SERVICE: program.address } });
  await page.goto(office.url);
});
test.afterEach(async () => {
  await Promise.all([office.close(), program.close()]);
});

test('a leader signs with the program of this machine, which asks for the PIN itself', async ({ page }) => {
  await signIn(page, 'administrator');
  await page.getByRole('option', { name: /Nguyễn Văn Minh/ }).click();
  await doAct(page, 'Ghi nhận chứng thư số');
  const certificate = Buffer.from(pem('CERTIFICATE', keys.leader.certificateDer));
  await page
    .getByRole('dialog')
    .locator('input[type="file"]')
    .setInputFiles([{ name: 'minh.pem', mimeType: 'application/x-x509-user-cert', buffer: certificate }]);
  await page.keyboard.press('Control+Enter');
  await told(page, 'Đã ghi nhận chứng thư số của Nguyễn Văn Minh.');

  await turn(page, 'unitHead', 'Duyệt');
  await turn(page, 'chief', 'Cho ý kiến');
  await open(page, 'leader');
  await doAct(page, 'Ký');
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('combobox', { name: 'Ký bằng' }).click();
  await page.getByRole('option', { name: /Chương trình ký trên máy/ }).click();
  await expect(dialog).toContainText('Chương trình ký trên máy này sẽ tự hỏi mã PIN');
  await expect(dialog.getByLabel('Mã PIN', { exact: true })).toBeHidden();
  program.break('declines');
  await page.keyboard.press('Control+Enter');
  await expect(dialog).toContainText('Chương trình ký không ký: Người dùng hủy ký');
  program.break(null);
  await page.keyboard.press('Control+Enter');
  await told(page, 'Đã ký.');
  expect(program.asked).toEqual(['SignApproved', 'SignApproved']);
  await page.getByRole('tab', { name: /Chữ ký/ }).click();
  await expect(page.getByRole('region', { name: /Nguyễn Văn Ấn ký/ })).toBeVisible();
});

async function open(page: Page, who: keyof typeof people): Promise<void> {
  await signOut(page);
  await signIn(page, who);
  await page.getByRole('option').filter({ hasText: circulating }).click();
}

async function turn(page: Page, who: 'unitHead' | 'chief', act: string): Promise<void> {
  await open(page, who);
  await doAct(page, act);
  await page.getByRole('dialog').getByRole('textbox').fill('Đồng ý.');
  await page.keyboard.press('Control+Enter');
  await expect(page.getByRole('dialog')).toBeHidden();
}
