import { createHash, randomBytes, sign, type KeyObject } from 'node:crypto';
import { AppError, HashSchema, type AgencyId, type DeviceId } from '#shared/kernel/public.ts';
import {
  BeginIdentityReplySchema,
  ChallengeReplySchema,
  FinishIdentityReplySchema,
  identityText,
  type BeginIdentityRequest,
  type FinishIdentityReply,
} from '#shared/sync/public.ts';
import { awaitBrowser } from '../platform/browser-return.ts';
import { openDoor, type ServerAddress } from './server-door.ts';

/** A sign-in that was begun: where people are sent, and what the server says once they are back. */
export type IdentityFlow = Readonly<{
  id: string;
  url: string;
  finish: () => Promise<FinishIdentityReply>;
  close: () => void;
}>;

type Beginning = Readonly<{
  server: ServerAddress;
  agencyId: AgencyId;
  device: DeviceId;
  /** The key it joins with, or the one of its door. */
  key: KeyObject;
  wants: BeginIdentityRequest['wants'];
}>;

const mostTries = 3;

/** Begins a sign-in at the agency's identity provider, by way of its server; the browser comes back to this machine. */
export async function beginIdentity({
  server,
  agencyId,
  device,
  key,
  wants,
}: Beginning): Promise<IdentityFlow> {
  const door = openDoor(server);
  const browser = await awaitBrowser();
  try {
    const shown = randomBytes(32);
    const pickup = HashSchema.parse(createHash('sha256').update(shown).digest('hex'));
    const { challenge } = await door.post('/v1/challenge', {}, ChallengeReplySchema);
    const text = identityText(agencyId, device, { challenge, pickup });
    const signature = sign(null, Buffer.from(text), key).toString('base64');
    const asked = { wants, device, redirect: browser.redirect, pickup, challenge, signature };
    const { flow, url } = await door.post('/v1/identity/begin', asked, BeginIdentityReplySchema);
    const returned = browser.answer(new URL(url).searchParams.get('state') ?? '');

    async function finish(): Promise<FinishIdentityReply> {
      try {
        const answer = await returned;
        const asking = { flow, pickup: shown.toString('base64'), answer };
        // The server tells its outcome again to who asks with the same words: an answer that was lost costs nothing.
        for (let tries = 1; ; tries += 1) {
          try {
            return await door.post('/v1/identity/finish', asking, FinishIdentityReplySchema);
          } catch (error) {
            const isLost = error instanceof AppError && error.code === 'sync.server-away';
            if (!isLost || tries === mostTries) throw error;
          }
        }
      } finally {
        browser.close();
      }
    }

    return { id: flow, url, finish, close: browser.close };
  } catch (error) {
    browser.close();
    throw error;
  }
}
