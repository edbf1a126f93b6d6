import { randomBytes } from 'node:crypto';
import { beforeAll, describe, expect, test } from 'vitest';
import { InstantSchema } from '#shared/kernel/public.ts';
import { type Revocation, issueAgencyCa, issueCrl } from '#shared/node/pdf-signing/public.ts';
import { checkCrl } from '#shared/node/pdf-signing/evidence/check-crl.ts';
import { readCrl, spanOfCrl, statusInCrl } from '#shared/node/pdf-signing/evidence/crl.ts';
import { DerError, der, derNull, derOid, readDer, tag } from '#shared/node/pdf-signing/cms/der.ts';
import { algorithmOf, signDer } from '#shared/node/pdf-signing/pki/sign-der.ts';
import { extension } from '#shared/node/pdf-signing/pki/write-certificate.ts';
import {
  certificateOf,
  officePki,
  revokedAt,
  today,
  tomorrow,
  validFrom,
  type OfficePki,
} from '../../support/pki/office-pki.ts';

let pki: OfficePki;
let list: Uint8Array;
beforeAll(() => {
  pki = officePki('http://127.0.0.1:1');
  list = crl(pki.revocations);
});

function crl(revoked: readonly Revocation[], ca = pki.issuing): Uint8Array {
  return issueCrl({ ca, revoked, number: 200, at: today, nextUpdate: tomorrow });
}

/** The list with its signed part changed and signed again by the same authority. */
function signedAgain(change: (parts: Uint8Array[]) => void): Uint8Array {
  const parts = readDer(list).children[0]?.children.map(({ whole }) => whole) ?? [];
  change(parts);
  const tbs = der(tag.sequence, ...parts);
  const key = pki.issuing.privateKey;
  return der(tag.sequence, tbs, algorithmOf(key), signDer(tbs, key));
}

function withExtension(id: string, critical: boolean, value: Uint8Array): Uint8Array {
  return signedAgain((parts) => {
    parts.splice(-1, 1, der(0xa0, der(tag.sequence, extension(id, critical, value))));
  });
}

const later = (text: string) => InstantSchema.parse(text);
const issuer = () => certificateOf(pki.issuing);

