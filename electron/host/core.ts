import { createRouterClient } from '@orpc/server';
import { router } from '../features/index.ts';
import { createSessions, type Sessions } from '../features/session/sessions.ts';
import { endBatchesOf } from '../features/signing/public.ts';
import type { Clock } from '../platform/clock.ts';

/** The core of the desktop: the same whether a window, a browser, a script or a test is asking. */
export type Core = Readonly<{ sessions: Sessions; close: () => void }>;

export function openCore(home: string, clock: Clock): Core {
  const sessions = createSessions(home, clock);
  sessions.onSignOut((sessionKey) => void endBatchesOf(sessionKey));
  return { sessions, close: sessions.close };
}

/** A client in this process: every call passes the same door, rights and schemas as one from a window. */
export function clientOf(core: Core, sessionKey: string) {
  return createRouterClient(router, { context: { sessions: core.sessions, sessionKey } });
}

export type CoreClient = ReturnType<typeof clientOf>;
