import { expect, type Page } from '@playwright/test';

/** Goes to a place by its letters; they are pressed at once, since of a slow pair the second would be an act of its own. */
export async function go(page: Page, letters: string, title: string): Promise<void> {
  await Promise.all(Array.from(letters, (letter) => page.keyboard.press(letter)));
  await expect(page.getByRole('heading', { level: 1, name: title })).toBeVisible();
}
