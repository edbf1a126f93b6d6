import { createHash } from 'node:crypto';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { canonicalJson, chainHash, genesisHash, type ChainedEntry } from '#shared/kernel/public.ts';
import { walkChain } from '#shared/node/sequencer/public.ts';
import { memoryEngine, openSmallAgency } from '../../support/small-agency.ts';

const entries = openSmallAgency(memoryEngine).engine.log.entriesAfter(0, 1000);
const head = entries.at(-1)?.hash;
const anyPlace = fc.integer({ min: 0, max: entries.length - 1 });

describe('the chain of a log', () => {
  test('is SHA-256 of the hash before and the RFC 8785 bytes of the entry, from 32 zero bytes on', () => {
    let previous = Buffer.alloc(32);
    for (const { entry, hash } of entries) {
      const next = createHash('sha256').update(previous).update(canonicalJson(entry), 'utf8').digest();
      expect(hash).toBe(next.toString('hex'));
      previous = next;
    }
    expect(genesisHash).toBe('0'.repeat(64));
  });

  test('walks to its head', () => {
    expect(walkChain(entries)).toEqual({ ok: true, entries: entries.length, head });
    expect(walkChain([])).toEqual({ ok: true, entries: 0, head: genesisHash });
  });

  test('shows any one changed letter of any entry, at its place', () => {
    fc.assert(
      fc.property(anyPlace, fc.nat(), fc.string({ minLength: 1, maxLength: 1 }), (place, at, letter) => {
        const text = JSON.stringify(entries[place]?.entry);
        const where = at % text.length;
        const changed = text.slice(0, where) + letter + text.slice(where + 1);
        const entry = parsed(changed);
        // What no longer is JSON shows itself; what says the same is no change.
        if (entry === null || canonicalJson(entry) === canonicalJson(entries[place]?.entry)) return;
        const forged = replaced(place, (kept) => ({ ...kept, entry }));
        expect(walkChain(forged)).toEqual({ ok: false, entries: place, brokenAt: place + 1 });
      }),
      { numRuns: 1000 },
    );
  });

  test('shows any one changed digit of any hash', () => {
    fc.assert(
      fc.property(
        anyPlace,
        fc.integer({ min: 0, max: 63 }),
        fc.integer({ min: 1, max: 15 }),
        (place, at, by) => {
          const hash = entries[place]?.hash ?? '';
          const digit = ((Number.parseInt(hash[at] ?? '', 16) + by) % 16).toString(16);
          const forged = replaced(place, (kept) => ({
            ...kept,
            hash: (hash.slice(0, at) + digit + hash.slice(at + 1)) as ChainedEntry['hash'],
          }));
          expect(walkChain(forged).ok).toBe(false);
        },
      ),
    );
  });

  test('shows an entry taken out, put in twice, or moved', () => {
    fc.assert(
      fc.property(anyPlace, anyPlace, (a, b) => {
        const without = entries.filter((_, place) => place !== a);
        const verdict = walkChain(without);
        // A log cut short is whole in itself: it is told by its head, which others keep too.
        if (a === entries.length - 1) expect(verdict).not.toMatchObject({ head });
        else expect(verdict).toEqual({ ok: false, entries: a, brokenAt: a + 1 });
        const twice = entries.flatMap((entry, place) => (place === a ? [entry, entry] : [entry]));
        expect(walkChain(twice).ok).toBe(false);
        const moved = entries.map((entry, place) =>
          place === a ? entries[b] : place === b ? entries[a] : entry,
        );
        if (a !== b) expect(walkChain(moved.filter((entry) => entry !== undefined)).ok).toBe(false);
      }),
    );
  });

  test('shows an entry forged with its own hash, at the one after it', () => {
    const place = 2;
    const before = entries[place - 1]?.hash ?? genesisHash;
    const forged = replaced(place, ({ entry }) => {
      const other = { ...entry, recordedAt: '2020-01-01T00:00:00.000Z' as typeof entry.recordedAt };
      return { entry: other, hash: chainHash(before, other) };
    });
    expect(walkChain(forged)).toEqual({ ok: false, entries: place + 1, brokenAt: place + 2 });
  });
});

function replaced(place: number, change: (kept: ChainedEntry) => ChainedEntry): ChainedEntry[] {
  return entries.map((entry, index) => (index === place ? change(entry) : entry));
}

function parsed(text: string): ChainedEntry['entry'] | null {
  try {
    return JSON.parse(text) as ChainedEntry['entry'];
  } catch {
    return null;
  }
}
