import {
  IncomingFieldsSchema,
  numberText,
  signersOf,
  type Outgoing,
  type Suggestion,
} from '../documents/public.ts';
import type { Agency, Person } from '../directory/public.ts';
import { exchangeVersion, type Letter } from './envelope.ts';

/** What the register of the sender says of a document, so that nobody types it again. */
export function letterOf(
  document: Outgoing,
  told: Readonly<{ agency: Agency; kindName: string; person: (id: Person['id']) => Person | null }>,
): Letter {
  const { number, summary, circuit } = document;
  if (number === null) throw new Error('Guarded before');
  const signers = signersOf(circuit).map(({ person, authority, elsewhere }) => {
    const own = elsewhere === undefined ? told.person(person) : null;
    return { name: elsewhere?.name ?? own?.name ?? '', post: own?.post ?? '', authority };
  });
  return {
    version: exchangeVersion,
    number: numberText(number.number),
    symbol: summary.symbol,
    notation: number.notation,
    issuedOn: number.issuedOn,
    issuer: told.agency.name,
    issuerCodes: told.agency.codes.filter(({ validTo }) => validTo === null).map(({ code }) => code),
    kind: summary.kind,
    kindName: told.kindName,
    subject: summary.subject,
    signers,
    urgency: summary.urgency,
    dueOn: summary.dueOn,
    pages: document.file?.pages ?? 0,
    copies: document.copies,
    recipients: document.recipients.map(({ name }) => name),
    reason: null,
  };
}

/** The registration as the sender's own register fills it in; the clerk looks it over and takes it. */
export function suggestionOf(letter: Letter): Suggestion {
  const [signer] = letter.signers;
  const fields = {
    number: letter.number,
    symbol: letter.symbol,
    issuedOn: letter.issuedOn,
    issuer: letter.issuer,
    kind: letter.kindName,
    subject: letter.subject,
    signer: signer?.name ?? '',
    signerPost: signer?.post ?? '',
    urgency: letter.urgency,
    dueOn: letter.dueOn,
  };
  const told = Object.entries(fields).filter(([, value]) => value !== '' && value !== null);
  return {
    fields: IncomingFieldsSchema.partial().parse(Object.fromEntries(told)),
    confidence: Object.fromEntries(told.map(([name]) => [name, 1])),
    method: 'embedded',
  };
}
