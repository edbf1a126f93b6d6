import { accessLogAggregate, type AccessHead } from '#shared/access/public.ts';
import { CommandIdSchema, type PersonId } from '#shared/kernel/public.ts';
import { readState } from '../../store/read-state.ts';
import type { OpenDesk } from '../session/public.ts';
import { deskName, storeOf } from './note.ts';
import { sendLines } from './send-lines.ts';

type AtDesk = Pick<OpenDesk, 'desk' | 'shared'>;

const everyMs = 60_000;
/** Lines wait so long, or until there are so many, before their head goes into the agency's log. */
const fixEveryMs = 60 * 60_000;
const fixEveryLines = 500;

/** Takes the head of this desk's lines into the agency's log, as whoever left the last line; null where nothing is due. */
export function fixHead(open: AtDesk, newId: () => string, isForced = false): AccessHead | null {
  const store = storeOf(open);
  const desk = deskName(open);
  const head = store.headOf(desk);
  const fixed = readState(open.desk.db, accessLogAggregate, desk);
  if (head.n === 0 || head.n === fixed?.n) return null;
  if (!isForced && !isDue(head, fixed, Date.parse(open.desk.now()))) return null;
  const [last] = store.after(desk, head.n - 1, 1);
  if (last === undefined) return null;
  const actor: PersonId = open.shared?.person ?? last.line.person;
  const reply = open.desk.execute({
    id: CommandIdSchema.parse(newId()),
    name: 'access.fix',
    actor,
    onBehalfOf: null,
    claimedAt: open.desk.now(),
    body: head,
  });
  // Whoever left the last line may have left the office since: the next one's line brings it along.
  return reply.ok ? head : null;
}

function isDue(head: AccessHead, fixed: Readonly<{ n: number; at: string }> | null, nowMs: number): boolean {
  return fixed === null || nowMs - Date.parse(fixed.at) >= fixEveryMs || head.n - fixed.n >= fixEveryLines;
}

/** Sends lines to the server as they come, and fixes their head now and then; gives what ends it. */
export function keepFixing(open: AtDesk, newId: () => string, onFault: (error: unknown) => void): () => void {
  let isOver = false;
  let timer: NodeJS.Timeout | undefined;
  const once = async (): Promise<void> => {
    if (open.shared !== null) await sendLines(open, open.shared);
    if (!isOver && open.desk.db.open) fixHead(open, newId);
  };
  const later = (): void => {
    timer = setTimeout(() => {
      void once()
        .catch(onFault)
        .finally(() => {
          if (!isOver) later();
        });
    }, everyMs).unref();
  };
  later();
  return () => {
    isOver = true;
    clearTimeout(timer);
  };
}
