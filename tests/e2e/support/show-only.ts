import { expect, type Page } from '@playwright/test';

/** Narrows a list by one of its choices; the rows of before stand until the new ones have come, and are waited out. */
export async function showOnly(page: Page, choice: string, of = 'Trạng thái'): Promise<void> {
  const choices = page.getByRole('radiogroup', { name: of });
  const label = choices.locator('label').filter({ hasText: choice });
  await label.click();
  await expect(label.locator('xpath=preceding-sibling::input[1]')).toBeChecked();
  await expect(page.locator('.dense-list[aria-busy=true], .list-loading')).toHaveCount(0);
}
