import { z } from 'zod';
import {
  AgencyIdSchema,
  DaySchema,
  HashSchema,
  RefusalSchema,
  VerdictSchema,
  refuse,
  type Refusal,
} from '../kernel/public.ts';
import { attachmentsToSend, isSealedApart, type Outgoing, type StoredFile } from '../documents/public.ts';
import type { AccessLevel, Peer } from './ledger.ts';

/** What only the bytes can tell, as whoever holds them found it; `file` says of which bytes it is true. */
export const PageFactsSchema = z.object({
  file: HashSchema,
  verdict: VerdictSchema,
  hasLeader: z.boolean(),
  hasSeal: z.boolean(),
  /** Number and symbol, and the day, as the page shows them; null where they cannot be read. */
  notation: z.string().max(80).nullable(),
  issuedOn: DaySchema.nullable(),
  /** A secrecy mark on the page or on an attachment. */
  secrecyMark: z.string().max(60).nullable(),
  /** The attachments that lie here whole. */
  attachments: z.array(HashSchema).max(500),
});
export type PageFacts = z.infer<typeof PageFactsSchema>;

const menders = [
  'sign-again',
  'seal',
  'number',
  'describe',
  'attach',
  'check-again',
  'send-on-paper',
  'confirm-peer',
  'remove-recipient',
] as const;
export type Mender = (typeof menders)[number];

/** One thing that stands against sending, what it says, and what mends it; one that does not stop is to be read. */
export const FindingSchema = z.object({
  refusal: RefusalSchema,
  stops: z.boolean(),
  mend: z.enum(menders),
  /** The recipient it is about; null where it is about the paper itself. */
  peer: AgencyIdSchema.nullable(),
});
export type Finding = Readonly<z.infer<typeof FindingSchema>>;

export type Preflight = Readonly<{
  document: Outgoing;
  facts: PageFacts;
  access: AccessLevel;
  /** The recipients, null where the directory does not know one. */
  peers: readonly (Peer | null)[];
}>;

/** Every check before a document leaves, each recipient with its own (`peers.md` O4): nothing is learnt from a refusal. */
export function preflight({ document, facts, access, peers }: Preflight): readonly Finding[] {
  return [
    ...ofPage(document, facts),
    ...ofRegister(document, facts),
    ...ofAttachments(document, facts),
    ...peers.flatMap((peer) => ofRecipient(document, peer, access)),
  ];
}

function ofPage({ file }: Outgoing, facts: PageFacts): readonly Finding[] {
  if (facts.file !== file?.hash) return [stop(refuse('exchange.other-page-checked'), 'check-again')];
  const found: Finding[] = [];
  // Luật BVBMNN 2018 Đ5: no secret paper leaves over this network, whatever its register says.
  if (facts.secrecyMark !== null) {
    found.push(stop(refuse('exchange.secret-mark', { mark: facts.secrecyMark }), 'send-on-paper'));
  }
  // NĐ 30 Đ5: an electronic document has the signature of the competent person and that of the agency.
  if (!facts.hasLeader) found.push(stop(refuse('exchange.leader-signature-missing'), 'sign-again'));
  if (!facts.hasSeal) found.push(stop(refuse('exchange.seal-missing'), 'seal'));
  if (facts.verdict === 'invalid') found.push(stop(refuse('exchange.signature-wrong'), 'sign-again'));
  if (facts.verdict === 'indeterminate') found.push(warn(refuse('exchange.signature-unsure'), 'check-again'));
  return found;
}

function ofRegister({ number, summary }: Outgoing, facts: PageFacts): readonly Finding[] {
  const found: Finding[] = [];
  if (summary.subject === '') found.push(stop(refuse('exchange.subject-missing'), 'describe'));
  if (summary.symbol === '') found.push(stop(refuse('exchange.symbol-missing'), 'describe'));
  if (number === null) return [...found, stop(refuse('exchange.number-missing'), 'number')];
  if (facts.notation === null || facts.issuedOn === null) {
    return [...found, warn(refuse('exchange.page-unread'), 'check-again')];
  }
  if (plain(facts.notation) !== plain(number.notation)) {
    const told = { page: facts.notation, register: number.notation };
    found.push(stop(refuse('exchange.number-differs', told), 'sign-again'));
  }
  if (facts.issuedOn !== number.issuedOn) {
    const told = { page: facts.issuedOn, register: number.issuedOn };
    found.push(stop(refuse('exchange.date-differs', told), 'sign-again'));
  }
  return found;
}