describe("an authority's revocation list", () => {
  test('names who was revoked, when and why, and clears the others', () => {
    const read = readCrl(list);
    expect(checkCrl(read, { issuer: issuer(), at: today })).toBeNull();
    expect(statusInCrl(read, certificateOf(pki.revoked))).toEqual({
      status: 'revoked',
      at: revokedAt,
      reason: 'key-compromise',
    });
    expect(statusInCrl(read, certificateOf(pki.leader))).toEqual({ status: 'good' });
    expect(spanOfCrl(read)).toEqual({ from: today, until: tomorrow });
  });

  test.each(['rsa-4096', 'p-256', 'p-384'] as const)(
    'is signed with whatever key the authority has (%s)',
    (keyType) => {
      const ca = issueAgencyCa({ agencyName: 'Sở Nội vụ', validFrom, years: 10, keyType });
      const read = readCrl(crl([], ca));
      expect(checkCrl(read, { issuer: certificateOf(ca), at: today })).toBeNull();
      expect(read.entryCount).toBe(0);
    },
  );

  test('is believed only from the issuer itself, in its time, unchanged', () => {
    const read = readCrl(list);
    const parameters = readDer(der(tag.sequence, der(0xa0, derNull)));
    const nonsense = { algorithm: '1.2.840.113549.1.1.10', parameters };
    const stale = later('2026-11-24T01:26:00.000Z');
    const early = later('2026-11-23T01:14:00.000Z');
    const posing = { ...certificateOf(pki.stranger), subjectName: issuer().subjectName };
    expect([
      checkCrl(read, { issuer: certificateOf(pki.root), at: today }),
      checkCrl(read, { issuer: posing, at: today }),
      checkCrl(read, { issuer: issuer(), at: stale }),
      checkCrl(read, { issuer: issuer(), at: early }),
      checkCrl(read, { issuer: { ...issuer(), keyUses: ['keyCertSign'] }, at: today }),
      checkCrl({ ...read, nextUpdateMs: null }, { issuer: issuer(), at: today }),
      checkCrl(
        { ...read, algorithm: { algorithm: '1.2.840.113549.1.1.5', parameters: null } },
        { issuer: issuer(), at: today },
      ),
      checkCrl({ ...read, algorithm: nonsense }, { issuer: issuer(), at: today }),
    ]).toEqual([
      'crl-of-another-issuer',
      'crl-signature-wrong',
      'crl-stale',
      'crl-from-the-future',
      'crl-issuer-may-not-sign',
      'crl-stale',
      'crl-weak-algorithm',
      'crl-weak-algorithm',
    ]);
  });

  test('that speaks of authorities or users only says nothing of the others', () => {
    const only = (kind: number) =>
      readCrl(withExtension('2.5.29.28', true, der(tag.sequence, Uint8Array.of(kind, 1, 0xff))));
    const [users, authorities] = [only(0x81), only(0x82)];
    expect([
      statusInCrl(users, certificateOf(pki.leader)).status,
      statusInCrl(users, issuer()).status,
      statusInCrl(authorities, certificateOf(pki.leader)).status,
      statusInCrl(authorities, issuer()).status,
    ]).toEqual(['good', 'unknown', 'unknown', 'good']);
  });

  test('that is bound to one place counts only for certificates that name the place', () => {
    const bound = (url: string) =>
      readCrl(
        withExtension(
          '2.5.29.28',
          true,
          der(tag.sequence, der(0xa0, der(0xa0, der(0x86, Buffer.from(url))))),
        ),
      );
    const [own = ''] = certificateOf(pki.leader).crlUrls;
    expect(own).toBe('http://127.0.0.1:1/issuing/list.crl');
    expect(statusInCrl(bound(own), certificateOf(pki.leader)).status).toBe('good');
    expect(statusInCrl(bound('http://other/'), certificateOf(pki.leader)).status).toBe('unknown');
  });

  test('is refused when it is a delta, indirect, partial, or has a condition nobody knows', () => {
    const yes = Uint8Array.of(1, 1, 0xff);
    const indirect = Uint8Array.from([0x84, ...yes.subarray(1)]);
    const someReasons = Uint8Array.of(0x83, 2, 7, 0x80);
    const entryOfAnotherIssuer = signedAgain((parts) => {
      const time = parts[3] ?? new Uint8Array();
      const entry = der(
        tag.sequence,
        der(tag.integer, Uint8Array.of(5)),
        time,
        der(tag.sequence, extension('2.5.29.29', true, der(tag.sequence))),
      );
      parts[5] = der(tag.sequence, entry);
    });
    for (const bad of [
      withExtension('2.5.29.27', true, der(tag.integer, Uint8Array.of(1))),
      withExtension('2.5.29.28', true, der(tag.sequence, indirect)),
      withExtension('2.5.29.28', true, der(tag.sequence, someReasons)),
      withExtension('1.2.3.4', true, derNull),
      entryOfAnotherIssuer,
      signedAgain((parts) => parts.splice(0, 1)),
      signedAgain((parts) => parts.splice(0, 1, der(tag.integer, Uint8Array.of(2)))),
      signedAgain((parts) => parts.splice(1, 1, der(tag.sequence, derOid('1.2.840.113549.1.1.13'), derNull))),
      Buffer.concat([list, Uint8Array.of(0)]),
      list.subarray(0, -1),
    ]) {
      expect(() => readCrl(bad)).toThrow(DerError);
    }
  });

  test('of the first version, without extensions, is read', () => {
    const first = signedAgain((parts) => {
      parts.splice(0, 1);
      parts.splice(-1, 1);
      const entry = readDer(parts.at(-1) ?? new Uint8Array()).children[0];
      const [serial, time] = entry?.children ?? [];
      const plain = der(tag.sequence, serial?.whole ?? list, time?.whole ?? list);
      parts.splice(-1, 1, der(tag.sequence, plain));
    });
    const read = readCrl(first);
    expect(checkCrl(read, { issuer: issuer(), at: today })).toBeNull();
    expect(statusInCrl(read, certificateOf(pki.revoked))).toMatchObject({ reason: 'unspecified' });
  });

  test('of a million entries is read and searched in a moment', () => {
    const many = 1_000_000;
    const bytes = signedAgain((parts) => {
      const [entry] = readDer(parts[5] ?? list).children;
      const rows = Buffer.alloc(many * (entry?.whole.length ?? 0), entry?.whole ?? list);
      const step = rows.length / many;
      // The last four bytes of the serial number, behind the headers of the entry and of the number.
      for (let i = 0; i < many; i++) rows.writeUInt32BE(i, i * step + 4 + 13);
      parts[5] = der(tag.sequence, rows);
    });
    const serial = Buffer.from(certificateOf(pki.revoked).serial);
    serial.writeUInt32BE(many - 1, 13);
    const begin = performance.now();
    const read = readCrl(bytes);
    const status = statusInCrl(read, { ...certificateOf(pki.leader), serial });
    const tookMs = performance.now() - begin;
    expect(read.entryCount).toBe(many);
    expect(status).toMatchObject({ status: 'revoked', reason: 'key-compromise' });
    expect(tookMs).toBeLessThan(5000);
  });

  test('never clears anybody once a byte of it was changed', () => {
    let refused = 0;
    for (let i = 0; i < 3000; i++) {
      const changed = Buffer.from(list);
      const [at = 0, low = 0, bits = 0] = randomBytes(3);
      const place = ((at << 8) | low) % changed.length;
      changed[place] = (changed[place] ?? 0) ^ (bits === 0 ? 1 : bits);
      try {
        const fault = checkCrl(readCrl(changed), { issuer: issuer(), at: today });
        expect(fault).not.toBeNull();
      } catch (error) {
        expect(error).toBeInstanceOf(DerError);
      }
      refused++;
    }
    expect(refused).toBe(3000);
  });
});
