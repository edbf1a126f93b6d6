import { deliveryAggregate, deliveryId, type Consignment, type Delivery } from '#shared/exchange/public.ts';
import type { DocumentId } from '#shared/kernel/public.ts';
import { someFields } from '../../support/builders.ts';
import { goodFacts } from '../../support/exchange.ts';
import { consignmentsOf } from './clerks.ts';
import { theTemplates } from './play-story.ts';
import type { SimulatedAgency } from './simulated-agency.ts';
import { openWorld, type World } from './world.ts';

type Id = Consignment['id'];

/** Two agencies and a hub in fine weather, for telling one thing that happens. */
export type Scene = Readonly<{
  world: World;
  sender: SimulatedAgency;
  receiver: SimulatedAgency;
  /** What was given is brought, and a minute later everything that follows from it has happened. */
  soon: () => Promise<void>;
  /** The first agency's n-th paper goes to the second. */
  send: (n: number) => Promise<Id>;
  ledger: (id: Id) => Consignment | undefined;
  delivery: (id: Id) => Delivery & Readonly<{ document: DocumentId }>;
  askBack: (id: Id) => void;
  register: (id: Id) => void;
  returns: (id: Id) => void;
  /** A hub that lies takes out of the sender's mailbox what nobody has collected. */
  dropReceipts: () => void;
}>;

export async function openScene(seed: number): Promise<Scene> {
  const templates = await theTemplates();
  const world = await openWorld({ seed: seed * 2, templates, without: null, isCalm: true, trace: null });
  const [sender, receiver] = world.agencies;
  if (sender === undefined || receiver === undefined) throw new Error('Nobody is there');
  const clerkOf = ({ template }: SimulatedAgency) => template.agency.staff.clerk.id;
  const soon = async (): Promise<void> => {
    await world.pass(1);
    await world.pass(60_000);
  };
  const ledger = (id: Id) => consignmentsOf(sender).find((one) => one.id === id);
  const delivery = (id: Id) => {
    const found = receiver.stateOf(deliveryAggregate, deliveryId(sender.template.id, id));
    if (found === null || found.document === null) throw new Error('It did not come');
    return { ...found, document: found.document };
  };
  return {
    world,
    sender,
    receiver,
    soon,
    ledger,
    delivery,
    send: async (n) => {
      const paper = sender.template.papers[n];
      const { file, number, attachments } = paper?.document ?? { file: null, number: null, attachments: [] };
      if (paper === undefined || file === null || number === null) throw new Error('Not sealed');
      const id = world.setting.newId() as Id;
      sender.give(clerkOf(sender), 'exchange.issue', {
        documentId: paper.documentId,
        consignments: [{ id, to: receiver.template.id, refs: [] }],
        access: 'internal',
        facts: goodFacts({
          file: file.hash,
          notation: number.notation,
          issuedOn: number.issuedOn,
          attachments: attachments.map(({ hash }) => hash),
        }),
        expiryDays: 15,
        succeeds: null,
        issuing: { recipients: [{ name: 'Cơ quan kia', kind: 'agency' }], copies: 0, repliesTo: null },
      });
      await soon();
      return id;
    },
    askBack: (id) => {
      sender.give(clerkOf(sender), 'exchange.askBack', {
        documentId: ledger(id)?.document,
        consignments: [{ id, message: world.setting.newId() }],
        reason: 'Gửi nhầm nơi nhận',
      });
    },
    register: (id) => {
      receiver.give(clerkOf(receiver), 'documents.registerIncoming', {
        documentId: delivery(id).document,
        fields: someFields({ issuedOn: null }),
        presentTo: receiver.template.agency.staff.head.id,
      });
    },
    returns: (id) => {
      const { id: deliveryOf, document: documentId } = delivery(id);
      const why = { code: 'wrong-place', words: 'Không thuộc thẩm quyền' };
      receiver.give(clerkOf(receiver), 'exchange.returnDelivery', {
        deliveryId: deliveryOf,
        documentId,
        ...why,
      });
    },
    dropReceipts: () => {
      world.setting.count('the hub dropped a parcel');
      world.hub
        .db()
        .prepare('DELETE FROM mailbox WHERE recipient = ? AND collected_at IS NULL')
        .run(sender.template.id);
    },
  };
}
