import type { Instant } from '#shared/kernel/public.ts';
import { typesetText } from '#shared/node/typesetting/public.ts';
import type { SampleLetter } from './offices.ts';

export async function letterPdf(letter: SampleLetter, _at: Instant): Promise<Uint8Array> {
  return typesetText(letter.subject, [letter.agency, ...letter.text]);
}
