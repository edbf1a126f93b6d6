import { cpSync } from 'node:fs';
import { expect, test, type Browser, type Locator, type Page } from '@playwright/test';
import { confirm, doAct } from './support/act.ts';
import { connectedAgencies, type ConnectedAgencies } from './support/connected-agencies.ts';
import { join } from './support/join.ts';
import { lookAt } from './support/looking.ts';
import { paperToSign } from './support/papers-to-sign.ts';
import { samplePin, signIn } from './support/people.ts';
import { endOffice, startOffice, type Office } from './support/start-office.ts';
import { told } from './support/told.ts';
import { showOnly } from './support/show-only.ts';

test.describe.configure({ mode: 'serial' });
let both: ConnectedAgencies;
const offices: Office[] = [];
let sender: Page;
let receiver: Page;
const commune = 'Ủy ban nhân dân xã An Phú';
const soon = { timeout: 120_000 };

test.beforeAll(async ({ browser }) => {
  both = await connectedAgencies({ hub: 20_470, department: 20_471, commune: 20_472 }, 5);
  const invitations = [both.department.invite('Thị Lan'), both.commune.invite('Thị Thu')] as const;
  await both.department.start();
  await both.commune.start();
  sender = await atTheDesk(browser, invitations[0], both.department.machineOfBefore);
  receiver = await atTheDesk(browser, invitations[1], both.commune.machineOfBefore);
});
test.afterAll(async () => {
  for (const office of offices) await office.close();
  await both.remove();
});

/** A clerk at the machine of before, which has the seal's key, joined to the agency's server. */
async function atTheDesk(browser: Browser, invitation: string, like: string): Promise<Page> {
  const office = await startOffice({
    empty: true,
    before: (folder) => {
      cpSync(like, folder, { recursive: true });
    },
  });
  offices.push(office);
  const page = await (await browser.newContext()).newPage();
  await page.goto(office.url);
  await join(page, invitation);
  return page;
}

const panel = (): Locator => sender.getByRole('region', { name: 'Gửi nhận' });

/** Opens a paper of the sender's by what it is about. */
async function openOwn(n: number): Promise<void> {
  await sender.getByRole('link', { name: /Văn bản đi/ }).click();
  await showOnly(sender, 'Tất cả');
  await sender
    .getByRole('option')
    .filter({ hasText: paperToSign(n) })
    .first()
    .click();
  await expect(sender.locator('.document-title')).toContainText(paperToSign(n));
}

/** Opens what came, once it has come. */
async function openReceived(n: number, stage = 'Chờ vào sổ'): Promise<void> {
  await receiver.getByRole('link', { name: /Văn bản đến/ }).click();
  await showOnly(receiver, stage);
  const row = receiver
    .getByRole('option')
    .filter({ hasText: paperToSign(n) })
    .first();
  await expect(row).toBeVisible(soon);
  await row.click();
  await expect(receiver.locator('.document-title')).toContainText(paperToSign(n));
}

const dialogOf = (page: Page): Locator => page.getByRole('dialog');

/** Number, seal and issue in one go; what else is to be said is said before the PIN. */
async function issue(
  n: number,
  more: (dialog: Locator) => Promise<void> = async () => undefined,
): Promise<void> {
  await openOwn(n);
  await doAct(sender, 'Cấp số, đóng dấu và phát hành');
  const dialog = dialogOf(sender);
  await expect(dialog.getByRole('checkbox', { name: commune })).toBeChecked();
  await more(dialog);
  await expect(dialog.getByRole('region', { name: 'Kiểm tra trước khi gửi' })).toContainText('Gửi được');
  await dialog.getByLabel('Mã PIN của con dấu', { exact: true }).fill(samplePin);
  await sender.keyboard.press('Control+Enter');
  await told(sender, 'Đã phát hành.');
}

