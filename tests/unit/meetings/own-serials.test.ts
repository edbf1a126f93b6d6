import { afterEach, expect, test } from 'vitest';
import { ownSerials, serialsOf } from '#renderer/features/meetings/session/own-serials.ts';
import { PersonIdSchema } from '#shared/kernel/public.ts';

const anna = PersonIdSchema.parse('01970000-0000-7000-8000-000000000001');
const binh = PersonIdSchema.parse('01970000-0000-7000-8000-000000000002');
const ballot = { by: anna, voter: anna, question: 'Bầu tổ trưởng' };

afterEach(() => {
  for (const { serial } of ownSerials.list()) ownSerials.noted(serial);
});

test('a number stays, also when its dialog was closed, until its voter says it is noted', () => {
  ownSerials.add({ ...ballot, serial: 'so-mot' });
  ownSerials.add({ ...ballot, serial: 'so-hai', question: 'Bầu thư ký' });
  ownSerials.told('so-mot');
  expect(ownSerials.list().map(({ serial, isTold }) => [serial, isTold])).toEqual([
    ['so-mot', true],
    ['so-hai', false],
  ]);
  ownSerials.noted('so-mot');
  expect(ownSerials.list().map(({ serial }) => serial)).toEqual(['so-hai']);
});

test('a ballot given again after a fall has one number, told anew', () => {
  ownSerials.add({ ...ballot, serial: 'so-mot' });
  ownSerials.told('so-mot');
  ownSerials.add({ ...ballot, serial: 'so-mot' });
  expect(ownSerials.list()).toEqual([{ ...ballot, serial: 'so-mot', isTold: false }]);
});

test('whoever comes to the same window next sees nothing of the one before, who finds it again', () => {
  ownSerials.add({ ...ballot, serial: 'so-mot' });
  ownSerials.add({ ...ballot, serial: 'so-hai', by: binh });
  expect(serialsOf(ownSerials.list(), binh).map(({ serial }) => serial)).toEqual(['so-hai']);
  expect(serialsOf(ownSerials.list(), anna).map(({ serial }) => serial)).toEqual(['so-mot']);
});

test('a page that looks on hears of every change, and of none when it is left', () => {
  const heard: number[] = [];
  const leave = ownSerials.subscribe(() => heard.push(ownSerials.list().length));
  ownSerials.add({ ...ballot, serial: 'so-mot' });
  ownSerials.noted('so-mot');
  leave();
  ownSerials.add({ ...ballot, serial: 'so-hai' });
  expect(heard).toEqual([1, 0]);
});
