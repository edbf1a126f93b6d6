import { utf8ToBytes } from '@noble/hashes/utils.js';
import { hashBytes, type Hash } from '../kernel/public.ts';

/** What is kept of a code: read without regard to spaces, dashes and case. */
export function codeHashOf(code: string): Hash {
  return hashBytes(utf8ToBytes(code.replace(/[\s-]/gu, '').toUpperCase()));
}
