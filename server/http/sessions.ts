import { randomBytes } from 'node:crypto';
import type { DeviceId } from '#shared/kernel/public.ts';

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
