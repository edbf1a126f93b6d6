import { expect, test } from 'vitest';
import { conferenceAddress } from '#shared/meetings/public.ts';

test.each([
  ['Phòng họp số 2', null],
  ['Phòng 2; https://hop.tinh.gov.vn/j/123?pwd=a.', 'https://hop.tinh.gov.vn/j/123?pwd=a'],
  ['(https://hop.tinh.gov.vn)', 'https://hop.tinh.gov.vn'],
  ['http://hop.tinh.gov.vn/123', null],
  ['https://ai:mat-khau@hop.tinh.gov.vn/', null],
  ['https://', null],
  ['javascript:alert(1)//https://', null],
])('the conference in "%s"', (place, address) => {
  expect(conferenceAddress(place)).toBe(address);
});
