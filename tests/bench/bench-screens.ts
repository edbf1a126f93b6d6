import { spawn } from 'node:child_process';
import { join, resolve } from 'node:path';
import { chromium, type Page } from '@playwright/test';
import { deskFolder, listDesks, openDeskFolder } from '#electron/features/session/open-desk.ts';
import { createSample, samplePassphrase } from '#electron/features/session/sample-office.ts';
import { systemClock } from '#electron/platform/clock.ts';
import { openKeyring } from '#electron/store/keyring.ts';
import { readAll } from '#electron/store/read-state.ts';
import { personAggregate, type Role } from '#shared/directory/public.ts';
import { findChromium } from '../../cli/setup/browser.mjs';
import { buildRenderer } from '../../cli/setup/build.mjs';
import type { Figure } from './bench-office.ts';
import { fillDesk } from './large-office.ts';
import { timingOf } from './measure.ts';

const host = resolve(import.meta.dirname, '../../electron/host/browser-main.ts');
const turns = 15;
const lists = [
  ['incoming list', '/van-ban-den'],
  ['outgoing list', '/van-ban-di'],
  ['register', '/so-dang-ky'],
  ['inbox', '/viec-cua-toi'],
] as const;

/** What a person at the desk sees: the sample office with this many documents more, in a real browser. */
export async function benchScreens(
  home: string,
  documents: number,
  onProgress: (done: number) => void,
): Promise<readonly Figure[]> {
  const executablePath = findChromium();
  if (executablePath === null) throw new Error('Screens are measured in Chromium, which is not installed');
  buildRenderer(process.execPath);
  await createSample(home, systemClock);
  await fillSample(home, documents, onProgress);
  const child = spawn(process.execPath, [host, '--data', home], { stdio: ['ignore', 'pipe', 'inherit'] });
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] });
  try {
    const page = await browser.newPage({ viewport: { width: 1366, height: 768 } });
    await page.goto(await readyUrl(child.stdout));
    return [...(await benchStart(page)), ...(await benchLists(page)), ...(await benchKeys(page))];
  } finally {
    await browser.close();
    child.kill('SIGTERM');
  }
}

async function fillSample(home: string, documents: number, onProgress: (done: number) => void) {
  const desk = listDesks(home).find(({ agencyName }) => agencyName.startsWith('Sở'));
  if (desk === undefined) throw new Error('There is no sample office');
  const folder = deskFolder(home, desk.agencyId);
  const keyring = openKeyring(join(folder, 'keys.json'));
  const [holder] = keyring.people(systemClock.now());
  if (holder === undefined) throw new Error('Nobody can open the sample office');
  const dataKey = await keyring.unlock(holder.id, samplePassphrase, systemClock.now());
  const open = openDeskFolder(folder, desk.agencyId, { dataKey, clock: systemClock });
  const everybody = readAll(open.desk.db, personAggregate);
  const having = (role: Role) => {
    const person = everybody.find(({ roles }) => roles.includes(role));
    if (person === undefined) throw new Error(`The sample office has no ${role}`);
    return person.id;
  };
  const people = {
    clerk: having('clerk'),
    leader: having('leader'),
    officer: having('officer'),
    officers: everybody.flatMap(({ id, roles }) => (roles.includes('officer') ? [id] : [])),
    administrator: having('administrator'),
  };
  fillDesk({ desk: open.desk, people }, documents, onProgress);
  open.close();
}

/** From asking for the page to a form that can be typed in. */
async function benchStart(page: Page): Promise<readonly Figure[]> {
  const took: number[] = [];
  for (let turn = 0; turn < turns; turn += 1) {
    await page.reload({ waitUntil: 'commit' });
    await page.getByRole('textbox', { name: 'Họ và tên' }).waitFor();
    took.push(await page.evaluate(() => performance.now()));
  }
  await page.getByRole('textbox', { name: 'Họ và tên' }).fill('thi lan');
  await page.keyboard.press('Enter');
  await page.getByLabel('Mật khẩu', { exact: true }).fill(samplePassphrase);
  await page.keyboard.press('Enter');
  await page.locator('.dense-row').first().waitFor();
  return [{ name: 'start to interactive', timing: timingOf(took), budgetMs: 2000 }];
}

/** From the click to the frame in which the first rows are there, each list asked for anew. */
async function benchLists(page: Page): Promise<readonly Figure[]> {
  const figures: Figure[] = [];
  for (const [name, path] of lists) {
    const took: number[] = [];
    for (let turn = 0; turn < turns; turn += 1) {
      await page.locator('a[href="/danh-ba"]').click();
      await page.locator('.dense-list .dense-row').first().waitFor();
      took.push(await page.evaluate(paintedAfterClick, path));
    }
    figures.push({ name: `${name}, click to painted`, timing: timingOf(took), budgetMs: 100 });
  }
  return figures;
}

function paintedAfterClick(path: string): Promise<number> {
  return new Promise((done) => {
    const before = document.querySelector('.dense-list');
    const from = performance.now();
    document.querySelector<HTMLElement>(`a[href="${path}"]`)?.click();
    const look = () => {
      const list = document.querySelector('.dense-list');
      const isThere =
        list !== null && list !== before && list.querySelector('.dense-row:not(:has(.dense-blank))') !== null;
      // The frame after the one that laid the rows out has them on the screen.
      requestAnimationFrame(isThere ? () => done(performance.now() - from) : look);
    };
    requestAnimationFrame(look);
  });
}

/** From a key to the next frame that shows it, in the palette's search over everything. */
async function benchKeys(page: Page): Promise<readonly Figure[]> {
  await page.keyboard.press('Control+k');
  const field = page
    .getByRole('dialog')
    .getByRole('combobox')
    .or(page.getByRole('dialog').getByRole('textbox'));
  await field.first().waitFor();
  await page.evaluate(() => {
    const took: number[] = [];
    Reflect.set(globalThis, 'keysTook', took);
    addEventListener(
      'keydown',
      (event) => {
        requestAnimationFrame(() => {
          requestAnimationFrame((now) => took.push(now - event.timeStamp));
        });
      },
      true,
    );
  });
  await page.keyboard.type('ngân sách nhà nước', { delay: 120 });
  await page.waitForTimeout(300);
  const took = await page.evaluate(() => Reflect.get(globalThis, 'keysTook') as number[]);
  return [{ name: 'a key in the search over everything', timing: timingOf(took), budgetMs: 50 }];
}

async function readyUrl(output: AsyncIterable<Buffer>): Promise<string> {
  let said = '';
  for await (const chunk of output) {
    said += chunk.toString();
    const url = /^ANTIN_READY (?<url>\S+)$/mu.exec(said)?.groups?.['url'];
    if (url !== undefined) return url;
  }
  throw new Error('The office did not start');
}
