import { randomBytes } from 'node:crypto';
import { beforeAll, describe, expect, test } from 'vitest';
import { AppError, type Instant } from '#shared/kernel/public.ts';
import { type Ask } from '#shared/node/pdf-signing/public.ts';
import { askTimestamp } from '#shared/node/pdf-signing/evidence/timestamp.ts';
import { judgeTimestamp } from '#shared/node/pdf-signing/evidence/check-timestamp.ts';
import { readTimestampReply } from '#shared/node/pdf-signing/evidence/timestamp-reply.ts';
import { writeTimestampRequest } from '#shared/node/pdf-signing/evidence/timestamp-request.ts';
import { readTimestampToken } from '#shared/node/pdf-signing/cms/read-timestamp.ts';
import { DerError, der, derSmallInteger, readDer, readTime, tag } from '#shared/node/pdf-signing/cms/der.ts';
import { signedAt, signingOffice } from '../../support/signing-office.ts';
import { timeStampers, type TimeStampers } from '../../support/pki/time-stampers.ts';
import { timestampReply, type TsaFault } from '../../support/pki/tsa.ts';

let stampers: TimeStampers;
beforeAll(() => {
  stampers = timeStampers(signingOffice().ca);
});

const stamped = [Buffer.from('một '), Buffer.from('chữ ký')];

function replyTo(
  body: Uint8Array,
  plan: Readonly<{ fault?: TsaFault | null; who?: 'onRsa' | 'onP256'; now?: Instant }> = {},
): Uint8Array {
  const { fault = null, who = 'onRsa', now = signedAt } = plan;
  return timestampReply({ stampers, signer: stampers[who], now: () => now, fault, body });
}

async function told(ask: Ask): Promise<string> {
  try {
    await askTimestamp(stamped, { url: 'http://tsa', ask, newNonce: () => randomBytes(8) }, signedAt);
  } catch (error) {
    if (error instanceof AppError) return `${error.code} ${Object.values(error.params).join()}`.trim();
    throw error;
  }
  return 'believed';
}

describe('a time-stamp asked for', () => {
  test.each(['onRsa', 'onP256'] as const)('is believed when everything in it holds (%s)', async (who) => {
    expect(await told(async ({ body }) => replyTo(body, { who }))).toBe('believed');
  });

  test.each<[TsaFault, string]>([
    ['wrong-imprint', 'timestamp-of-other-bytes'],
    ['sha1-imprint', 'timestamp-of-other-bytes'],
    ['replayed-nonce', 'timestamp-of-another-request'],
    ['no-nonce', 'timestamp-of-another-request'],
    ['swapped-certificate', 'timestamp-certificate-exchanged'],
    ['without-certificate', 'timestamp-certificate-missing'],
    ['not-bound', 'timestamp-certificate-not-bound'],
    ['wrong-signature', 'timestamp-signature-wrong'],
    ['wrong-use', 'timestamp-wrong-use'],
    ['use-not-critical', 'timestamp-wrong-use'],
    ['two-uses', 'timestamp-wrong-use'],
    ['expired', 'timestamp-certificate-out-of-time'],
    ['weak-key', 'timestamp-weak-algorithm'],
    ['sha1-digest', 'timestamp-weak-algorithm'],
    ['wrong-content-type', 'timestamp-malformed'],
    ['two-signers', 'timestamp-malformed'],
    ['no-such-moment', 'timestamp-malformed'],
    ['unknown-critical-extension', 'timestamp-malformed'],
    ['clock-ahead', 'timestamp-clock-differs'],
    ['rejection-with-token', 'timestamp-malformed'],
    ['rubbish', 'timestamp-malformed'],
  ])('is refused for what is wrong with it (%s)', async (fault, code) => {
    expect(await told(async ({ body }) => replyTo(body, { fault }))).toBe(`signing.${code}`);
  });

  test('is refused in the words of the service, on one line and without control characters', async () => {
    expect(await told(async ({ body }) => replyTo(body, { fault: 'rejection' }))).toBe(
      'signing.timestamp-refused Hết hạn mức trong ngày – timeNotAvailable',
    );
  });

  test('names the status where a service refuses without a word, and cuts what is too long', () => {
    const refused = (...parts: readonly Uint8Array[]) =>
      readTimestampReply(der(tag.sequence, der(tag.sequence, derSmallInteger(3), ...parts))).refusal;
    expect(refused()).toBe('PKIStatus 3');
    const long = der(tag.utf8, Buffer.from('ố'.repeat(5000)));
    expect(refused(der(tag.sequence, long))).toBe('ố'.repeat(200));
  });

  test('answers this request and no other: an old answer is not believed again', async () => {
    let first: Uint8Array | null = null;
    const replay: Ask = async ({ body }) => (first ??= replyTo(body));
    expect([await told(replay), await told(replay)]).toEqual([
      'believed',
      'signing.timestamp-of-another-request',
    ]);
  });

  test('leaves what goes wrong on the way to whoever asks', async () => {
    const ask: Ask = async () => {
      throw new AppError('signing.service-silent', { host: 'tsa' });
    };
    expect(await told(ask)).toBe('signing.service-silent tsa');
  });
});

