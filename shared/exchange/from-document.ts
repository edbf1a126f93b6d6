import type { AgencyDetails } from '../directory/public.ts';
import { notationOf, type Urgency } from '../documents/public.ts';
import { dayOf, refuse, type Day, type Instant, type Refusal } from '../kernel/public.ts';
import { codeOn } from './agency-code.ts';
import { typeOfKind, type Connection } from './connection.ts';
import { documentIdOf } from './document-id.ts';
import type {
  Attachment,
  Business,
  DocumentMessage,
  Party,
  Reference,
  StatusMessage,
  Staff,
} from './model.ts';
import { statuses, type StatusCode } from './statuses.ts';

type AgencyFacts = Pick<AgencyDetails, 'name' | 'superior' | 'codes' | 'contact'>;

/** What the office knows of a document it sends; nothing of it is typed again. */
export type DispatchFacts = Readonly<{
  business: Business;
  from: AgencyFacts;
  to: readonly AgencyFacts[];
  number: string;
  symbol: string;
  place: string;
  issuedOn: Day;
  kind: Readonly<{ code: string; name: string }>;
  subject: string;
  signer: Readonly<{ authority: string | null; post: string; name: string }>;
  urgency: Urgency;
  dueOn: Day | null;
  copies: number;
  pages: number;
  answers: readonly Reference[];
  /** “Nơi nhận” as the page lists it. */
  toPlaces: readonly string[];
  attachments: readonly Attachment[];
  at: Instant;
}>;

/** The message that carries a document over this connection; refused where an agency has no code to be reached by. */
export function documentMessageOf(facts: DispatchFacts, connection: Connection): DocumentMessage | Refusal {
  const from = partyOf(facts.from, facts.issuedOn, connection);
  if (from === null) return refuse('exchange.no-code', { agency: facts.from.name });
  const to: Party[] = [];
  for (const agency of facts.to) {
    const party = partyOf(agency, dayOf(facts.at), connection);
    if (party === null) return refuse('exchange.no-code', { agency: agency.name });
    to.push(party);
  }
  const type = typeOfKind(connection, facts.kind.code);
  const notation = notationOf(facts.number, facts.symbol);
  return {
    kind: 'document',
    business: facts.business,
    from,
    to,
    documentId: documentIdOf({ agency: from.code, on: facts.issuedOn, notation }),
    number: said(facts.number),
    symbol: said(facts.symbol),
    place: said(facts.place),
    issuedOn: facts.issuedOn,
    type: { code: type?.code ?? null, detail: type?.detail ?? null, name: facts.kind.name },
    subject: said(facts.subject),
    content: null,
    signer: {
      competence: facts.signer.authority,
      position: said(facts.signer.post),
      name: said(facts.signer.name),
    },
    dueOn: facts.dueOn,
    priority: connection.sentPriorities[facts.urgency],
    sphere: null,
    typist: null,
    copies: facts.copies,
    pages: facts.pages,
    direction: null,
    appendixes: [],
    answers: [...facts.answers],
    steeringType: connection.sentSteeringType,
    toPlaces: facts.toPlaces.flatMap((place) => said(place) ?? []),
    trace: [{ code: from.code, at: wholeSecond(facts.at) }],
    attachments: [...facts.attachments],
  };
}

type StatusFacts = Readonly<{
  status: StatusCode;
  from: AgencyFacts;
  about: Reference;
  staff: Staff | null;
  /** The sentence that goes with it; a refusal says why. */
  words: string;
  at: Instant;
}>;

/** The answer to a message: what became of the document, in the words of whoever did it. */
export function statusMessageOf(facts: StatusFacts, connection: Connection): StatusMessage | Refusal {
  const from = partyOf(facts.from, dayOf(facts.at), connection);
  if (from === null) return refuse('exchange.no-code', { agency: facts.from.name });
  const description = said(facts.words);
  if (description === null && statuses[facts.status].needsReason) {
    return refuse('exchange.needs-reason', { status: facts.status });
  }
  const at = wholeSecond(facts.at);
  return {
    kind: 'status',
    from,
    to: [],
    about: facts.about,
    staff: facts.staff,
    status: facts.status,
    description,
    at,
  };
}

/** How an answer names the document it is about. */
export function referenceTo(message: DocumentMessage): Reference {
  return {
    agency: message.from.code,
    notation: said(notationOf(message.number ?? '', message.symbol ?? '')),
    on: message.issuedOn,
    documentId: message.documentId,
  };
}

function partyOf(agency: AgencyFacts, day: Day, { codeForm }: Connection): Party | null {
  const code = codeOn(agency, day, codeForm);
  if (code === null) return null;
  return {
    code,
    inCharge: agency.superior,
    name: agency.name,
    address: agency.contact === null ? null : said(agency.contact),
    email: null,
    telephone: null,
    fax: null,
    website: null,
  };
}

function said(text: string): string | null {
  const trimmed = text.trim();
  return trimmed === '' ? null : trimmed;
}

/** Messages carry no fractions of a second. */
function wholeSecond(at: Instant): Instant {
  // Same digits, so still an instant.
  return `${at.slice(0, 19)}.000Z` as Instant;
}
