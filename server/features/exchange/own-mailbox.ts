import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import type { Agency } from '#shared/directory/public.ts';
import { AppError, instantFrom, uuidV7From } from '#shared/kernel/public.ts';
import { codeHashOf } from '#shared/sync/public.ts';
import type { AgencyFolder } from '../../data/agency-folder.ts';
import type { LogLine } from '../../http/build-app.ts';
import { openHubFolder } from '../../hub/hub-folder.ts';
import { startHub } from '../../hub/start-hub.ts';
import { ownDetails, ownIdentity, ownWord, type HubLine } from './connection.ts';

export type MailboxPlan = Readonly<{ host: string; port: number; graceDays: number }>;

export type OwnMailbox = Readonly<{
  /** How the agency's own gateway comes to it: like everybody else. */
  line: HubLine;
  close: () => Promise<void>;
}>;

type Order = Readonly<{
  plan: MailboxPlan;
  /** The agency, as its log has it. */
  details: Agency | null;
  say: (line: LogLine) => void;
}>;

/**
 * A mailbox an agency keeps itself, for those that exchange with it without a hub between: the hub's own doors over a folder of
 * its own (`mailbox/`), and the agency is its first member. Others are invited and admitted as at any hub.
 */
export async function openOwnMailbox(
  agency: AgencyFolder,
  { plan, details, say }: Order,
): Promise<OwnMailbox> {
  const folder = await openHubFolder(join(agency.path, 'mailbox'), { alone: true });
  const identity = ownIdentity(agency);
  const own = await ownWord(agency.file, identity, ownDetails(details, agency.file, identity));
  if ((await folder.store.member(own.id)) === null) {
    const now = instantFrom(Date.now());
    const code = codeHashOf(uuidV7From(Date.now(), randomBytes(10)));
    await folder.store.invite(code, now);
    if (!(await folder.store.join(code, own, now))) throw new AppError('hub.wrong-code');
  }
  await folder.store.settle(own.id, 'joined');
  // Senders offer again what they still owe, so nothing depends on a copy of it.
  const { url, close } = await startHub({ ...plan, folder, backups: null, say });
  // It listens on this machine, whatever others call it.
  const here = new URL(url);
  if (here.hostname === '0.0.0.0' || here.hostname === '[::]') here.hostname = '127.0.0.1';
  return { line: { url: here.href, authority: folder.identity.authority, isOwn: true }, close };
}
