import { AxeBuilder } from '@axe-core/playwright';
import type { Locator, Page } from '@playwright/test';

const standards = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
const mostControls = 150;

type Size = Readonly<{ width: number; height: number }>;

/** A picture and an axe pass in both lights, and the whole page by Tab; what is wrong is added to `faults`. */
export async function lookAt(page: Page, name: string, faults: string[]): Promise<void> {
  await lookInBothLights(page, name, faults);
  faults.push(...(await keyboardFaults(page, name)));
}

const usual = { width: 1366, height: 768 };

/** An axe pass over one notice in both lights; it stays while the pointer is on it. */
export async function lookAtNotice(page: Page, notice: Locator, faults: string[]): Promise<void> {
  await notice.hover();
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    const { violations } = await axeOn(page).include('.toasts').withTags(standards).analyze();
    faults.push(...violations.map(({ id }) => `notice (${colorScheme}): ${id}`));
  }
  await page.emulateMedia({ colorScheme: 'light' });
}

/** In the page itself: without frames of other origins, of which there are none, no second page is needed to sum up. */
function axeOn(page: Page): AxeBuilder {
  return new AxeBuilder({ page }).setLegacyMode();
}

/** The same at the smallest office screen and at a large one, with nothing cut off; also what has no controls, as a wall. */
export async function lookAtSizes(page: Page, name: string, faults: string[]): Promise<void> {
  for (const size of [{ width: 1920, height: 1080 }, usual]) {
    const sized = `${name}-${size.width}`;
    await measureAt(page, sized, { size, faults });
    await lookInBothLights(page, sized, faults);
  }
}

async function lookInBothLights(page: Page, name: string, faults: string[]): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await settle(page);
    await page.screenshot({ path: `test-results/screens/${name}-${colorScheme}.png` });
    // The other light changes colours and nothing else that axe looks at.
    const axe = axeOn(page);
    const { violations } = await (
      colorScheme === 'light' ? axe.withTags(standards) : axe.withRules(['color-contrast'])
    ).analyze();
    for (const { id, nodes } of violations) {
      const where = nodes.map((node) => node.html.slice(0, 160)).join(' | ');
      faults.push(`${name} (${colorScheme}): ${id}: ${where}`);
    }
  }
  await page.emulateMedia({ colorScheme: 'light' });
}

/** A picture at another size or in another language; the page must not need to be pushed sideways, nor cut its words. */
export async function measureAt(
  page: Page,
  name: string,
  { size, faults }: Readonly<{ size: Size; faults: string[] }>,
): Promise<void> {
  await page.setViewportSize(size);
  await settle(page);
  await page.screenshot({ path: `test-results/screens/${name}.png` });
  const cut = await page.evaluate(() => {
    const sideways =
      document.documentElement.scrollWidth > innerWidth ? ['the page is wider than the window'] : [];
    // A button, a tab or a heading whose own words do not fit; lists shorten their lines on purpose.
    const controls = [...document.querySelectorAll('button, [role=tab], label, h1, h2, h3')];
    const cutWords = controls.flatMap((control) => {
      const parts = [control, ...control.querySelectorAll('*')];
      const short = parts.find(
        (part) =>
          part instanceof HTMLElement &&
          part.offsetWidth > 1 &&
          getComputedStyle(part).overflowX !== 'visible' &&
          part.scrollWidth > part.clientWidth + 1 &&
          part.title === '' &&
          !part.classList.contains('one-line'),
      );
      return short === undefined ? [] : [`cut: ${control.textContent.slice(0, 60)}`];
    });
    // What is visible but lies outside the window cannot be reached by anyone.
    const outside = controls
      .filter((control) => control.closest('.dense-list, .pdf-pages, [data-scrolls]') === null)
      .filter((control) => {
        const { left, right, width } = control.getBoundingClientRect();
        return width > 1 && (left < -1 || right > innerWidth + 1);
      })
      .map((control) => `outside the window: ${control.textContent.slice(0, 60)}`);
    return [...sideways, ...cutWords, ...outside];
  });
  faults.push(...cut.map((fault) => `${name}: ${fault}`));
}

