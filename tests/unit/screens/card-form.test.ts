import { expect, test } from 'vitest';
import { cardFrom, formOf } from '#renderer/features/administration/connections/card-form.ts';
import { usualCard } from '#shared/exchange/public.ts';

test('a card goes into its form and comes back as it was', () => {
  expect(cardFrom(formOf(usualCard)).card).toEqual(usualCard);
});

test('endings are taken as people type them, each once', () => {
  const form = { ...formOf(usualCard), formats: ' .PDF;docx,  .docx\nzip' };
  expect(cardFrom(form).card?.formats).toEqual(['pdf', 'docx', 'zip']);
});

test('a card nobody could send to is not made, and every reason is named', () => {
  const form = { kinds: [], formats: 'docx', levels: [], size: 0 };
  expect(cardFrom(form)).toEqual({ card: null, wrong: ['formats', 'levels', 'size'] });
  expect(cardFrom({ ...formOf(usualCard), formats: 'pdf, tệp' }).wrong).toEqual(['formats']);
});
