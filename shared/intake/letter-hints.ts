import { dayOf, type Instant } from '../kernel/public.ts';
import type { Suggestion } from '../documents/public.ts';

/**
 * What a letter says of a paper that came with it: whoever writes a letter can write anything into it. A message between
 * agencies (QCVN 102:2016) has fields of its own for the register.
 */
export type LetterHints = Readonly<{
  sender: string;
  subject: string;
  sentAt: Instant | null;
  register?: Suggestion['fields'];
}>;

/** As little as is suggested at all, so that the form asks the clerk to look. */
const unsure = 0.3;
/** What somebody at the sender typed into a field that is named so. */
const stated = 0.9;

/**
 * Fills what could not be read from the paper itself with what its letter says; what was read stays. What a message says
 * for the register comes before what was read off the page, and after what the file says of itself.
 */
export function withLetterHints(read: Suggestion, letter: LetterHints): Suggestion {
  const suggestion = letter.register === undefined ? read : withRegister(read, letter.register);
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

function withRegister(read: Suggestion, register: Suggestion['fields']): Suggestion {
  const taken = Object.entries(register).filter(
    ([field]) => read.method !== 'embedded' || !Object.hasOwn(read.fields, field),
  );
  return {
    ...read,
    fields: { ...read.fields, ...Object.fromEntries(taken) },
    confidence: { ...read.confidence, ...Object.fromEntries(taken.map(([field]) => [field, stated])) },
  };
}
