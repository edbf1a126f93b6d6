import {
  AccessHeadSchema,
  mostLinesAtOnce,
  type AccessHead,
  type ChainedLine,
  type TakeLines,
} from '#shared/access/public.ts';
import type { ReadDb, WriteDb } from '#shared/node/sqlite/public.ts';
import { prepared } from '../../store/prepared.ts';
import type { OpenDesk } from '../session/public.ts';
import { chain, deskName, headAfter, storeOf } from './note.ts';

type AtDesk = Pick<OpenDesk, 'desk'>;
type Server = NonNullable<OpenDesk['shared']>;

/** Brings the server what it lacks of this desk's lines; gives how many. Lines it has that this desk lost stay there. */
export async function sendLines({ desk }: AtDesk, shared: Server): Promise<number> {
  const open = { desk, shared };
  const store = storeOf(open);
  const name = deskName(open);
  const ask = (asked: TakeLines): Promise<AccessHead> =>
    shared.speak('/v1/access/take', asked, AccessHeadSchema);
  let theirs = await ask({ after: store.headOf(name).hash, lines: [] });
  if (!desk.db.open) return 0;
  if (store.hashAt(name, theirs.n) !== theirs.hash) goOnBehind(open, theirs);
  for (let sent = 0; ;) {
    keepSent(desk.db, theirs.n);
    const page = store.after(name, theirs.n, mostLinesAtOnce);
    if (page.length === 0) return sent;
    const head = await ask({ after: theirs.hash, lines: page.map(({ line }) => line) });
    if (!desk.db.open) return sent;
    if (head.hash !== page.at(-1)?.hash) {
      // Lines are missing here, or another speaks for this device too: what is left goes on behind what they have.
      goOnBehind(open, head);
      return sent;
    }
    theirs = head;
    sent += page.length;
  }
}

/**
 * This desk's database was made anew, or is an older copy: it goes on behind what the server has, and says so. What it
 * has by itself is chained again behind that, under the times at which it was.
 */
function goOnBehind(open: AtDesk & Readonly<{ shared: Server }>, theirs: AccessHead): void {
  const store = storeOf(open);
  const name = deskName(open);
  open.desk.log.transaction(() => {
    const own = store.cut(name, Math.min(sentSoFar(open.desk.db), theirs.n));
    const again: ChainedLine[] = [
      chain(open, theirs, {
        what: 'restarted',
        on: { kind: 'desk', id: name },
        file: null,
        person: open.shared.person,
      }),
    ];
    for (const { line } of own) again.push(chain(open, headAfter(again), line));
    store.add(again);
  });
}

function sentSoFar(db: ReadDb): number {
  const row = prepared(db, "SELECT value FROM setting WHERE name = 'access.sent'").get() as
    { value: string } | undefined;
  return row === undefined ? 0 : Number(row.value);
}

function keepSent(db: WriteDb, n: number): void {
  if (sentSoFar(db) === n) return;
  prepared(
    db,
    "INSERT INTO setting (name, value) VALUES ('access.sent', ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
  ).run(String(n));
}