test('what is issued is in the other agency’s register with nothing retyped, and its number comes back', async () => {
  const faults: string[] = [];
  await issue(1, async (dialog) => {
    await expect(dialog.getByText('Đã kết nối')).toBeVisible();
    await lookAt(sender, 'exchange-issue', faults);
  });
  await expect(panel()).toContainText(commune);
  await expect(panel()).toContainText('Đã đến', soon);
  await lookAt(sender, 'exchange-sent', faults);

  await openReceived(1);
  await expect(receiver.getByRole('textbox', { name: 'Trích yếu' })).toHaveValue(paperToSign(1));
  await expect(receiver.getByText(`Từ ${both.department.name}`)).toBeVisible();
  await lookAt(receiver, 'exchange-arrived', faults);
  await receiver.getByRole('textbox', { name: 'Trích yếu' }).focus();
  await receiver.keyboard.press('Control+Enter');
  await told(receiver, /^Số đến \d+ · |^Đã vào sổ /);
  await expect(panel()).toContainText('Đã tiếp nhận', soon);
  await expect(panel()).toContainText(/Nơi nhận đã vào sổ, số đến \d+/);
  expect(faults).toEqual([]);
});

test('a paper that is refused comes back with its reason, is put right by another, and that one is accepted', async () => {
  const faults: string[] = [];
  await issue(2);
  await openReceived(2);
  await doAct(receiver, 'Trả lại nơi gửi');
  const dialog = dialogOf(receiver);
  await dialog.getByRole('combobox', { name: 'Lý do trả lại' }).click();
  await receiver.getByRole('option', { name: 'Sai thể thức' }).click();
  await dialog.getByLabel('Nói rõ cho nơi gửi').fill('Thiếu phần nơi nhận.');
  await lookAt(receiver, 'exchange-return', faults);
  await dialog.getByLabel('Nói rõ cho nơi gửi').focus();
  await receiver.keyboard.press('Control+Enter');
  await told(receiver, 'Đã trả lại nơi gửi.');

  await expect(panel()).toContainText('Bị từ chối', soon);
  await expect(panel()).toContainText('Nơi nhận trả lại: Sai thể thức');
  await expect(panel()).toContainText('Thiếu phần nơi nhận.');
  await lookAt(sender, 'exchange-refused', faults);
  const sentBack = (): Locator =>
    sender
      .getByRole('option')
      .filter({ hasText: 'Nơi nhận trả lại' })
      .filter({ hasText: paperToSign(2) });
  await sender.getByRole('link', { name: /Việc của tôi/ }).click();
  await expect(sentBack()).toHaveCount(1);
  await lookAt(sender, 'exchange-sent-back', faults);
  await openOwn(2);
  // It may go there again; put down for later, it is taken off as long as nothing has left.
  await doAct(sender, 'Gửi thêm, gửi lại');
  await dialogOf(sender).getByRole('checkbox', { name: commune }).check();
  await expect(dialogOf(sender)).toContainText('Gửi được');
  await lookAt(sender, 'exchange-send', faults);
  await dialogOf(sender).getByRole('button', { name: 'Ghi lại, gửi sau' }).click();
  await expect(panel()).toContainText('Chuẩn bị');
  await doAct(sender, 'Bỏ nơi nhận chưa gửi');
  await dialogOf(sender).getByLabel('Lý do').fill('Gửi văn bản đính chính');
  await sender.keyboard.press('Control+Enter');
  await expect(panel()).not.toContainText('Chuẩn bị');

  await issue(3, async (open) => {
    await open.getByRole('combobox', { name: 'Quan hệ với văn bản đã phát hành' }).click();
    await sender.getByRole('option', { name: 'Đính chính văn bản cũ' }).click();
    const old = open.getByRole('textbox', { name: 'Văn bản được đính chính' });
    // By keyboard: what is checked beside it moves the list, and Enter takes the first as soon as the papers are there.
    await expect(async () => {
      await old.fill(paperToSign(2));
      await old.press('Enter');
      await expect(old).not.toHaveValue(paperToSign(2), { timeout: 1000 });
    }).toPass({ timeout: 60_000 });
    await lookAt(sender, 'exchange-correct', faults);
  });
  await expect(panel()).toContainText('Gửi để đính chính văn bản trước');
  await sender.getByRole('link', { name: /Việc của tôi/ }).click();
  await expect(sender.getByRole('listbox', { name: 'Chờ tôi' })).toBeVisible();
  await expect(sentBack()).toHaveCount(0);
  await openOwn(3);
  await openReceived(3);
  await expect(receiver.getByText(/để đính chính văn bản đã gửi trước/)).toBeVisible();
  await expect(receiver.getByText('Đính chính văn bản', { exact: true }).first()).toBeVisible();
  await lookAt(receiver, 'exchange-corrects', faults);
  await receiver.getByRole('textbox', { name: 'Trích yếu' }).focus();
  await receiver.keyboard.press('Control+Enter');
  await expect(panel()).toContainText('Đã tiếp nhận', soon);
  expect(faults).toEqual([]);
});

