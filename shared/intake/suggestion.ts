import { IncomingFieldsSchema, type Suggestion } from '../documents/public.ts';
import { DaySchema } from '../kernel/public.ts';
import { withLetterHints, type LetterHints } from './letter-hints.ts';
import type { Extracted } from './model.ts';
/** What was read, as far as it can stand in the register's fields; the rest is left for the clerk. */
export function suggestionFrom(read: Extracted, letter: LetterHints | null): Suggestion {
  const issuedOn = DaySchema.safeParse(read.issuedOn);
  const candidate = {
    number: read.number ?? undefined,
    symbol: read.symbol ?? undefined,
    issuedOn: issuedOn.success ? issuedOn.data : undefined,
    issuer: read.issuer ?? undefined,
    kind: read.kind ?? undefined,
    subject: read.subject?.slice(0, 500),
    signer: read.signer?.name ?? undefined,
    signerPost: read.signer?.post?.slice(0, 100),
    urgency: read.urgency ?? undefined,
  };
  const kept = Object.entries(candidate).filter(([field, value]) => {
    const schema = IncomingFieldsSchema.shape[field as keyof typeof IncomingFieldsSchema.shape];
    return value !== undefined && value !== '' && schema.safeParse(value).success;
  });
  const suggestion: Suggestion = {
    fields: IncomingFieldsSchema.partial().parse(Object.fromEntries(kept)),
    confidence: Object.fromEntries(
      Object.entries(read.confidence).filter(([, sure]) => sure >= 0 && sure <= 1),
    ),
    method: kept.length === 0 ? 'none' : read.method,
  };
  return letter === null ? suggestion : withLetterHints(suggestion, letter);
}
