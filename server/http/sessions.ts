import { randomBytes } from 'node:crypto';
import type { AgencyId, DeviceId } from '#shared/kernel/public.ts';
import { sessionText, type SessionReply, type SessionRequest } from '#shared/sync/public.ts';
import type { Serving } from '../log/serving.ts';
import { Refused } from './asking.ts';

const challengeSeconds = 60;
export const sessionSeconds = 3600;
const mostChallenges = 10_000;

/** Who speaks over a connection: numbers used once, and the tokens given for a device's signature over one. */
export type Sessions<Who extends string = DeviceId> = Readonly<{
  challenge: () => string;
  /** True once for each number that was given and is still fresh. */
  use: (challenge: string) => boolean;
  open: (device: Who) => string;
  deviceOf: (token: string) => Who | null;
}>;

export function createSessions<Who extends string = DeviceId>(nowMs: () => number): Sessions<Who> {
  const challenges = new Map<string, number>();
  const tokens = new Map<string, Readonly<{ device: Who; untilMs: number }>>();
  return {
    challenge: () => {
      // The oldest give way, so that asking for numbers costs the server nothing that grows.
      for (const [old, untilMs] of challenges) {
        if (untilMs >= nowMs() && challenges.size < mostChallenges) break;
        challenges.delete(old);
      }
      const challenge = randomBytes(32).toString('base64');
      challenges.set(challenge, nowMs() + challengeSeconds * 1000);
      return challenge;
    },
    use: (challenge) => {
      const untilMs = challenges.get(challenge);
      challenges.delete(challenge);
      return untilMs !== undefined && untilMs >= nowMs();
    },
    open: (device) => {
      for (const [old, session] of tokens) {
        if (session.untilMs < nowMs() || session.device === device) tokens.delete(old);
      }
      const token = randomBytes(32).toString('base64url');
      tokens.set(token, { device, untilMs: nowMs() + sessionSeconds * 1000 });
      return token;
    },
    deviceOf: (token) => {
      const session = tokens.get(token);
      return session === undefined || session.untilMs < nowMs() ? null : session.device;
    },
  };
}

type Door = Readonly<{
  agencyId: AgencyId;
  server: Pick<Serving, 'whyNotDevice' | 'isDueForRenewal'>;
  sessions: Sessions;
}>;

/** A token for a device that signed the number it was given. */
export async function answerSession(
  { agencyId, server, sessions }: Door,
  { device, challenge, signature }: SessionRequest,
): Promise<SessionReply> {
  if (!sessions.use(challenge)) throw new Refused(401, 'server.stale-challenge');
  const not = await server.whyNotDevice(device, sessionText(agencyId, device, challenge), signature);
  if (not !== null) throw new Refused(401, `server.${not}`);
  const renew = await server.isDueForRenewal(device);
  return { token: sessions.open(device), seconds: sessionSeconds, renew };
}
