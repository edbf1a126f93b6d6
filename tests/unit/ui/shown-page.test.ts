import { describe, expect, test } from 'vitest';
import {
  wasTold,
  wroteDown,
  type Shown,
  type ShownPage,
} from '#renderer/features/meetings/session/shown-page.ts';
import { isThinLine } from '#renderer/features/meetings/session/thin-line.ts';
import { AgendaItemIdSchema } from '#shared/kernel/public.ts';

const item = AgendaItemIdSchema.parse('01970000-0000-7000-8000-000000000001');
const page = (n: number): Shown => ({ item, paper: null, page: n });
const start: ShownPage = { shown: page(1), told: [] };

describe('the page a chair shows', () => {
  test('what is told is there at once, and its echo from the log moves nobody back', () => {
    const turned = wasTold(wasTold(start, page(2), 0), page(3), 800);
    expect(wroteDown(turned, page(2), 1000).shown).toEqual(page(3));
    expect(wroteDown(turned, page(3), 1700).shown).toEqual(page(3));
  });

  test('what the log says and nobody told counts', () => {
    const turned = wasTold(start, page(2), 0);
    expect(wroteDown(turned, page(7), 500).shown).toEqual(page(7));
    expect(wroteDown(turned, null, 500).shown).toBeNull();
  });

  test('what was told long ago is no echo: the chair went back there', () => {
    const turned = wasTold(wasTold(start, page(2), 0), page(3), 5000);
    expect(wroteDown(turned, page(2), 9000).shown).toEqual(page(2));
  });
});

describe('a thin line', () => {
  const before = { packets: 1000, lost: 5, bitsPerSecond: null };

  test('loses more than a tenth, or has no room for a picture', () => {
    expect(isThinLine(before, { packets: 1080, lost: 25, bitsPerSecond: null })).toBe(true);
    expect(isThinLine(before, { packets: 1080, lost: 6, bitsPerSecond: 90_000 })).toBe(true);
  });

  test('is none where a few packets are lost, or too few passed to tell', () => {
    expect(isThinLine(before, { packets: 1095, lost: 10, bitsPerSecond: 900_000 })).toBe(false);
    expect(isThinLine(before, { packets: 1003, lost: 9, bitsPerSecond: null })).toBe(false);
  });
});