/** Tab comes to every control there is, one after another, and where it is can be seen. */
async function keyboardFaults(page: Page, name: string): Promise<string[]> {
  const faults: string[] = [];
  const wanted = await page.evaluate(markControls);
  const reached = new Set<string>();
  let lost = 0;
  for (let step = 0; step < mostControls && reached.size < wanted.length; step += 1) {
    await page.keyboard.press('Tab');
    const focus = await page.evaluate(readFocus);
    // Past its last control the browser's own frame has the focus for one step.
    lost = focus === null ? lost + 1 : 0;
    if (lost > 1) {
      faults.push(`${name}: focus was lost after ${reached.size} controls`);
      break;
    }
    if (focus === null) continue;
    if (focus.mark !== null) reached.add(focus.mark);
    if (!focus.shown) faults.push(`${name}: focus cannot be seen on ${focus.html}`);
  }
  // A notice that went by itself meanwhile is nothing to come to.
  const left = new Set(await page.evaluate(marksLeft));
  const missed = wanted.filter(({ mark }) => !reached.has(mark) && left.has(mark));
  faults.push(...missed.map(({ html }) => `${name}: Tab never comes to ${html}`));
  if (wanted.length < 3) faults.push(`${name}: there are only ${wanted.length} controls`);
  return [...new Set(faults)];
}

/** Numbers every control that can be seen and used; of what the arrow keys walk through, one is enough. */
function markControls(): { mark: string; html: string }[] {
  const inOneStop =
    '[role=tablist], [role=radiogroup], [role=toolbar], [role=menu], [role=listbox], [role=grid]';
  // Behind an open dialog nothing is to be reached.
  const within = document.querySelector('[role=dialog][aria-modal=true]') ?? document;
  const controls = [
    ...within.querySelectorAll<HTMLElement>(
      'a[href], button, input, select, textarea, [tabindex], [contenteditable=true]',
    ),
  ].filter(
    (control) =>
      control.checkVisibility({ visibilityProperty: true, opacityProperty: true }) &&
      !control.matches(':disabled, [type=hidden], [aria-hidden=true], [aria-hidden=true] *, [inert] *') &&
      (control.tabIndex >= 0 ||
        (control.matches('button, a, input') && control.closest(inOneStop) === null)) &&
      !(control.matches('[type=radio]:not(:checked)') && control.closest('[role=radiogroup]') !== null),
  );
  return controls.map((control, place) => {
    control.dataset['tabMark'] = String(place);
    return { mark: String(place), html: control.outerHTML.slice(0, 160) };
  });
}

/** The marks of the controls that are still there. */
function marksLeft(): string[] {
  return [...document.querySelectorAll<HTMLElement>('[data-tab-mark]')].flatMap(
    ({ dataset }) => dataset['tabMark'] ?? [],
  );
}

function readFocus(): { mark: string | null; html: string; shown: boolean } | null {
  const element = document.activeElement;
  if (!(element instanceof HTMLElement) || element === document.body) return null;
  // A list keeps the focus itself and marks the row it stands on.
  const row = document.getElementById(element.getAttribute('aria-activedescendant') ?? '');
  const shown = [element, row, ...document.querySelectorAll(':focus-within')].some((holder) => {
    if (holder === null) return false;
    const { outlineStyle, boxShadow, borderColor } = getComputedStyle(holder);
    return outlineStyle !== 'none' || boxShadow !== 'none' || borderColor.includes('rgb(21, 75, 153)');
  });
  return { mark: element.dataset['tabMark'] ?? null, html: element.outerHTML.slice(0, 160), shown };
}

/** Nothing is on its way any more: what was asked for is there, every page in sight is drawn, and nothing moves. */
async function settle(page: Page): Promise<void> {
  // A notice goes by itself, and would be seen fading: `lookAtNotice` looks at one.
  await page.evaluate(() => {
    for (const close of document.querySelectorAll<HTMLElement>(
      '.toasts [role=status] .mantine-Notification-closeButton',
    )) {
      close.click();
    }
  });
  // A new size or light is answered in the next frames, by drawing anew.
  await page.waitForTimeout(250);
  await page.evaluate(
    () =>
      new Promise((drawn) => {
        requestAnimationFrame(() => requestAnimationFrame(drawn));
      }),
  );
  await page.waitForFunction(() => {
    const seen = (element: Element) => {
      const { top, bottom } = element.getBoundingClientRect();
      return bottom > 0 && top < innerHeight;
    };
    const undrawn = [...document.querySelectorAll('.pdf-page canvas:not([data-drawn])')].filter(seen);
    const waited = '.dense-blank, .list-loading, .dense-list[aria-busy=true], .toasts [role=status]';
    return undrawn.length === 0 && document.querySelector(waited) === null;
  });
  await page.evaluate(async () => {
    await document.fonts.ready;
    await Promise.all(document.getAnimations().map((animation) => animation.finished.catch(() => null)));
  });
}
