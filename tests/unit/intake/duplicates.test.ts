import { describe, expect, it } from 'vitest';
import { isSamePaper } from '#shared/intake/public.ts';

const paper = { fileHash: 'a', number: '05', symbol: 'QĐ-UBND', issuer: 'UBND tỉnh Hậu Giang' };

describe('one paper received twice', () => {
  it('is known by its bytes', () => {
    expect(isSamePaper(paper, { fileHash: 'a', number: null, symbol: null, issuer: null })).toBe(true);
  });

  it('is known by number, symbol and agency, however they were typed', () => {
    const again = {
      fileHash: 'b',
      number: '5',
      symbol: 'qđ - ubnd',
      issuer: 'ỦY BAN NHÂN DÂN TỈNH HẬU GIANG',
    };
    expect(isSamePaper(paper, again)).toBe(true);
  });

  it.each([
    ['another number', { number: '50' }],
    ['another symbol', { symbol: 'QyĐ-UBND' }],
    ['another agency', { issuer: 'UBND tỉnh An Giang' }],
    ['no number', { number: null }],
  ])('is another one with %s', (_what, change) => {
    expect(isSamePaper(paper, { ...paper, fileHash: 'b', ...change })).toBe(false);
  });

  it('is not known by two missing hashes', () => {
    const unread = { fileHash: null, number: null, symbol: null, issuer: null };
    expect(isSamePaper(unread, unread)).toBe(false);
  });
});
