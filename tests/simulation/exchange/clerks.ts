import { documentAggregate, type Incoming, type Outgoing } from '#shared/documents/public.ts';
import {
  consignmentAggregate,
  deliveryAggregate,
  type Consignment,
  type Delivery,
} from '#shared/exchange/public.ts';
import { taskAggregate } from '#shared/workflow/public.ts';
import { goodFacts } from '../../support/exchange.ts';
import { someFields } from '../../support/builders.ts';
import type { Setting } from './setting.ts';
import type { SimulatedAgency } from './simulated-agency.ts';

type At = Readonly<{ setting: Setting; one: SimulatedAgency; others: readonly SimulatedAgency[] }>;

/** What people of an agency do with what they send and get: something that makes sense where the log stands now. */
export function actSomehow(at: At): void {
  const kind = at.setting.below(100);
  if (kind < 30) issue(at);
  else if (kind < 38) sendOnceMore(at);
  else if (kind < 50) askBack(at);
  else handle(at);
}

function statesOf(one: SimulatedAgency, kind: string): readonly unknown[] {
  const rows = one.db().prepare('SELECT state FROM aggregate WHERE kind = ? ORDER BY id').all(kind);
  return rows.map((row): unknown => JSON.parse((row as { state: string }).state));
}

// Folded by that aggregate's own `evolve`.
export const consignmentsOf = (one: SimulatedAgency) =>
  statesOf(one, consignmentAggregate.kind) as readonly Consignment[];
export const deliveriesOf = (one: SimulatedAgency) =>
  statesOf(one, deliveryAggregate.kind) as readonly Delivery[];

/** A paper that has not gone out goes to one agency or to two; now and then in the place of an earlier one. */
function issue({ setting, one, others }: At): void {
  const { below, newId } = setting;
  const papers = one.template.papers.filter(
    ({ documentId }) => one.stateOf(documentAggregate, documentId)?.state === 'sealed',
  );
  const paper = papers[below(papers.length)];
  if (paper === undefined) return;
  const to = below(4) === 0 ? others : others.slice(0, 1);
  const consignments = consignmentsOf(one);
  const issued = one.template.papers.filter(({ documentId }) => {
    const state = one.stateOf(documentAggregate, documentId)?.state;
    return state === 'issued' || state === 'recalled';
  });
  const old = below(3) === 0 ? issued[below(issued.length)] : undefined;
  const how = below(2) === 0 ? 'replaces' : 'corrects';
  one.give(one.template.agency.staff.clerk.id, 'exchange.issue', {
    documentId: paper.documentId,
    consignments: to.map(({ template: { id } }) => ({
      id: newId(),
      to: id,
      refs: consignments
        .filter((sent) => sent.document === old?.documentId && sent.to === id)
        .map((sent) => sent.id)
        .slice(0, 1),
    })),
    ...sending(paper.document),
    succeeds: old === undefined ? null : { how, document: old.documentId },
    issuing: { recipients: [{ name: 'Cơ quan kia', kind: 'agency' }], copies: 0, repliesTo: null },
  });
}

function sending({ file, number, attachments }: Outgoing) {
  if (file === null || number === null) throw new Error('Not sealed');
  return {
    access: 'internal',
    facts: goodFacts({
      file: file.hash,
      notation: number.notation,
      issuedOn: number.issuedOn,
      attachments: attachments.map(({ hash }) => hash),
    }),
    expiryDays: 15,
  };
}

/** What came to a bad end goes out again, as another consignment. */
function sendOnceMore({ setting, one, others }: At): void {
  const { below, newId } = setting;
  const ended = consignmentsOf(one).filter(({ state }) => state === 'refused');
  const last = ended[below(ended.length)];
  const paper = one.template.papers.find(({ documentId }) => documentId === last?.document);
  if (last === undefined || paper === undefined) return;
  if (!others.some(({ template }) => template.id === last.to)) return;
  one.give(one.template.agency.staff.clerk.id, 'exchange.dispatch', {
    documentId: last.document,
    consignments: [{ id: newId(), to: last.to, refs: [] }],
    ...sending(paper.document),
    succeeds: null,
  });
}

