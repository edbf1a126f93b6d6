import { randomBytes } from 'node:crypto';
import { pairCode } from '../../shared/exchange/public.ts';
import { AppError, CommandIdSchema, instantFrom, uuidV7From } from '../../shared/kernel/public.ts';
import { newCode } from '../../shared/node/agency-log/public.ts';
import { codeHashOf } from '../../shared/sync/public.ts';
import { holidays } from '../../electron/store/holidays.ts';
import { anAdministrator, findPerson } from '../../server/features/devices/find-person.ts';
import { logMustBeHere } from '../../server/data/where-things-are.ts';
import {
  agencyServer,
  connect,
  openAgencyFolder,
  openHubFolder,
  startHub,
  writeHubInvitation,
} from '../../server/main.ts';
import { exitCode } from '../dispatch.ts';
import { listAlarms } from './exchange-alarms.ts';
import { setUpLine, testLines } from './line-acts.ts';
import { sentence } from '../setup/sentences.mjs';

type Values = Readonly<{
  host: string;
  port: string;
  'grace-days': string;
  url?: string | undefined;
  agency?: string | undefined;
  by?: string | undefined;
  invitation?: string | undefined;
  code?: string | undefined;
  settings?: string | undefined;
  json: boolean;
}>;

/** How long a hub's code is good. */
const invitationHours = 72;

/** What is done beside a running server, by the word after `serve`; null for wrong usage. */
export const exchangeActs: Readonly<
  Partial<Record<string, (values: Values, data: string) => Promise<number | null>>>
> = {
  'hub-invite': (values, data) => Promise.resolve(inviteAgency(values, data)),
  admit: (values, data) => Promise.resolve(admit(values, data)),
  connect: connectAgency,
  line: setUpLine,
  lines: testLines,
  peers: listPeers,
  alarms: (values, data) => Promise.resolve(listAlarms(values, data)),
  confirm,
};

/** `antin serve --role hub --data DIR [--host H] [--port N] [--grace-days N]`: carries sealed parcels between agencies. */
export async function serveHub(values: Values, data: string): Promise<number> {
  const port = Number(values.port);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) {
    throw new AppError('server.unreadable', { path: values.port });
  }
  const graceDays = Number(values['grace-days']);
  if (!Number.isInteger(graceDays) || graceDays < 1) return exitCode.usage;
  const folder = openHubFolder(data, { alone: true });
  const say = (line: object) => {
    process.stderr.write(`${JSON.stringify({ at: new Date().toISOString(), ...line })}\n`);
  };
  const { url, close } = await startHub({ folder, host: values.host, port, graceDays, say });
  const told = { url, authority: folder.fingerprint };
  process.stdout.write(values.json ? `${JSON.stringify(told)}\n` : `${sentence('serve.ready', told)}\n`);
  await new Promise<void>((stop) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stop());
  });
  await close();
  return exitCode.done;
}

/** `antin serve hub-invite --data DIR --url URL`: a code that one agency joins with. */
function inviteAgency({ url, json }: Values, data: string): number | null {
  if (url === undefined) return null;
  const hub = openHubFolder(data, { alone: false });
  try {
    const code = newCode();
    hub.store.invite(codeHashOf(code), instantFrom(Date.now() + invitationHours * 3_600_000));
    const invitation = writeHubInvitation({ url, authority: hub.identity.authority, code });
    process.stdout.write(json ? `${JSON.stringify({ invitation })}\n` : `${invitation}\n`);
    return exitCode.done;
  } finally {
    hub.close();
  }
}

/** `antin serve admit --data DIR --agency NAME-OR-ID --code DIGITS`: once the agency has read its digits out. */
function admit({ agency, code, json }: Values, data: string): number | null {
  if (agency === undefined || code === undefined) return null;
  const hub = openHubFolder(data, { alone: false });
  try {
    const found = hub.store
      .members()
      .find(({ member }) => member.id === agency || member.details.name === agency);
    if (found === undefined) throw new AppError('hub.nobody-called', { name: agency });
    const { id, details } = found.member;
    const isRight =
      pairCode(hub.fingerprint, details.fingerprint).replaceAll(' ', '') === code.replaceAll(/\D/gu, '');
    if (!isRight) throw new AppError('exchange.other-code', { name: details.name });
    hub.store.settle(id, 'joined');
    process.stdout.write(
      json ? `${JSON.stringify({ id })}\n` : `${sentence('serve.admitted', { name: details.name })}\n`,
    );
    return exitCode.done;
  } finally {
    hub.close();
  }
}

/** `antin serve connect --data DIR --invitation TEXT [--by NAME]`: makes the exchange keys and asks a hub to be let in. */
async function connectAgency({ invitation, by, json }: Values, data: string): Promise<number | null> {
  if (invitation === undefined) return null;
  const folder = openAgencyFolder(data);
  try {
    await logMustBeHere(folder, null);
    const people = folder.people();
    const person = by === undefined ? anAdministrator(people) : findPerson(people, by);
    const told = await connect(folder, { invitation, by: person.id });
    process.stdout.write(
      json ? `${JSON.stringify(told)}\n` : `${sentence('serve.connected', { code: told.code })}\n`,
    );
    return exitCode.done;
  } finally {
    folder.close();
  }
}

/** `antin serve peers --data DIR`: who is there, and the digits to read to each. */
async function listPeers({ json }: Values, data: string): Promise<number> {
  const folder = openAgencyFolder(data);
  try {
    await logMustBeHere(folder, null);
    const peers = folder.exchange.peers();
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
    process.stdout.write(json ? `${JSON.stringify(rows)}\n` : `${lines.join('\n')}\n`);
    return exitCode.done;
  } finally {
    folder.close();
  }
}

/** `antin serve confirm --data DIR --agency NAME-OR-ID --code DIGITS [--by NAME]`: what the other side read out. */
async function confirm({ agency, code, by }: Values, data: string): Promise<number | null> {
  if (agency === undefined || code === undefined) return null;
  const folder = openAgencyFolder(data);
  try {
    await logMustBeHere(folder, null);
    const peer = folder.exchange.peers().find(({ id, name }) => id === agency || name === agency);
    if (peer === undefined) throw new AppError('exchange.unknown-peer');
    const people = folder.people();
    const person = by === undefined ? anAdministrator(people) : findPerson(people, by);
    const { entry } = agencyServer({ folder, calendar: holidays }).decide({
      id: CommandIdSchema.parse(uuidV7From(Date.now(), randomBytes(10))),
      name: 'exchange.confirmPeer',
      actor: person.id,
      onBehalfOf: null,
      claimedAt: instantFrom(Date.now()),
      body: { peerId: peer.id, code },
    });
    if (entry.refusal !== null) throw new AppError(entry.refusal.code, entry.refusal.params);
    process.stdout.write(`${sentence('serve.admitted', { name: peer.name })}\n`);
    return exitCode.done;
  } finally {
    folder.close();
  }
}
