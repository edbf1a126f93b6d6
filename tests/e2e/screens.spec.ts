import { readFileSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import { expect, test, type Page } from '@playwright/test';
import { signIn, type people } from './support/people.ts';
import { startOffice, type Office } from './support/start-office.ts';

type Screen = Readonly<{ name: string; path: string; who: keyof typeof people }>;

const renderer = resolve(import.meta.dirname, '../../renderer');
const standards = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
const tabs = 25;

/** Every screen that a registered page names. Whatever here cannot be read as one page with screens of its own fails. */
function screens(): Screen[] {
  const list = /readonly Feature\[\] = \[(?<entries>[^\]]*)\]/u.exec(
    readFileSync(join(renderer, 'app/features.tsx'), 'utf8'),
  );
  const entries = (list?.groups?.['entries'] ?? '').split(',').map((entry) => entry.trim());
  const registered = entries.filter((entry) => entry !== '');
  expect(registered.filter((entry) => !/^\w+Feature$/u.test(entry))).toEqual([]);
  const pages = readdirSync(join(renderer, 'features'))
    .flatMap((room) => sourceOf(join(renderer, 'features', room, 'feature.ts')))
    .flatMap((source) => source.split(/(?=export const \w+Feature\b)/u).slice(1));
  const names = pages.map(
    (source) => /^export const (?<name>\w+Feature)/u.exec(source)?.groups?.['name'] ?? '',
  );
  expect(new Set(names)).toEqual(new Set(registered));
  return pages.flatMap((source) => {
    const [, who = ''] = /roles: (?<roles>'everyone'|\[[^\]]*\])/u.exec(source) ?? [];
    const found = [...source.matchAll(/\{\s*name: '(?<name>[\w-]+)',\s*path: '(?<path>[^']+)',?\s*\}/gu)];
    expect(found.length, source.slice(0, 60)).toBeGreaterThan(0);
    return found.map((match): Screen => {
      return { name: match.groups?.['name'] ?? '', path: match.groups?.['path'] ?? '', who: whoMayOpen(who) };
    });
  });
}

function sourceOf(path: string): string[] {
  try {
    return [readFileSync(path, 'utf8')];
  } catch {
    return [];
  }
}

function whoMayOpen(roles: string): keyof typeof people {
  if (roles === "['administrator']") return 'administrator';
  return roles === "'everyone'" || roles.includes("'leader'") ? 'leader' : 'clerk';
}

let office: Office | null = null;
test.beforeAll(async () => {
  test.setTimeout(120_000);
  office = await startOffice();
});
test.afterAll(async () => {
  await office?.close();
});

test('every screen is fit to be seen, read aloud and worked by keyboard', async ({ page }) => {
  test.setTimeout(300_000);
  const faults: string[] = [];
  page.on('pageerror', (error) => faults.push(`${page.url()}: ${error.message}`));
  page.on('console', (message) => {
    if (message.type() === 'error') faults.push(`${page.url()}: ${message.text()}`);
  });
  await page.goto(office?.url ?? '');
  await expect(page.getByRole('heading', { name: 'Đăng nhập' })).toBeVisible();
  await look(page, 'sign-in', faults);
  let who: Screen['who'] | null = null;
  for (const screen of screens().toSorted((a, b) => a.who.localeCompare(b.who))) {
    if (who !== screen.who) {
      if (who !== null) await page.getByRole('button', { name: /đổi mật khẩu, đăng xuất/ }).click();
      if (who !== null) await page.getByRole('menuitem', { name: 'Đăng xuất' }).click();
      await signIn(page, screen.who);
      who = screen.who;
    }
    await page.goto(new URL(screen.path, page.url()).href);
    await expect(page.locator('h1, h2').first()).toBeVisible();
    // The rail knows the page: it is there, and this person may open it.
    await expect(page.locator('[aria-current=page]').first()).toBeVisible();
    await look(page, screen.name, faults);
  }
  // A page deep inside loads anew as well, with everything it asks for.
  await page.goto(new URL('/danh-ba/01939d2a-0000-7000-8000-000000000001', page.url()).href);
  await expect(page.locator('[aria-current=page]').first()).toBeVisible();
  expect(faults).toEqual([]);
});

async function look(page: Page, name: string, faults: string[]): Promise<void> {
  await page.waitForTimeout(500);
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await page.screenshot({ path: `test-results/screens/${name}-${colorScheme}.png` });
    const { violations } = await new AxeBuilder({ page }).withTags(standards).analyze();
    for (const { id, nodes } of violations) {
      faults.push(
        `${name} (${colorScheme}): ${id}: ${nodes.map((node) => node.html.slice(0, 160)).join(' | ')}`,
      );
    }
  }
  await page.emulateMedia({ colorScheme: 'light' });
  faults.push(...(await focusFaults(page, name)));
}

/** Tab goes somewhere at every step, and where it goes can be seen. */
async function focusFaults(page: Page, name: string): Promise<string[]> {
  const faults: string[] = [];
  const reached = new Set<string>();
  let lost = 0;
  for (let step = 0; step < tabs; step += 1) {
    await page.keyboard.press('Tab');
    const focus = await page.evaluate(() => {
      const element = document.activeElement;
      if (element === null || element === document.body) return null;
      // A list keeps the focus itself and marks the row it stands on.
      const row = document.getElementById(element.getAttribute('aria-activedescendant') ?? '');
      const shown = [element, row, ...document.querySelectorAll(':focus-within')].some((holder) => {
        if (holder === null) return false;
        const { outlineStyle, boxShadow, borderColor } = getComputedStyle(holder);
        return outlineStyle !== 'none' || boxShadow !== 'none' || borderColor.includes('rgb(21, 75, 153)');
      });
      return { html: element.outerHTML.slice(0, 160), shown };
    });
    // Past its last control the browser's own frame has the focus for one step.
    lost = focus === null ? lost + 1 : 0;
    if (lost > 1) faults.push(`${name}: focus was lost after ${reached.size} controls`);
    if (focus === null) continue;
    reached.add(focus.html);
    if (!focus.shown) faults.push(`${name}: focus cannot be seen on ${focus.html}`);
  }
  if (reached.size < 3) faults.push(`${name}: Tab reaches only ${reached.size} controls`);
  return faults;
}
