import { asOutgoing, whyNotOutgoing, type Outgoing } from '#shared/documents/public.ts';
import {
  consignmentAggregate,
  peerAggregate,
  preflightBeforeSealing,
  type AccessLevel,
  type Consignment,
  type Finding,
  type PeerRow,
  type Succeeds,
} from '#shared/exchange/public.ts';
import {
  AppError,
  ConsignmentIdSchema,
  type AgencyId,
  type CommandId,
  type DocumentId,
  type Reply,
} from '#shared/kernel/public.ts';
import type { Recipient } from '#shared/documents/public.ts';
import type { Signed } from '../../host/context.ts';
import { execute } from '../../host/run-command.ts';
import { readAll, readState } from '../../store/read-state.ts';
import { readableDocument } from '../documents/public.ts';
import { pageFacts } from './page-facts.ts';

/** After so many days without an arrival a person decides; as long as mail that is returned takes. */
const expiryDays = 15;

type ToWhom = Readonly<{ documentId: DocumentId; to: readonly AgencyId[]; access: AccessLevel }>;
type Asked = ToWhom &
  Readonly<{
    commandId: CommandId;
    succeeds: Succeeds | null;
    issuing: Readonly<{ recipients: Recipient[]; copies: number; repliesTo: DocumentId | null }> | null;
  }>;

/** Whom papers can go to over the network, by name. */
export function connectedPeers({ open: { desk } }: Signed): PeerRow[] {
  return readAll(desk.db, peerAggregate)
    .filter(({ own, state }) => !own && state !== 'ended')
    .map(({ id, name, codes, card, state }) => ({ id, name, codes, card, state }))
    .toSorted((a, b) => a.name.localeCompare(b.name, 'vi'));
}

/** Every check before a paper leaves, before anything is typed that cannot be taken back. */
export async function lookBefore(signed: Signed, { documentId, to, access }: ToWhom): Promise<Finding[]> {
  const document = ownPaper(signed, documentId);
  const facts = await pageFacts(signed, document);
  const peers = to.map((id) => readState(signed.open.desk.db, peerAggregate, id));
  return [...preflightBeforeSealing({ document, facts, access, peers })];
}

/** Sends a sealed page as it lies here, looked at again at this very moment; issues it too where that is asked. */
export async function send(signed: Signed, asked: Asked): Promise<{ reply: Reply }> {
  const { commandId, documentId, to, access, succeeds, issuing } = asked;
  const document = ownPaper(signed, documentId);
  const not = whyNotOutgoing(document, issuing === null ? 'dispatch' : 'issue');
  if (not !== null) throw new AppError(not.code, not.params);
  const known = consignmentsOf(signed, document);
  const older = succeeds === null ? [] : consignmentsOf(signed, ownPaper(signed, succeeds.document));
  const body = {
    documentId,
    consignments: to.map((agency) => ({
      id: preparedFor(known, agency) ?? ConsignmentIdSchema.parse(signed.clock.newId()),
      to: agency,
      refs: older.filter((one) => one.to === agency && one.queuedAt !== null).map(({ id }) => id),
    })),
    access,
    facts: await pageFacts(signed, document),
    succeeds,
    expiryDays,
  };
  const reply =
    issuing === null
      ? execute(signed, 'exchange.dispatch', { commandId, body })
      : execute(signed, 'exchange.issue', { commandId, body: { ...body, issuing } });
  return { reply };
}

/** One ledger for each time the paper was meant for an agency, in the order they were begun. */
export function consignmentsOf({ open: { desk } }: Signed, { consignments }: Outgoing): Consignment[] {
  return (consignments ?? []).flatMap(({ id }) => readState(desk.db, consignmentAggregate, id) ?? []);
}

export function ownPaper(signed: Signed, documentId: DocumentId): Outgoing {
  const document = readableDocument(signed.open.desk.db, signed.scope, documentId);
  if (document.direction !== 'outgoing') throw new AppError('documents.not-outgoing');
  return asOutgoing(document);
}

/** One that was put together earlier goes out under its own id. */
function preparedFor(known: readonly Consignment[], agency: AgencyId): Consignment['id'] | null {
  return known.find(({ to, state }) => to === agency && state === 'prepared')?.id ?? null;
}
