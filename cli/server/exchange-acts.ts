import { randomBytes } from 'node:crypto';
import { pairCode } from '../../shared/exchange/public.ts';
import { AppError, CommandIdSchema, instantFrom, uuidV7From } from '../../shared/kernel/public.ts';
import { newCode } from '../../shared/node/agency-log/public.ts';
import { codeHashOf } from '../../shared/sync/public.ts';
import {
  connect,
  migrateHub,
  openHubFolder,
  startHub,
  writeHubInvitation,
  type S3Address,
} from '../../server/main.ts';
import { exitCode } from '../dispatch.ts';
import { atAgency, peersAt, whoActs } from './at-agency.ts';
import { listAlarms } from './exchange-alarms.ts';
import { setUpLine, testLines } from './line-acts.ts';
import { sentence } from '../setup/sentences.mjs';

type Values = Readonly<{
  host: string;
  url?: string | undefined;
  agency?: string | undefined;
  by?: string | undefined;
  invitation?: string | undefined;
  code?: string | undefined;
  'database-url'?: string | undefined;
  settings?: string | undefined;
  json: boolean;
}>;

/** The numbers and places a hub is served with. */
export type HubPlan = Readonly<{
  port: number;
  graceDays: number;
  places: readonly string[];
  everyMs: number;
  keep: number;
  address: string | undefined;
  elsewhere: S3Address | null;
}>;

/** How long a hub's code is good. */
const invitationHours = 72;

/** What is done beside a running server, by the word after `serve`; null for wrong usage. */
export const exchangeActs: Readonly<
  Partial<Record<string, (values: Values, data: string) => Promise<number | null>>>
> = {
  'hub-invite': inviteAgency,
  admit,
  connect: connectAgency,
  line: setUpLine,
  lines: testLines,
  peers: listPeers,
  alarms: (values, data) => Promise.resolve(listAlarms(values, data)),
  confirm,
};

/**
 * `antin serve --role hub --data DIR` carries sealed parcels between agencies. With `--database-url` it keeps them in PostgreSQL,
 * with `--blobs` their parts in an S3-compatible store; each `--backup-to` is a second place for all of it.
 */
export async function serveHub(values: Values, data: string, plan: HubPlan): Promise<number> {
  const { port, graceDays, places, everyMs, keep, address, elsewhere } = plan;
  const folder = await openHubFolder(data, { alone: true, databaseUrl: address ?? null, elsewhere });
  const say = (line: object) => {
    process.stderr.write(`${JSON.stringify({ at: new Date().toISOString(), ...line })}\n`);
  };
  const backups = places.length === 0 ? null : { places, everyMs, keep };
  const running = await startHub({ folder, host: values.host, port, graceDays, backups, say });
  const told = { url: running.url, authority: folder.fingerprint };
  process.stdout.write(values.json ? `${JSON.stringify(told)}\n` : `${sentence('serve.hub-ready', told)}\n`);
  const stopped = new Promise<void>((stop) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stop());
  });
  const isOvertaken = await Promise.race([stopped.then(() => false), running.overtaken.then(() => true)]);
  await running.close();
  if (isOvertaken) process.stderr.write(`${sentence('serve.hub-overtaken')}\n`);
  return isOvertaken ? exitCode.refused : exitCode.done;
}

/** What a hub that is stopped keeps, into PostgreSQL and its parts into a store. */
export async function moveHub(
  values: Values,
  data: string,
  elsewhere: S3Address | null,
): Promise<number | null> {
  const databaseUrl = values['database-url'] ?? null;
  if (databaseUrl === null && elsewhere === null) return null;
  const moved = await migrateHub(data, { databaseUrl, elsewhere });
  const place = elsewhere?.name ?? '';
  const told = [
    ...(moved === null ? [] : [sentence('serve.files-moved', { ...moved, place })]),
    ...(databaseUrl === null ? [] : [sentence('serve.hub-migrated')]),
  ];
  process.stdout.write(
    values.json ? `${JSON.stringify({ moved, database: databaseUrl !== null })}\n` : `${told.join('\n')}\n`,
  );
  return exitCode.done;
}

