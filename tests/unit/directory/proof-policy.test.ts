import { describe, expect, test } from 'vitest';
import { agencyAggregate, defaultProofPolicy, ProofPolicySchema } from '#shared/directory/public.ts';
import { isRefusal } from '#shared/kernel/public.ts';
import { after, ask, codeOf } from '../../support/ask.ts';
import { aPerson, anAgency } from '../../support/builders.ts';

const administrator = aPerson({ roles: ['administrator'] });
const own = anAgency();
const proof = { service: 'http://ca.gov.vn/tsa', ...defaultProofPolicy };

describe('how signatures are proven', () => {
  test('is arranged by an administrator, who is answerable for what is done by itself, and taken back', () => {
    const arrange = (wanted: typeof proof | null, agency = own) =>
      ask('directory.arrangeProof', { by: administrator, body: { proof: wanted }, known: { agency } });
    const arranged = after(agencyAggregate.kind, own, arrange(proof));
    expect(arranged.proof).toEqual({
      ...proof,
      level: 'B-LTA',
      marginDays: 90,
      arrangedBy: administrator.id,
    });
    expect(after(agencyAggregate.kind, arranged, arrange(null, arranged)).proof).toBeNull();
  });

  test('waits until there is an agency', () => {
    const decision = ask('directory.arrangeProof', {
      by: administrator,
      body: { proof },
      known: { agency: null },
    });
    expect([isRefusal(decision), codeOf(decision)]).toEqual([true, 'directory.unknown-agency']);
  });

  test.each([
    ['http://ca.gov.vn/tsa', true],
    ['https://tsa.example.vn:8443/tsp?policy=1', true],
    ['http://127.0.0.1:8080', true],
    ['ca.gov.vn/tsa', false],
    ['ftp://ca.gov.vn/tsa', false],
    ['http://user:matkhau@ca.gov.vn/tsa', false],
    ['http://ca.gov.vn/tsa đây', false],
    ['http://', false],
  ])('takes only an address that can be asked (%s)', (service, expected) => {
    expect(ProofPolicySchema.safeParse({ ...proof, service }).success).toBe(expected);
  });

  test('keeps a margin in which an archive can be gone through', () => {
    const withMargin = (marginDays: number) => ProofPolicySchema.safeParse({ ...proof, marginDays }).success;
    expect([29, 30, 730, 731].map(withMargin)).toEqual([false, true, true, false]);
  });
});