function askBack({ setting, one }: At): void {
  const { below, newId } = setting;
  const open = consignmentsOf(one).filter(
    ({ state, recall }) => !['refused', 'withdrawn'].includes(state) && recall?.answer !== null,
  );
  const sent = open[below(open.length)];
  if (sent === undefined || (sent.recall !== null && sent.recall.answer !== 'declined')) return;
  one.give(one.template.agency.staff.clerk.id, 'exchange.askBack', {
    documentId: sent.document,
    consignments: [{ id: sent.id, message: newId() }],
    reason: 'Gửi nhầm nơi nhận',
  });
}

/** The clerk and an official go on with what came. */
function handle({ setting, one }: At): void {
  const { below } = setting;
  const { clerk } = one.template.agency.staff;
  const came = deliveriesOf(one).filter(({ document }) => document !== null);
  const delivery = came[below(came.length)];
  const document = delivery?.document ?? null;
  const paper = document === null ? null : one.stateOf(documentAggregate, document);
  if (delivery === undefined || document === null || paper?.direction !== 'incoming') return;
  const asksBack =
    delivery.state === 'arrived' && delivery.recall !== null && delivery.recall.answer === null;
  if (asksBack && below(2) === 0) {
    const agree = below(2) === 0;
    const message = delivery.recall?.message;
    const body = { deliveryId: delivery.id, documentId: document, message, agree, words: 'Đã xem' };
    one.give(clerk.id, 'exchange.answerRecall', { ...body, ...(agree ? { tasks: paper.tasks } : {}) });
    return;
  }
  goOnWith({ setting, one }, delivery, paper);
}

/** What comes next for a paper that came. */
function goOnWith({ setting, one }: Omit<At, 'others'>, delivery: Delivery, paper: Incoming): void {
  const { below, newId } = setting;
  const { clerk, head, officer } = one.template.agency.staff;
  const document = paper.id;
  switch (paper.state) {
    case 'arrived':
      if (below(4) === 0) {
        one.give(clerk.id, 'exchange.returnDelivery', {
          deliveryId: delivery.id,
          documentId: document,
          code: 'wrong-place',
          words: 'Không thuộc thẩm quyền',
        });
      } else {
        one.give(clerk.id, 'documents.registerIncoming', {
          documentId: document,
          fields: { ...someFields(), ...paper.suggestion?.fields, dueOn: null },
          presentTo: head.id,
        });
      }
      return;
    case 'registered':
      one.give(head.id, 'workflow.direct', {
        documentId: document,
        words: 'Xem xét, giải quyết',
        assignments: [{ task: newId(), role: 'lead', to: { kind: 'person', id: officer.id }, dueOn: null }],
        inform: [],
      });
      return;
    case 'directed':
    case 'in-progress':
      goOn(setting, one, paper);
      return;
    default:
  }
}

/** Whoever has the task reports, or says it is done; the head takes it. */
function goOn({ below }: Setting, one: SimulatedAgency, paper: Incoming): void {
  const { head, officer } = one.template.agency.staff;
  const taskId = paper.leadTask;
  const task = taskId === null ? null : one.stateOf(taskAggregate, taskId);
  if (task === null) return;
  const target = { taskId, documentId: paper.id };
  if (task.state === 'awaiting') {
    one.give(head.id, 'workflow.approveTask', { ...target, words: 'Đồng ý' });
  } else if (below(2) === 0) {
    one.give(officer.id, 'workflow.finishTask', { ...target, words: 'Đã xong' });
  } else one.give(officer.id, 'workflow.reportProgress', { ...target, words: 'Đang làm', percent: 50 });
}
