import { createPrivateKey, createPublicKey, randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { PersonIdSchema, VoteIdSchema } from '#shared/kernel/public.ts';
import type { Choice } from '#shared/meetings/public.ts';
import { isBallotOf, makeVoteKey, secretVoter, signToken } from '#shared/node/secret-votes/public.ts';
import { blind, blindSign, finalize, isSigned, readBlindKey } from '#shared/node/secret-votes/blind-rsa.ts';
import { ids } from '../../support/builders.ts';

const vector = z
  .object({
    n: z.string(),
    d: z.string(),
    p: z.string(),
    q: z.string(),
    inv: z.string(),
    prefix: z.string(),
    msg: z.string(),
    salt: z.string(),
    blinded: z.string(),
    blindSignature: z.string(),
    signature: z.string(),
  })
  .parse(JSON.parse(readFileSync(join(import.meta.dirname, '../../fixtures/rfc9474.json'), 'utf8')));

const hex = (text: string) => Buffer.from(text, 'hex');
const number = (text: string) => BigInt(`0x${text}`);
const url = (value: bigint) => {
  const text = value.toString(16);
  return hex(text.length % 2 === 0 ? text : `0${text}`).toString('base64url');
};

function inverse(value: bigint, modulus: bigint): bigint {
  let [a, b, x, y] = [value % modulus, modulus, 1n, 0n];
  while (b !== 0n) {
    const quotient = a / b;
    [a, b, x, y] = [b, a - quotient * b, y, x - quotient * y];
  }
  return ((x % modulus) + modulus) % modulus;
}

describe('RFC 9474 A.1', () => {
  const [p, q, d] = [number(vector.p), number(vector.q), number(vector.d)];
  const privateKey = createPrivateKey({
    key: {
      kty: 'RSA',
      n: url(number(vector.n)),
      e: 'AQAB',
      d: url(d),
      p: url(p),
      q: url(q),
      dp: url(d % (p - 1n)),
      dq: url(d % (q - 1n)),
      qi: url(inverse(q, p)),
    },
    format: 'jwk',
  });
  const key = readBlindKey(createPublicKey(privateKey).export({ format: 'der', type: 'spki' }));
  const prepared = Buffer.concat([hex(vector.prefix), hex(vector.msg)]);

  test('blinds, signs and unblinds to the very bytes of the RFC', () => {
    const r = inverse(number(vector.inv), key.n);
    const made = blind(key, prepared, { salt: hex(vector.salt), r });
    expect(Buffer.from(made.blinded).toString('hex')).toBe(vector.blinded);
    expect(made.inverse).toBe(number(vector.inv));
    const signed = blindSign(privateKey, made.blinded);
    expect(Buffer.from(signed ?? []).toString('hex')).toBe(vector.blindSignature);
    const signature = finalize(key, prepared, signed ?? new Uint8Array(), made.inverse);
    expect(Buffer.from(signature ?? []).toString('hex')).toBe(vector.signature);
  });

  test('a signature over anything else, or by nobody, is none', () => {
    const signature = hex(vector.signature);
    expect(isSigned(key.key, prepared, signature)).toBe(true);
    expect(isSigned(key.key, prepared.subarray(1), signature)).toBe(false);
    expect(finalize(key, prepared, hex(vector.blinded), number(vector.inv))).toBeNull();
    expect(finalize(key, prepared, signature.subarray(1), 1n)).toBeNull();
    expect(blindSign(privateKey, hex('ff'.repeat(512)))).toBeNull();
    expect(blindSign(privateKey, hex('01'))).toBeNull();
  });
});

const vote = VoteIdSchema.parse(ids.document());
const other = VoteIdSchema.parse(ids.document());
const yes: Choice = { is: 'motion', side: 'yes' };
const key = await makeVoteKey();
const otherKey = await makeVoteKey();

function aVoter(over: Partial<Parameters<typeof secretVoter>[0]> = {}) {
  const voter = PersonIdSchema.parse(ids.person());
  return secretVoter({ vote, voter, publicKey: key.publicKey, secret: randomBytes(64), ...over });
}

function ballotOf(voter: ReturnType<typeof aVoter>, choice: Choice = yes) {
  const ballot = voter.ballot(signToken(key.privateKey, voter.blinded) ?? '', choice);
  if (ballot === null) throw new Error('No ballot came out');
  return ballot;
}

describe('a secret ballot', () => {
  test('comes out the same after a fall, from nothing but the voter, their secret and the vote', () => {
    const own = { voter: PersonIdSchema.parse(ids.person()), secret: randomBytes(64) };
    const [before, again] = [aVoter(own), aVoter(own)];
    expect(again.blinded).toBe(before.blinded);
    expect(ballotOf(again)).toEqual(ballotOf(before));
    expect(aVoter({ ...own, vote: other }).serial).not.toBe(before.serial);
    expect(aVoter({ ...own, voter: PersonIdSchema.parse(ids.person()) }).serial).not.toBe(before.serial);
  });

  test('counts in its own vote as its voter made it, and in no other way', () => {
    const ballot = ballotOf(aVoter());
    expect(isBallotOf(vote, key.publicKey, ballot)).toBe(true);
    const changed = { ...ballot, choice: { is: 'motion', side: 'no' } as const };
    expect(isBallotOf(vote, key.publicKey, changed)).toBe(false);
    expect(isBallotOf(other, key.publicKey, ballot)).toBe(false);
    expect(isBallotOf(vote, otherKey.publicKey, ballot)).toBe(false);
    const { serial, signature } = ballotOf(aVoter());
    expect(isBallotOf(vote, key.publicKey, { ...ballot, serial })).toBe(false);
    expect(isBallotOf(vote, key.publicKey, { ...ballot, signature })).toBe(false);
    expect(aVoter().ballot(signToken(otherKey.privateKey, aVoter().blinded) ?? '', yes)).toBeNull();
  });
});