/** `antin serve hub-invite --data DIR --url URL`: a code that one agency joins with. */
async function inviteAgency(
  { url, json, 'database-url': databaseUrl }: Values,
  data: string,
): Promise<number | null> {
  if (url === undefined) return null;
  const hub = await openHubFolder(data, { alone: false, databaseUrl: databaseUrl ?? null });
  try {
    const code = newCode();
    await hub.store.invite(codeHashOf(code), instantFrom(Date.now() + invitationHours * 3_600_000));
    const invitation = writeHubInvitation({ url, authority: hub.identity.authority, code });
    process.stdout.write(json ? `${JSON.stringify({ invitation })}\n` : `${invitation}\n`);
    return exitCode.done;
  } finally {
    await hub.close();
  }
}

/** `antin serve admit --data DIR --agency NAME-OR-ID --code DIGITS`: once the agency has read its digits out. */
async function admit(
  { agency, code, json, 'database-url': databaseUrl }: Values,
  data: string,
): Promise<number | null> {
  if (agency === undefined || code === undefined) return null;
  const hub = await openHubFolder(data, { alone: false, databaseUrl: databaseUrl ?? null });
  try {
    const members = await hub.store.members();
    const found = members.find(({ member }) => member.id === agency || member.details.name === agency);
    if (found === undefined) throw new AppError('hub.nobody-called', { name: agency });
    const { id, details } = found.member;
    const isRight =
      pairCode(hub.fingerprint, details.fingerprint).replaceAll(' ', '') === code.replaceAll(/\D/gu, '');
    if (!isRight) throw new AppError('exchange.other-code', { name: details.name });
    await hub.store.settle(id, 'joined');
    process.stdout.write(
      json ? `${JSON.stringify({ id })}\n` : `${sentence('serve.admitted', { name: details.name })}\n`,
    );
    return exitCode.done;
  } finally {
    await hub.close();
  }
}

/** `antin serve connect --data DIR --invitation TEXT [--by NAME] [--database-url URL]`: makes the exchange keys and asks a hub to be let in. */
async function connectAgency(values: Values, data: string): Promise<number | null> {
  const { invitation, by, json } = values;
  if (invitation === undefined) return null;
  return atAgency(values, data, async (at) => {
    const person = await whoActs(at, by);
    const told = await connect(at.folder, { invitation, by: person.id });
    process.stdout.write(
      json ? `${JSON.stringify(told)}\n` : `${sentence('serve.connected', { code: told.code })}\n`,
    );
    return exitCode.done;
  });
}

/** `antin serve peers --data DIR [--database-url URL]`: who is there, and the digits to read to each. */
function listPeers(values: Values, data: string): Promise<number> {
  return atAgency(values, data, async (at) => {
    const peers = await peersAt(at);
    const own = peers.find((peer) => peer.own);
    const rows = peers
      .filter((peer) => !peer.own)
      .map(({ id, name, state, fingerprint }) => ({
        id,
        name,
        state,
        code:
          own === undefined || own.fingerprint === null || fingerprint === null
            ? ''
            : pairCode(own.fingerprint, fingerprint),
      }));
    const lines = rows.map(({ id, name, state, code }) => [name, state, code, id].join('\t'));
    process.stdout.write(values.json ? `${JSON.stringify(rows)}\n` : `${lines.join('\n')}\n`);
    return exitCode.done;
  });
}

/** `antin serve confirm --data DIR --agency NAME-OR-ID --code DIGITS [--by NAME] [--database-url URL]`: what the other side read out. */
async function confirm(values: Values, data: string): Promise<number | null> {
  const { agency, code, by } = values;
  if (agency === undefined || code === undefined) return null;
  return atAgency(values, data, async (at) => {
    const peer = (await peersAt(at)).find(({ id, name }) => id === agency || name === agency);
    if (peer === undefined) throw new AppError('exchange.unknown-peer');
    const { entry } = await at.decide({
      id: CommandIdSchema.parse(uuidV7From(Date.now(), randomBytes(10))),
      name: 'exchange.confirmPeer',
      actor: (await whoActs(at, by)).id,
      onBehalfOf: null,
      claimedAt: instantFrom(Date.now()),
      body: { peerId: peer.id, code },
    });
    if (entry.refusal !== null) throw new AppError(entry.refusal.code, entry.refusal.params);
    process.stdout.write(`${sentence('serve.admitted', { name: peer.name })}\n`);
    return exitCode.done;
  });
}
