import { utf8ToBytes } from '@noble/hashes/utils.js';
import { hashBytes, type Hash } from '../kernel/public.ts';

const groups = 6;

/**
 * What two agencies read to each other, over a line that is not the network: both compute it from both fingerprints,
 * so a hub that showed either of them somebody else's certificate makes them read different digits. 24 digits, 80 bits.
 */
export function pairCode(one: Hash, other: Hash): string {
  const [first, second] = one < other ? [one, other] : [other, one];
  const digest = hashBytes(utf8ToBytes(`antin pair 1\n${first}\n${second}\n`));
  const digits = (BigInt(`0x${digest}`) % 10n ** BigInt(groups * 4)).toString().padStart(groups * 4, '0');
  return (digits.match(/\d{4}/gu) ?? []).join(' ');
}

/** As it is read out or typed: spaces and dashes do not matter. */
export function isPairCode(typed: string, expected: string): boolean {
  return typed.replaceAll(/\D/gu, '') === expected.replaceAll(' ', '');
}
