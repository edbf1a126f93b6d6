import { expect, type Page } from '@playwright/test';

/** Does an act of the bar below a document, or of its menu where it does not fit; the bar is drawn anew with every change. */
export async function doAct(page: Page, name: string | RegExp): Promise<void> {
  const bar = page.locator('.action-bar');
  const button = bar.getByRole('button', { name }).last();
  const more = bar.getByRole('button', { name: 'Việc khác' });
  const item = page.getByRole('menuitem', { name });
  const dialog = page.getByRole('dialog');
  await expect(async () => {
    // A press that came through after its time was up has opened what it opens.
    if (await dialog.isVisible()) return;
    if (await button.isVisible()) return button.click({ timeout: 2000 });
    if (!(await item.isVisible())) await more.click({ timeout: 2000 });
    return item.click({ timeout: 2000 });
  }).toPass({ timeout: 60_000 });
}
