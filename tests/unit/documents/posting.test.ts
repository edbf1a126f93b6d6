import { expect, test } from 'vitest';
import { postedTo, type Suggestion } from '#shared/documents/public.ts';
import { consignmentStates, isByNetwork } from '#shared/exchange/public.ts';
import { withLetterHints } from '#shared/intake/public.ts';
import { mondayMorning } from '../../support/builders.ts';

test('whom the network reaches, and one’s own units, get no envelope', () => {
  const recipients = [
    { name: 'Ủy ban nhân dân xã An Phú', kind: 'agency' as const },
    { name: 'ỦY BAN  NHÂN DÂN XÃ TÂN AN', kind: 'agency' as const },
    { name: 'Phòng Kế hoạch', kind: 'unit' as const },
    { name: 'Bà Trần Thị Bình', kind: 'person' as const },
  ];
  expect(postedTo({ recipients }, ['Ủy ban nhân dân xã Tân An']).map(({ name }) => name)).toEqual([
    'Ủy ban nhân dân xã An Phú',
    'Bà Trần Thị Bình',
  ]);
});

test('what expired or never left goes by post; what was refused, recalled or is under way does not', () => {
  const onPaper = (queuedAt: typeof mondayMorning | null) =>
    consignmentStates.filter((state) => !isByNetwork({ state, queuedAt }));
  expect([onPaper(mondayMorning), onPaper(null)]).toEqual([['expired'], ['withdrawn', 'expired']]);
});

test('a letter fills what the paper does not say, never surely, and nothing else', () => {
  const read: Suggestion = { fields: { subject: 'Trích yếu' }, confidence: { subject: 0.9 }, method: 'text' };
  const letter = { sender: 'Sở Y tế', subject: 'RE: Fwd: Chủ đề', sentAt: mondayMorning };
  expect(withLetterHints(read, letter)).toMatchObject({
    fields: { subject: 'Trích yếu', issuer: 'Sở Y tế' },
    confidence: { subject: 0.9, issuer: 0.3, issuedOn: 0.3 },
  });
  const nothing: Suggestion = { fields: {}, confidence: {}, method: 'none' };
  expect(withLetterHints(nothing, letter).fields.subject).toBe('Chủ đề');
  expect(withLetterHints(nothing, { sender: '', subject: '', sentAt: null })).toEqual(nothing);
});
