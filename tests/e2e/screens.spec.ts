import { readFileSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, test, type Page } from '@playwright/test';
import { lookAt, measureAt } from './support/looking.ts';
import { signIn, type people } from './support/people.ts';
import { startOffice, type Office } from './support/start-office.ts';

type Screen = Readonly<{ name: string; path: string; who: keyof typeof people }>;

const renderer = resolve(import.meta.dirname, '../../renderer');

const usual = { width: 1366, height: 768 };
/** The smallest office screen is looked at throughout; these are the other ways it is seen. */
const sizes = [
  { name: 'large', width: 1920, height: 1080 },
  // What is left of 1366×768 when the browser shows everything at one and a half size.
  { name: 'enlarged', width: 911, height: 512 },
] as const;

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
    // Rooms that only a meeting which is held leads to: meeting-session.spec.ts looks at them.
    if (source.includes('wholeWindow: true')) return [];
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
  if (roles === "['archivist']") return 'archivist';
  return roles === "'everyone'" || roles.includes("'leader'") ? 'leader' : 'clerk';
}

// One after another they would hold up the whole run.
test.describe.configure({ mode: 'parallel' });

// The address of an office lets one browser in, once.
let office: Office;
test.beforeEach(async () => {
  office = await startOffice();
});
test.afterEach(async () => {
  await office.close();
});

test('the door, and a page deep inside that loads anew with everything it asks for', async ({ page }) => {
  const faults = faultsOf(page);
  await page.goto(office.url);
  await expect(page.getByRole('heading', { name: 'Đăng nhập' })).toBeVisible();
  await lookAt(page, 'sign-in', faults);
  await signIn(page, 'leader');
  await page.goto(new URL('/danh-ba/01939d2a-0000-7000-8000-000000000001', page.url()).href);
  await expect(page.locator('[aria-current=page]').first()).toBeVisible();
  expect(faults).toEqual([]);
});

for (const [who, theirs] of Map.groupBy(screens(), (screen) => screen.who)) {
  test(`every screen a ${who} has, and what opens from it, is fit to be seen, read aloud and worked by keyboard`, async ({
    page,
  }) => {
    const faults = faultsOf(page);
    await page.goto(office.url);
    await signIn(page, who);
    for (const screen of theirs) {
      await visit(page, screen);
      await lookAt(page, screen.name, faults);
      if (!(await openFirstRow(page))) continue;
      await lookAt(page, `${screen.name}-opened`, faults);
    }
    expect(faults).toEqual([]);
  });

  test(`nothing a ${who} has is cut off on a large screen, at one and a half size, or in English`, async ({
    page,
  }) => {
    const faults = faultsOf(page);
    await page.goto(office.url);
    await signIn(page, who);
    const places: (readonly [name: string, href: string])[] = [];
    for (const screen of theirs) {
      await visit(page, screen);
      await openFirstRow(page);
      places.push([screen.name, page.url()]);
      for (const size of sizes) await measureAt(page, `${screen.name}-${size.name}`, { size, faults });
    }
    await speakEnglish(page);
    for (const [name, href] of places) {
      await page.goto(href);
      await expect(page.locator('h1, h2').first()).toBeVisible();
      await measureAt(page, `${name}-english`, { size: usual, faults });
    }
    expect(faults).toEqual([]);
  });
}

/** Everything a page complains of, from now on. */
function faultsOf(page: Page): string[] {
  const faults: string[] = [];
  page.on('pageerror', (error) => faults.push(`${page.url()}: ${error.message}`));
  page.on('console', (message) => {
    if (message.type() === 'error') faults.push(`${page.url()}: ${message.text()}`);
  });
  return faults;
}

/** Goes to a screen: the rail knows it, so it is there and this person may open it. */
async function visit(page: Page, { path }: Screen): Promise<void> {
  await page.goto(new URL(path, page.url()).href);
  await expect(page.locator('h1, h2').first()).toBeVisible();
  await expect(page.locator('[aria-current=page]').first()).toBeVisible();
}

/** The language is remembered on the machine; the page says it when it loads anew. */
async function speakEnglish(page: Page): Promise<void> {
  await page.evaluate(() => {
    localStorage.setItem('antin.language', JSON.stringify('en'));
  });
  await page.reload();
  await expect(page.locator('html')).toHaveAttribute('lang', 'en');
}

/** Opens the first line of the page's list, if it has one, with the keyboard. */
async function openFirstRow(page: Page): Promise<boolean> {
  const list = page.locator('.dense-list').first();
  await expect(page.locator('.list-loading')).toHaveCount(0);
  if (!(await list.isVisible()) || (await list.locator('.dense-row').count()) === 0) return false;
  const before = page.url();
  await list.focus();
  await page.keyboard.press('Home');
  await page.keyboard.press('Enter');
  // Not every list leads to an address of its own.
  await page.waitForURL((url) => url.href !== before, { timeout: 1500 }).catch(() => undefined);
  return page.url() !== before;
}
