import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  differencesBetween,
  doesAgree,
  gapsIn,
  isPairCode,
  merkleRoot,
  pairCode,
  peerAggregate,
  usualCard,
} from '#shared/exchange/public.ts';
import { ref } from '#shared/kernel/public.ts';
import { after, ask, codeOf } from '../../support/ask.ts';
import { aPerson, anAgency, hashOf } from '../../support/builders.ts';
import { aPeer } from '../../support/exchange.ts';

const listed = fc.uniqueArray(fc.record({ id: fc.uuid(), digest: fc.nat(1_000_000).map(hashOf) }), {
  selector: ({ id }) => id,
  maxLength: 40,
});

describe('two sides of a channel', () => {
  test('agree exactly when they hold the same, in whatever order it came', () => {
    fc.assert(
      fc.property(listed, fc.nat(), (list, turn) => {
        const other = [...list.slice(turn % (list.length + 1)), ...list.slice(0, turn % (list.length + 1))];
        expect(merkleRoot(other)).toBe(merkleRoot(list));
        expect(doesAgree({ count: list.length, root: merkleRoot(list) }, other)).toBe(true);
        expect(differencesBetween(list, other)).toEqual([]);
      }),
    );
  });

  test('find every envelope that one of them lacks or holds with other bytes', () => {
    fc.assert(
      fc.property(listed, fc.nat(), fc.constantFrom('lost', 'altered', 'invented'), (list, at, fault) => {
        fc.pre(list.length > 0);
        const place = at % list.length;
        const one = list[place];
        if (one === undefined) return;
        const received =
          fault === 'altered'
            ? list.with(place, { ...one, digest: hashOf(9_999_999) })
            : list.filter((_none, here) => here !== place);
        const [sent, there] = fault === 'invented' ? [received, list] : [list, received];
        expect(doesAgree({ count: sent.length, root: merkleRoot(sent) }, there)).toBe(false);
        const how = { lost: 'not-received', altered: 'other-bytes', invented: 'not-sent' }[fault];
        expect(differencesBetween(sent, there)).toEqual([{ id: one.id, how }]);
      }),
    );
  });

  test('see which places of a series are missing', () => {
    expect(gapsIn([1, 2, 5, 3])).toEqual([4]);
    expect(gapsIn([])).toEqual([]);
  });
});

describe('comparing the code', () => {
  const administrator = aPerson({ roles: ['administrator'] });
  const agency = anAgency();
  const own = aPeer({ id: agency.id, own: true, fingerprint: hashOf(1) });
  const other = aPeer({ state: 'met', fingerprint: hashOf(2) });
  const confirm = (code: string) =>
    ask('exchange.confirmPeer', {
      by: administrator,
      body: { peerId: other.id, code },
      known: { agency, peers: [own, other] },
    });

  test('both sides compute the same digits, and a stranger between them others', () => {
    expect(pairCode(hashOf(1), hashOf(2))).toBe(pairCode(hashOf(2), hashOf(1)));
    expect(pairCode(hashOf(1), hashOf(2))).toMatch(/^(?:\d{4} ){5}\d{4}$/u);
    expect(pairCode(hashOf(1), hashOf(3))).not.toBe(pairCode(hashOf(1), hashOf(2)));
  });

  test('the other agency is believed once the digits it read out are typed', () => {
    const code = pairCode(own.fingerprint, other.fingerprint);
    expect(after('peer', other, confirm(code.replaceAll(' ', '-'))).state).toBe('confirmed');
    expect(codeOf(confirm('1234 5678'))).toBe('exchange.other-code');
    expect(isPairCode('', code)).toBe(false);
  });

  test('an agency that comes under other keys is a stranger again', () => {
    const { id, ...details } = { ...aPeer(), card: usualCard };
    const standsUnder = (fingerprint: string) =>
      peerAggregate.evolve(
        { ...aPeer(), id },
        {
          type: 'peerDescribed',
          on: ref('peer', id),
          body: { ...details, own: false, fingerprint: hashOf(Number(fingerprint)) },
        },
      ).state;
    expect([standsUnder('700'), standsUnder('701')]).toEqual(['confirmed', 'met']);
  });
});
