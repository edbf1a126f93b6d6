import { refuse, type Refusal } from '../kernel/public.ts';
import type { Keepers } from './authority-model.ts';

/** Why these people cannot keep the root's passphrase between them; null when they can. */
export function whyNotKeepers({ needed, names }: Keepers): Refusal | null {
  if (needed > names.length) return refuse('signing.keepers-too-few', { needed, given: names.length });
  const distinct = new Set(names.map((name) => name.normalize('NFC').toLocaleLowerCase('vi')));
  // One person with two shares would be two keepers on paper only.
  return distinct.size === names.length ? null : refuse('signing.keeper-twice');
}
