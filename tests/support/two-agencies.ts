import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { holidays } from '#electron/store/holidays.ts';
import {
  agencyServer,
  connect,
  migrate,
  openAgencyFolder,
  openHubFolder,
  openPostgres,
  writeHubInvitation,
  type HubFolder,
} from '#server/main.ts';
import { pairCode } from '#shared/exchange/public.ts';
import {
  CommandIdSchema,
  dayOf,
  instantFrom,
  ref,
  uuidV7From,
  type DocumentId,
  type PersonId,
} from '#shared/kernel/public.ts';
import type { Outgoing } from '#shared/documents/public.ts';
import { sqliteGateway, type GatewayStore } from '#shared/node/exchange/public.ts';
import type { Zippable } from '#shared/node/files/public.ts';
import { openEncrypted } from '#shared/node/sqlite/public.ts';
import { codeHashOf } from '#shared/sync/public.ts';
import type { AgencyAtServer } from './agency-server.ts';
import { aSummary, ids } from './builders.ts';
import { fieldedPdf } from './fielded-pdf.ts';

const program = resolve(import.meta.dirname, '../../cli/antin.mjs');
const freshId = () => uuidV7From(Date.now(), randomBytes(10));

export type HubAt = Readonly<{
  data: string;
  url: string;
  /** With what was added to its arguments. */
  start: (...more: readonly string[]) => Promise<ChildProcess>;
  /** Its folder, beside its running program. */
  open: () => Promise<HubFolder>;
  /** `antin serve` with these words, on the hub's folder; gives what it said in JSON. */
  serve: (act: string, ...more: readonly string[]) => string;
  remove: () => void;
}>;

/** A hub's folder, and its program as a process of its own; what it keeps in a database where one is named. */
export function hubAt(port: number, databaseUrl: string | null = null): HubAt {
  const home = mkdtempSync(join(tmpdir(), 'Ấn Tín trục '));
  const data = join(home, 'trục');
  const over = databaseUrl === null ? [] : ['--database-url', databaseUrl];
  return {
    data,
    url: `https://127.0.0.1:${port}`,
    open: () => openHubFolder(data, { alone: false, databaseUrl }),
    start: async (...more) => {
      const own = ['--data', data, '--port', String(port), ...over, '--json', ...more];
      const args = [program, 'serve', '--role', 'hub', ...own];
      const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'] });
      const said: string[] = [];
      child.stderr.on('data', (chunk: Buffer) => said.push(chunk.toString()));
      for await (const line of createInterface({ input: child.stdout })) {
        if (line.startsWith('{')) return child;
      }
      throw new Error(`The hub did not start: ${said.join('')}`);
    },
    serve: (act, ...more) => {
      const args = [program, 'serve', act, '--data', data, ...over, '--json', ...more];
      const { status, stdout, stderr } = spawnSync(process.execPath, args, {
        encoding: 'utf8',
        timeout: 30_000,
      });
      if (status !== 0) throw new Error(`antin serve ${act}: ${status ?? 'did not end'} ${stderr}`);
      return stdout;
    },
    remove: () => {
      rmSync(home, { recursive: true, force: true });
    },
  };
}

/** Lets an agency join a running hub: a code, its keys, and the digits compared on both sides. */
export async function joinHub(hub: Pick<HubAt, 'open' | 'url'>, at: AgencyAtServer): Promise<void> {
  const there = await hub.open();
  const code = freshId();
  await there.store.invite(codeHashOf(code), instantFrom(Date.now() + 60_000));
  const invitation = writeHubInvitation({ url: hub.url, authority: there.identity.authority, code });
  const folder = openAgencyFolder(at.data);
  const told = await connect(folder, { invitation, by: at.agency.staff.administrator.id });
  folder.close();
  const fingerprint = (await there.store.member(at.agencyId))?.member.details.fingerprint;
  if (fingerprint === undefined || pairCode(there.fingerprint, fingerprint) !== told.code) {
    throw new Error('The digits differ');
  }
  await there.store.settle(at.agencyId, 'joined');
  await there.close();
}

/** Takes an agency whose server is stopped over to a database. */
export async function moveToDatabase({ data }: AgencyAtServer, databaseUrl: string): Promise<void> {
  const folder = openAgencyFolder(data);
  const store = await openPostgres(databaseUrl, folder.file.agencyId);
  await migrate(folder, store);
  await store.close();
  folder.close();
}

/** What an agency's gateway keeps, read beside its running server. */
export function gatewayOf({ data }: AgencyAtServer): GatewayStore & Readonly<{ close: () => void }> {
  const db = openEncrypted({ path: join(data, 'agency.db'), key: readFileSync(join(data, 'server.key')) });
  return { ...sqliteGateway(db), close: () => void db.close() };
}

export type Sealed = Readonly<{ documentId: DocumentId; document: Outgoing; bytes: Uint8Array }>;

/** As many pages that differ. */
export function somePages(count: number): readonly Uint8Array[] {
  return Array.from({ length: count }, (_none, n) =>
    fieldedPdf({ says: `ngày tháng năm ${n + 1}`, glyphsOnly: true }),
  );
}

/** Papers of these pages, with what goes beside each, that are signed, numbered and sealed; made in an agency's folder before its server starts. */
export async function sealedPapers(
  at: AgencyAtServer,
  pages: readonly Uint8Array[],
  beside: readonly (Zippable | undefined)[] = [],
): Promise<readonly Sealed[]> {
  const folder = openAgencyFolder(at.data);
  const server = agencyServer({ folder, calendar: holidays });
  const { officer, head, clerk } = at.agency.staff;
  const act = (by: PersonId, name: string, body: unknown) => {
    const { entry } = server.decide({
      id: CommandIdSchema.parse(freshId()),
      name,
      actor: by,
      onBehalfOf: null,
      claimedAt: instantFrom(Date.now()),
      body,
    });
    if (entry.refusal !== null) throw new Error(`${name}: ${entry.refusal.code}`);
  };
  const papers: Sealed[] = [];
  for (const [place, bytes] of pages.entries()) {
    const n = place + 1;
    const documentId = ids.document();
    const file = { ...(await folder.ownBlobs.put(bytes)), name: `van-ban-${n}.pdf`, pages: 1 };
    const step = { id: ids.step(), kind: 'sign', person: head.id, authority: null, delegation: null };
    const summary = aSummary({ subject: `về việc số ${n}` });
    act(officer.id, 'drafting.start', { documentId, summary, repliesTo: null });
    const extra = beside[place];
    if (extra !== undefined) {
      const attached = { ...(await folder.ownBlobs.put(extra.bytes)), name: extra.name, pages: 0 };
      act(officer.id, 'drafting.addAttachment', { documentId, file: attached });
    }
    act(officer.id, 'workflow.submit', { documentId, summary, file, content: file.hash, steps: [step] });
    act(head.id, 'workflow.signStep', {
      documentId,
      stepId: step.id,
      file,
      signedOver: file.hash,
      delegation: null,
    });
    const issuedOn = dayOf(instantFrom(Date.now()));
    act(clerk.id, 'documents.number', { documentId, book: 'all', issuedOn });
    act(clerk.id, 'documents.seal', { documentId, file, attachments: [] });
    papers.push({
      documentId,
      document: folder.log.state(ref('document', documentId))?.state as Outgoing,
      bytes,
    });
  }
  folder.close();
  return papers;
}

export async function ended(child: ChildProcess, signal: 'SIGTERM' | 'SIGKILL' = 'SIGTERM'): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, 'exit');
  child.kill(signal);
  await gone;
}
