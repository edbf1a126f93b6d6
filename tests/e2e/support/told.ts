import { expect, type Locator, type Page } from '@playwright/test';

let taken = 0;

/**
 * Waits for a notice with these words that no test has taken yet, and takes it: the same words of an earlier act, which
 * may still be there, do not pass for it. To be called right after the act, since a notice goes by itself.
 */
export async function told(page: Page, words: string | RegExp): Promise<Locator> {
  const fresh = page
    .locator('.toasts')
    .locator('[role=status], [role=alert]')
    .and(page.locator(':not([data-taken])'))
    .filter({ hasText: words })
    .first();
  await expect(fresh).toBeVisible();
  taken += 1;
  const mark = String(taken);
  await fresh.evaluate((notice: HTMLElement, number) => {
    notice.dataset['taken'] = number;
  }, mark);
  return page.locator(`[data-taken="${mark}"]`);
}
