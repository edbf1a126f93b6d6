import type { Instant } from '#shared/kernel/public.ts';
import type { SampleLetter } from './offices.ts';

export async function letterPdf(_letter: SampleLetter, _at: Instant): Promise<Uint8Array> {
  throw new Error('later');
}
