import { ORPCError, implement, type ImplementerInternalWithMiddlewares } from '@orpc/server';
import { accessBy } from '#shared/access/public.ts';
import { contract } from '#shared/contract.ts';
import {
  isCallName,
  readingScope,
  whyNotCall,
  type Person,
  type ReadingScope,
} from '#shared/directory/public.ts';
import { AppError, dayOf, refuse, type Day, type Refusal } from '#shared/kernel/public.ts';
import { asStoreError } from '#shared/node/sqlite/public.ts';
import { noteAccess } from '../features/access/public.ts';
import type { Exports } from '../features/documents/exports.ts';
import type { Uploads } from '../features/documents/uploads.ts';
import type { OpenDesk } from '../features/session/open-desk.ts';
import type { Clock } from '../platform/clock.ts';
import type { Sessions } from '../features/session/sessions.ts';

/** What a call brings along: which window's session it comes from. */
export type CallContext = Readonly<{ sessions: Sessions; sessionKey: string }>;

/** Who is asking, at which desk, and what of it they may read. */
export type Signed = Readonly<{
  open: OpenDesk;
  person: Person;
  scope: ReadingScope;
  today: Day;
  sessionKey: string;
  uploads: Uploads;
  exports: Exports;
  clock: Clock;
}>;

/** A door to every call; by this name, since written out in full the type is longer than the compiler puts down. */
type Door<Known extends CallContext> = ImplementerInternalWithMiddlewares<
  typeof contract,
  CallContext,
  Known
>;

const base = implement(contract).$context<CallContext>();

const atTheDoor = base.middleware(async ({ context, path, next }) => {
  const call = path.join('.');
  if (!isCallName(call)) throw new Error(`${call} has no line in the table of permissions`);
  const current = context.sessions.current(context.sessionKey);
  const refusal = whyNotCall(call, current?.person ?? null);
  if (refusal !== null) throw asError(refusal);
  try {
    return await next({});
  } catch (error) {
    if (current?.open.shared != null && asStoreError(error)?.code === 'store.damaged') {
      context.sessions.foundDamaged(current.open.folder);
      throw asError(refuse('store.damaged-shared'));
    }
    throw saidAtTheDoor(error);
  }
});

/** The one door of the core: rights first, then the call, then every expected failure as its code (`style.md` 24). */
export const anyone: Door<CallContext> = base.use(atTheDoor);

/** The same door for calls that need somebody signed in. */
export const signedIn: Door<CallContext & Readonly<{ signed: Signed }>> = anyone.use(
  async ({ context, path, next }, input) => {
    const current = context.sessions.current(context.sessionKey);
    if (current === null) throw new AppError('session.not-signed-in');
    const signed: Signed = {
      open: current.open,
      person: current.person,
      scope: readingScope(current.person),
      today: dayOf(current.open.desk.now()),
      sessionKey: context.sessionKey,
      uploads: current.uploads,
      exports: current.exports,
      clock: context.sessions.clock,
    };
    const answer = await next({ context: { signed } });
    // What nobody was shown leaves no line; what was, leaves it before it is seen.
    const access = accessBy(path.join('.'), input);
    if (access !== null) noteAccess(signed.open, signed.person.id, access);
    return answer;
  },
);

/** An expected failure as its code; also for what goes wrong once an answer is on its way. */
export function saidAtTheDoor(error: unknown): unknown {
  if (!(error instanceof AppError)) return error;
  return asError({ refused: true, code: error.code, params: error.params });
}

function asError(refusal: Refusal) {
  return new ORPCError('REFUSED', { status: 409, message: refusal.code, data: refusal });
}