test('a recall is declined with a reason, asked once more, and agreed to', async () => {
  const faults: string[] = [];
  await openOwn(1);
  const askBack = async (reason: string): Promise<void> => {
    await doAct(sender, 'Thu hồi');
    await dialogOf(sender).getByLabel('Lý do').fill(reason);
  };
  await askBack('Sai số liệu ở trang 1');
  await lookAt(sender, 'exchange-recall', faults);
  await dialogOf(sender).getByLabel('Lý do').focus();
  await sender.keyboard.press('Control+Enter');
  await expect(panel()).toContainText('Đã xin thu hồi');

  await openReceived(1, 'Đang xử lý');
  await expect(receiver.getByText('Lý do: Sai số liệu ở trang 1')).toBeVisible(soon);
  await lookAt(receiver, 'exchange-recall-asked', faults);
  await doAct(receiver, 'Không đồng ý thu hồi');
  await dialogOf(receiver).getByLabel('Lời nhắn cho nơi gửi').fill('Đã giao việc cho các thôn');
  await lookAt(receiver, 'exchange-recall-decline', faults);
  await dialogOf(receiver).getByLabel('Lời nhắn cho nơi gửi').focus();
  await receiver.keyboard.press('Control+Enter');
  await told(receiver, 'Đã trả lời không đồng ý.');
  await expect(panel()).toContainText('Nơi nhận không đồng ý cho thu hồi', soon);
  await expect(panel()).toContainText('Đã giao việc cho các thôn');

  await askBack('Có văn bản mới thay thế');
  await sender.keyboard.press('Control+Enter');
  await expect(receiver.getByText('Lý do: Có văn bản mới thay thế')).toBeVisible(soon);
  await doAct(receiver, 'Đồng ý cho thu hồi');
  await confirm(receiver);
  await told(receiver, 'Đã đồng ý cho thu hồi.');
  await expect(panel()).toContainText('Nơi nhận đồng ý cho thu hồi', soon);
  await lookAt(sender, 'exchange-recalled', faults);
  expect(faults).toEqual([]);
});

test('nothing comes back for four hours: the clerk is told what to do, and the late answer still counts', async ({
  browser,
}) => {
  const faults: string[] = [];
  await both.stopHub();
  await issue(4);
  await expect(panel()).toContainText('Chờ gửi');
  // The same machine, five hours on.
  const [before] = offices;
  if (before === undefined) throw new Error('The sender has no machine');
  await endOffice(before.child);
  const later = await startOffice({
    empty: true,
    before: (folder) => {
      cpSync(before.dataDir, folder, { recursive: true });
    },
    preload: new URL('support/clock-ahead.mjs', import.meta.url).href,
    env: { ANTIN_TEST_HOURS_AHEAD: '5' },
  });
  offices.push(later);
  sender = await (await browser.newContext()).newPage();
  await sender.goto(later.url);
  await signIn(sender, 'clerk');
  await openOwn(4);
  await expect(panel()).toContainText('Đã bốn giờ chưa có hồi âm. Hãy gọi cho văn thư nơi nhận');
  await lookAt(sender, 'exchange-late', faults);

  await both.startHub();
  await openReceived(4);
  await receiver.getByRole('textbox', { name: 'Trích yếu' }).focus();
  await receiver.keyboard.press('Control+Enter');
  await expect(panel()).toContainText('Đã tiếp nhận', soon);
  await expect(panel()).not.toContainText('bốn giờ');
  expect(faults).toEqual([]);
});
