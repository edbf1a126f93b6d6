import { expect, type Page } from '@playwright/test';

/** Does an act of the bar below a document, or of its menu where it does not fit; the bar is drawn anew with every change. */
export async function doAct(page: Page, name: string | RegExp): Promise<void> {
  const bar = page.locator('.action-bar');
  const button = bar.getByRole('button', { name }).last();
  const more = bar.getByRole('button', { name: 'Việc khác' });
  const item = page.getByRole('menuitem', { name });
  const dialogs = page.getByRole('dialog').filter({ visible: true });
  // What an earlier act opened is no sign that this one was done.
  await expect(dialogs).toHaveCount(0);
  await expect(async () => {
    // A press that came through after its time was up has opened what it opens.
    if ((await dialogs.count()) > 0) return;
    if (await button.isVisible()) return button.click({ timeout: 10_000 });
    if (!(await item.isVisible())) await more.click({ timeout: 5000 });
    return item.click({ timeout: 5000 });
  }).toPass({ timeout: 120_000 });
}

/** Sends the dialog that an act has opened, once it is there and can be sent. */
export async function confirm(page: Page): Promise<void> {
  const dialog = page.getByRole('dialog').filter({ visible: true });
  await expect(dialog).toBeVisible();
  await expect(dialog.locator('button[type=submit]:is([disabled], [data-loading])')).toHaveCount(0);
  await page.keyboard.press('Control+Enter');
}
