import { dayOf, type Instant } from '../kernel/public.ts';
import type { Suggestion } from '../documents/public.ts';

/** What a letter says of a paper that came with it: whoever writes a letter can write anything into it. */
export type LetterHints = Readonly<{ sender: string; subject: string; sentAt: Instant | null }>;

/** As little as is suggested at all, so that the form asks the clerk to look. */
const unsure = 0.3;

/** Fills what could not be read from the paper itself with what its letter says; what was read stays. */
export function withLetterHints(suggestion: Suggestion, letter: LetterHints): Suggestion {
  const issuer = letter.sender.trim().slice(0, 200);
  const subject = letter.subject.replace(/^(?:\s*(?:re|fwd?|tr|chuyển tiếp|trả lời)\s*:)+/iu, '').trim();
  const hints: Suggestion['fields'] = {
    ...(issuer === '' ? {} : { issuer }),
    ...(subject === '' ? {} : { subject: subject.slice(0, 500) }),
    ...(letter.sentAt === null ? {} : { issuedOn: dayOf(letter.sentAt) }),
  };
  const fields = { ...hints, ...suggestion.fields };
  const added = Object.keys(hints).filter((field) => !Object.hasOwn(suggestion.fields, field));
  const confidence = {
    ...suggestion.confidence,
    ...Object.fromEntries(added.map((field) => [field, unsure])),
  };
  return { ...suggestion, fields, confidence };
}