describe('what a time-stamp says', () => {
  test('is its moment to the fraction, how exact it is, its policy and the number of the request', () => {
    const nonce = Buffer.from('8102030405060708', 'hex');
    const now = '2026-11-23T01:20:00.250Z' as Instant;
    const { token } = readTimestampReply(replyTo(writeTimestampRequest({ stamped, nonce }), { now }));
    const { info } = readTimestampToken(token ?? new Uint8Array());
    expect({
      ...info,
      imprint: info.imprint.length,
      nonce: Buffer.from(info.nonce ?? []).toString('hex'),
    }).toEqual({
      policy: '1.3.6.1.4.1.4146.2.3',
      hash: 'sha256',
      imprint: 32,
      genTimeMs: Date.parse(now),
      accuracyMs: 1500.1,
      nonce: '008102030405060708',
    });
  });

  test.each([
    ['20261123012000Z', 0],
    ['20261123012000.1Z', 100],
    ['20261123012000.57Z', 570],
    ['20261123012000.999999Z', 999],
  ])('has its moment read exactly (%s)', (text, ms) => {
    expect(readTime(readDer(der(tag.generalizedTime, Buffer.from(text))))).toBe(
      Date.parse('2026-11-23T01:20:00.000Z') + ms,
    );
  });

  test.each([
    '20261323012000Z',
    '20260230012000Z',
    '20261123240000Z',
    '20261123012060Z',
    '20261123012000.Z',
    '20261123012000,5Z',
    '20261123012000+0700',
    '202611230120Z',
    '00001123012000Z',
    '20261123012000.1234567890Z',
  ])('is no moment the calendar does not have or the standard does not write (%s)', (text) => {
    expect(() => readTime(readDer(der(tag.generalizedTime, Buffer.from(text))))).toThrow(DerError);
  });
});

describe('a reply somebody changed on the way', () => {
  test('is not believed in a longer way of writing the same', () => {
    const nonce = Buffer.from('0102030405060708', 'hex');
    const sound = replyTo(writeTimestampRequest({ stamped, nonce }));
    const token = tokenIn(sound) ?? sound;
    const question = { stamped, nonce, at: signedAt };
    expect(judgeTimestamp(token, question).fault).toBeNull();
    const [, long] = readDer(token).children;
    const head = readDer(token).children[0]?.whole ?? token;
    const endless = Buffer.concat([
      Uint8Array.of(0x30, 0x80),
      head,
      long?.whole ?? token,
      Uint8Array.of(0, 0),
    ]);
    expect(judgeTimestamp(endless, question).fault).toBe('timestamp-malformed');
  });
});

function tokenIn(reply: Uint8Array): Uint8Array | null {
  try {
    return readTimestampReply(reply).token;
  } catch (error) {
    if (error instanceof DerError) return null;
    throw error;
  }
}
