import type { Consignment, KeptReceipt } from '#shared/exchange/public.ts';
import type { Tone } from '../../ui/marks.tsx';
import { formatDay } from '../../ui/moments.ts';
import type { TimelineEntry } from '../../ui/timeline.tsx';
import type { Words } from '../../ui/words.ts';

/** What happened between us and one recipient, newest first, each with what was written along with it. */
export function ledgerEntries(consignment: Consignment, words: Words): readonly TimelineEntry[] {
  const { id, queuedAt, sentAt, recall, receipts } = consignment;
  const told = (what: string): string => words(`exchange.told.${what}`);
  const own = [
    ...(queuedAt === null ? [] : [{ id: `${id}-queued`, who: '', what: told('queued'), at: queuedAt }]),
    ...(sentAt === null ? [] : [{ id: `${id}-sent`, who: '', what: told('sent'), at: sentAt }]),
    ...(recall === null
      ? []
      : [
          {
            id: recall.message,
            who: '',
            what: told('asked-back'),
            said: recall.reason,
            at: recall.askedAt,
            tone: 'soon' as const,
          },
        ]),
  ];
  const theirs = receipts.map((receipt) => receiptEntry(receipt, consignment, words));
  return [...own, ...theirs].toSorted((a, b) => b.at.localeCompare(a.at));
}

const tones: Readonly<Partial<Record<KeptReceipt['status'], Tone>>> = {
  accepted: 'action',
  done: 'action',
  refused: 'danger',
  'recall-agreed': 'action',
  'recall-declined': 'danger',
};

function receiptEntry(receipt: KeptReceipt, { arrival }: Consignment, words: Words): TimelineEntry {
  const { id, status, code, words: said, at, moved } = receipt;
  const what =
    status === 'accepted' && arrival !== null
      ? words('exchange.told.accepted.number', { number: arrival.number, day: formatDay(arrival.day) })
      : status === 'refused' && code !== null
        ? words('exchange.told.refused.code', { reason: words(`exchange.return.${code}`) })
        : words(`exchange.told.${status}`);
  return {
    id,
    who: '',
    what: moved ? what : words('exchange.told.late', { what }),
    said: said === '' ? null : said,
    at,
    tone: moved ? (tones[status] ?? 'plain') : 'plain',
  };
}

/** How a recipient's state looks: red where it came back, amber where somebody has to do something. */
export function toneOfState({ state, recall }: Consignment, isLate: boolean): Tone {
  if (state === 'refused' || state === 'expired') return 'danger';
  if (isLate || (recall !== null && recall.answer === null && state !== 'withdrawn')) return 'soon';
  return state === 'accepted' || state === 'assigned' || state === 'in-progress' || state === 'done'
    ? 'action'
    : 'plain';
}
