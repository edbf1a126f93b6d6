import { expect, test, type Page } from '@playwright/test';
import { letterPdf } from '#electron/features/sample/letters.ts';
import { sampleLetters } from '#electron/features/sample/offices.ts';
import { instantFrom } from '#shared/kernel/public.ts';
import { signField } from '#shared/node/pdf-signing/public.ts';
import { signingOffice } from '../support/signing-office.ts';
import { doAct } from './support/act.ts';
import { signIn } from './support/people.ts';
import { startOffice, type Office } from './support/start-office.ts';

test.describe.configure({ mode: 'serial', timeout: 240_000 });
let office: Office;
let page: Page;
// One office for the whole file: what one test leaves, the next one finds.
test.beforeAll(async ({ browser }) => {
  office = await startOffice();
  page = await browser.newPage();
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
  await bring('bi-sua.pdf', altered);
  const panel = page.getByRole('tabpanel', { name: /Thông tin/ });
  await expect(panel).toContainText('Có chữ ký không hợp lệ');
  await expect(panel).toContainText('Nội dung đã ký bị thay đổi.');
  await expect(panel).toContainText('Hãy từ chối nhận để nơi gửi gửi lại.');
  await page.keyboard.press('Control+Enter');
  await expect(page.getByText('Hãy ghi lý do vẫn vào sổ.')).toBeVisible();
  await panel.getByRole('textbox', { name: 'Lý do vẫn vào sổ' }).fill('Đã đối chiếu với bản giấy.');
  await page.keyboard.press('Control+Enter');
  await expect(page.getByText(/Số đến 11 · 77\//)).toBeVisible();
  await page.getByRole('radiogroup', { name: 'Trạng thái' }).getByText('Tất cả').click();
  await page.getByRole('option').filter({ hasText: '77/' }).click();
  await page.getByRole('tab', { name: /Diễn biến/ }).click();
  await expect(page.getByRole('list', { name: 'Diễn biến' })).toContainText(
    'dù chữ ký không hợp lệ: Đã đối chiếu với bản giấy.',
  );
});

test('one that nobody here can judge says what is missing, and goes back when the clerk says so', async () => {
  await bring('chua-ro.pdf', await signedLetter('78'));
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
  await expect(page.getByText('Đã ghi từ chối nhận.')).toBeVisible();
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

async function bring(name: string, bytes: Uint8Array): Promise<void> {
  await page
    .getByLabel('Chọn tệp')
    .setInputFiles([{ name, mimeType: 'application/pdf', buffer: Buffer.from(bytes) }]);
  await expect(
    page.getByText(/Đã nhận 1 tệp, chờ vào sổ\.|Đã nhận, nhưng có thể trùng/).last(),
  ).toBeVisible();
  const hide = page.getByRole('button', { name: 'Ẩn danh sách này' });
  if (await hide.isVisible()) await hide.click();
  await page.getByRole('radiogroup', { name: 'Trạng thái' }).getByText('Chờ vào sổ').click();
  await page.getByRole('option').first().click();
}
