import { bookFor, isIssueDayAllowed, type Outgoing, type Recipient } from '#shared/documents/public.ts';
import type { Agency } from '#shared/directory/public.ts';
import { AppError, dayOf, type Day, type Instant, type WorkingCalendar } from '#shared/kernel/public.ts';
import { accepted, ask, core, newCommandId } from '../../app/client.ts';
import type { NetworkOrder } from '../exchange/public.ts';

export const issueSteps = ['number', 'seal', 'issue'] as const;
export type IssueStep = (typeof issueSteps)[number];

/** What is still to be done, from where the paper stands; `only` leaves out what was not asked for. */
export function stepsLeft(state: Outgoing['state'], only: IssueStep | 'issueWhole'): readonly IssueStep[] {
  const done: Readonly<Partial<Record<Outgoing['state'], number>>> = { signed: 0, numbered: 1, sealed: 2 };
  const left = issueSteps.slice(done[state] ?? issueSteps.length);
  return only === 'issueWhole' ? left : left.filter((step) => step === only);
}

export type Issuing = Readonly<{
  issuedOn: Day;
  pin: string;
  key: string | null;
  recipients: readonly Recipient[];
  copies: number;
  /** What goes over the network; the other recipients get it on paper. */
  network: NetworkOrder | null;
}>;

/** One of the three acts of the clerk: number (NĐ 30 Đ15), seal (Đ32), issue (Đ18). */
export async function takeIssueStep(
  step: IssueStep,
  { document, agency, issuing }: Readonly<{ document: Outgoing; agency: Agency; issuing: Issuing }>,
): Promise<void> {
  const { id: documentId, repliesTo, summary } = document;
  if (step === 'number') {
    const book = bookFor(agency, summary.kind);
    if (book === null) throw new AppError('documents.wrong-book');
    const { waits } = await ask(core.documents.number, { documentId, book, issuedOn: issuing.issuedOn });
    // Nothing more can be done before the number is there.
    if (waits === true) throw new AppError('sync.number-waits');
  } else if (step === 'seal') {
    accepted(
      (
        await core.workflow.sealFile({
          commandId: newCommandId(),
          documentId,
          pin: issuing.pin,
          key: issuing.key,
        })
      ).reply,
    );
  } else {
    const { recipients, copies, network } = issuing;
    const issued = { recipients: [...recipients], copies, repliesTo };
    if (network === null) await ask(core.documents.issue, { documentId, ...issued });
    else {
      const sent = { commandId: newCommandId(), documentId, ...network, issuing: issued };
      accepted((await core.exchange.send(sent)).reply);
    }
  }
}

/** The days the paper may carry: today, or the day it was signed while the law still allows it. */
export function issueDays(
  signedAt: Instant | null,
  now: Readonly<{ at: Instant; calendar: WorkingCalendar }>,
): readonly Day[] {
  const today = dayOf(now.at);
  if (signedAt === null) return [today];
  const signed = dayOf(signedAt);
  const allowed = signed !== today && isIssueDayAllowed(signed, { signedAt, at: now.at }, now.calendar);
  return allowed ? [today, signed] : [today];
}
