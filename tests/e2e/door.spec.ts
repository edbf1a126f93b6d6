import { expect, test, type Page } from '@playwright/test';
import { letterPdf } from '#electron/features/sample/letters.ts';
import { sampleLetters } from '#electron/features/sample/offices.ts';
import { instantFrom } from '#shared/kernel/public.ts';
import { signField } from '#shared/node/pdf-signing/public.ts';
import { signingOffice } from '../support/signing-office.ts';
import { doAct } from './support/act.ts';
import { lookAtNotice } from './support/looking.ts';
import { signIn } from './support/people.ts';
import { startOffice, type Office } from './support/start-office.ts';
import { told } from './support/told.ts';
import { showOnly } from './support/show-only.ts';

test.describe.configure({ mode: 'serial' });
let office: Office;
let page: Page;
// One office for the whole file: what one test leaves, the next one finds.
test.beforeAll(async ({ browser }) => {
  office = await startOffice();
  page = await (await browser.newContext()).newPage();
  await page.goto(office.url);
  await signIn(page, 'clerk');
  await page.getByRole('link', { name: /Văn bản đến/ }).click();
});
test.afterAll(async () => {
  await page.close();
  await office.close();
});

test('a paper that was altered after it was signed does not go into the register without a reason', async () => {
  const signed = await signedLetter('77');
  // One digit of the page's size, inside what was signed.
  const altered = Buffer.from(signed);
  const at = altered.indexOf('/MediaBox') + '/MediaBox ['.length;
  altered.write(String.fromCodePoint((altered[at] ?? 0x30) ^ 1), at, 'latin1');
  await bring('77', altered);
  const panel = page.getByRole('tabpanel', { name: /Thông tin/ });
  await expect(panel).toContainText('Có chữ ký không hợp lệ');
  await expect(panel).toContainText('Nội dung đã ký bị thay đổi.');
  await expect(panel).toContainText('Hãy từ chối nhận để nơi gửi gửi lại.');
  await page.keyboard.press('Control+Enter');
  await expect(page.getByText('Hãy ghi lý do vẫn vào sổ.')).toBeVisible();
  await panel.getByRole('textbox', { name: 'Lý do vẫn vào sổ' }).fill('Đã đối chiếu với bản giấy.');
  await page.keyboard.press('Control+Enter');
  const faults: string[] = [];
  await lookAtNotice(page, await told(page, /Số đến 11 · 77\//), faults);
  expect(faults).toEqual([]);
  await showOnly(page, 'Tất cả');
  await page.getByRole('option').filter({ hasText: '77/' }).click();
  await page.getByRole('tab', { name: /Diễn biến/ }).click();
  await expect(page.getByRole('list', { name: 'Diễn biến' })).toContainText(
    'dù chữ ký không hợp lệ: Đã đối chiếu với bản giấy.',
  );
});

test('one that nobody here can judge says what is missing, and goes back when the clerk says so', async () => {
  await bring('78', await signedLetter('78'));
  const panel = page.getByRole('tabpanel', { name: /Thông tin/ });
  await expect(panel).toContainText('Chưa xác định được chữ ký');
  await expect(panel).toContainText('Chứng thư của người ký không dẫn tới chứng thư gốc tin cậy nào.');
  await expect(panel).toContainText('Ký: Nguyễn Văn Ấn.');
  await doAct(page, 'Từ chối nhận');
  await page
    .getByRole('dialog')
    .getByRole('textbox', { name: 'Lý do' })
    .fill('Xin gửi lại qua trục liên thông.');
  await page.keyboard.press('Control+Enter');
  await told(page, 'Đã ghi từ chối nhận.');
});

/** A letter of another agency, signed with a certificate of its own authority. */
async function signedLetter(number: string): Promise<Uint8Array> {
  const [first] = sampleLetters;
  if (first === undefined) throw new Error('there are no sample letters');
  const at = instantFrom(Date.now());
  return signField({
    pdf: await letterPdf({ ...first, number }, at),
    field: 'leader',
    key: signingOffice().leader.key,
    signedAt: at,
    signerName: 'Nguyễn Văn Ấn',
    createField: true,
  });
}

/** Puts a letter at the door and opens it once it waits there, by the number it carries. */
async function bring(number: string, bytes: Uint8Array): Promise<void> {
  await page
    .getByLabel('Chọn tệp')
    .setInputFiles([{ name: `thu-${number}.pdf`, mimeType: 'application/pdf', buffer: Buffer.from(bytes) }]);
  await told(page, 'Đã nhận 1 tệp, chờ vào sổ.');
  await showOnly(page, 'Chờ vào sổ');
  await page
    .getByRole('option')
    .filter({ hasText: `${number}/` })
    .click();
  await expect(page.getByRole('textbox', { name: 'Số, ký hiệu' })).toHaveValue(
    new RegExp(`^${number}/`, 'u'),
  );
}