function ofAttachments(document: Outgoing, facts: PageFacts): readonly Finding[] {
  const sealed = new Set(document.sealedAttachments.map(({ of }) => of));
  const unsealed = document.attachments.filter((file) => isSealedApart(file) && !sealed.has(file.hash));
  const absent = attachmentsToSend(document).filter(({ hash }) => !facts.attachments.includes(hash));
  return [
    ...unsealed.map(({ name }) => stop(refuse('exchange.attachment-unsealed', { name }), 'seal')),
    ...absent.map(({ name }) => stop(refuse('exchange.attachment-absent', { name }), 'attach')),
  ];
}

function ofRecipient(document: Outgoing, peer: Peer | null, access: AccessLevel): readonly Finding[] {
  if (peer === null) return [stop(refuse('exchange.unknown-peer'), 'remove-recipient')];
  const { name, card } = peer;
  const against = (refusal: Refusal, mend: Mender): Finding => ({ ...stop(refusal, mend), peer: peer.id });
  if (peer.own) return [against(refuse('exchange.to-oneself'), 'remove-recipient')];
  if (peer.state === 'ended') return [against(refuse('exchange.peer-ended', { name }), 'send-on-paper')];
  if (peer.state === 'met') {
    return [against(refuse('exchange.peer-unconfirmed', { name }), 'confirm-peer')];
  }
  const found: Finding[] = [];
  const { kind } = document.summary;
  if (card.kinds.length > 0 && !card.kinds.includes(kind)) {
    found.push(against(refuse('exchange.kind-not-taken', { name, kind }), 'send-on-paper'));
  }
  if (!card.levels.includes(access)) {
    found.push(against(refuse('exchange.level-not-taken', { name }), 'send-on-paper'));
  }
  const files = filesToSend(document);
  const strange = files.find((file) => !card.formats.includes(endingOf(file)));
  if (strange !== undefined) {
    found.push(against(refuse('exchange.format-not-taken', { name, file: strange.name }), 'attach'));
  }
  const bytes = files.reduce((sum, { size }) => sum + size, 0);
  if (bytes > card.mostBytes) {
    const told = { name, size: inMebibytes(bytes), most: inMebibytes(card.mostBytes) };
    found.push(against(refuse('exchange.too-large-for-peer', told), 'attach'));
  }
  return found;
}

/** The page and what goes beside it, in the order they travel: exactly the bytes that were signed. */
export function filesToSend(document: Outgoing): readonly StoredFile[] {
  return [...(document.file === null ? [] : [document.file]), ...attachmentsToSend(document)];
}

/** What the clerk's own steps before sending will mend. */
const stepsAhead: Readonly<Partial<Record<Outgoing['state'], readonly Mender[]>>> = {
  signed: ['number', 'seal'],
  numbered: ['seal'],
};

/** The same list before the number, the seal and the PIN: it names only what those steps will not settle. */
export function preflightBeforeSealing(question: Preflight): readonly Finding[] {
  const settled = stepsAhead[question.document.state];
  if (settled === undefined) return preflight(question);
  const facts = { ...question.facts, notation: null, issuedOn: null };
  return preflight({ ...question, facts }).filter(
    ({ mend, refusal }) => !settled.includes(mend) && refusal.code !== 'exchange.page-unread',
  );
}

/** The first thing that stops it, as the sentence a command is refused with. */
export function whyNotDispatch(question: Preflight): Refusal | null {
  return preflight(question).find(({ stops }) => stops)?.refusal ?? null;
}

function stop(refusal: Refusal, mend: Mender): Finding {
  return { refusal, stops: true, mend, peer: null };
}

function warn(refusal: Refusal, mend: Mender): Finding {
  return { refusal, stops: false, mend, peer: null };
}

/** A notation as two readers write it alike. */
function plain(notation: string): string {
  return notation
    .normalize('NFC')
    .replaceAll(/\s/gu, '')
    .replace(/^0+(?=\d)/u, '')
    .toUpperCase();
}

function endingOf({ name }: StoredFile): string {
  return name.slice(name.lastIndexOf('.') + 1).toLowerCase();
}

function inMebibytes(bytes: number): number {
  return Math.ceil(bytes / (1024 * 1024));
}
