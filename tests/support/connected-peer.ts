import { consignmentsOf, send } from '#electron/features/exchange/sending.ts';
import { mustHappen } from '#electron/features/sample/act-as.ts';
import { systemClock } from '#electron/platform/clock.ts';
import { pairCode, type Consignment, type Peer } from '#shared/exchange/public.ts';
import type { AgencyId, DocumentId } from '#shared/kernel/public.ts';
import { byGateway } from './by-gateway.ts';
import { aFile, hashOf, ids, unsignedCheck } from './builders.ts';
import { aLetter, aPeer, consignmentId } from './exchange.ts';
import { outgoingOf, type WorkingOffice } from './working-office.ts';

/** Another agency that the office is connected with, compared by telephone. */
export function connectedPeer({ office, as }: WorkingOffice, name: string): AgencyId {
  const meet = ({ id, name: called, codes, authority, fingerprint, sealing, card }: Peer): void => {
    const details = { name: called, codes, authority, fingerprint, sealing, card };
    byGateway(office.open.desk, 'exchange.meetPeer', { peerId: id, details });
  };
  const own = aPeer({ id: office.open.desk.agencyId, name: 'Cơ quan mình' });
  const peer = aPeer({ name, fingerprint: own.fingerprint });
  meet(own);
  meet(peer);
  const code = pairCode(own.fingerprint, peer.fingerprint);
  as('administrator').must('exchange.confirmPeer', { peerId: peer.id, code });
  return peer.id;
}

/** An issued paper on its way to them, as the clerk sends it; its ledger. */
export async function sentTo(
  working: WorkingOffice,
  documentId: DocumentId,
  to: AgencyId,
): Promise<Consignment> {
  const clerk = working.as('clerk');
  const asked = { commandId: working.commandId(), documentId, to: [to], access: 'internal' } as const;
  mustHappen((await send(clerk, { ...asked, succeeds: null, issuing: null })).reply);
  const [consignment] = consignmentsOf(clerk, outgoingOf(working, documentId));
  if (consignment === undefined) throw new Error('Nothing was sent');
  byGateway(clerk.open.desk, 'exchange.recordSent', {
    consignments: [consignment.id],
    at: clerk.open.desk.now(),
  });
  return consignment;
}

/** What the other agency reports back. */
export function receiptFrom(
  { office }: WorkingOffice,
  { id }: Consignment,
  more: Readonly<{ status: string; arrival?: object }>,
): void {
  const { desk } = office.open;
  const { status, arrival = null } = more;
  const receipt = { id: systemClock.newId(), status, at: desk.now(), log: null, code: null, words: '' };
  byGateway(desk, 'exchange.recordReceipt', { consignmentId: id, receipt, arrival });
}

/** A paper that came from them over the network. */
export function deliveredBy(
  { office }: WorkingOffice,
  from: AgencyId,
): Readonly<{ documentId: DocumentId; envelope: Consignment['id'] }> {
  const [documentId, envelope] = [ids.document(), consignmentId()];
  byGateway(office.open.desk, 'exchange.takeDelivery', {
    from,
    envelope,
    digest: hashOf(901),
    kind: 'new',
    refs: [],
    documentId,
    file: aFile(902),
    attachments: [],
    hasScript: false,
    check: unsignedCheck,
    letter: aLetter(),
  });
  return { documentId, envelope };
}
