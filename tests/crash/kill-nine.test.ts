import { once } from 'node:events';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { deskFolder, listDesks, openDeskFolder } from '#electron/features/session/open-desk.ts';
import { createSample, samplePassphrase } from '#electron/features/session/sample-office.ts';
import { systemClock } from '#electron/platform/clock.ts';
import { openKeyring } from '#electron/store/keyring.ts';
import { CommandIdSchema, DocumentIdSchema, type DocumentId, type PersonId } from '#shared/kernel/public.ts';
import { walkChain } from '#shared/node/sequencer/public.ts';
import { connectAsBrowser, type OfficeClient } from '../support/browser-client.ts';
import { everyReadModel } from '../support/read-models.ts';
import { killHard, startOfficeProcess } from '../support/started-office.ts';

const rounds = Number(process.env['ANTIN_KILL_ROUNDS'] ?? 60);

/** Two machines, each killed half as often: while one starts, the other works. */
const homes = [0, 1].map(() => mkdtempSync(join(tmpdir(), 'antin-kill-')));
beforeAll(async () => {
  const [first = '', ...others] = homes;
  await createSample(first, systemClock);
  for (const other of others) cpSync(first, other, { recursive: true });
}, 120_000);
afterAll(() => {
  for (const home of homes) rmSync(home, { recursive: true, force: true });
});

test(
  'nothing that was acknowledged is lost, however often the office is killed',
  { timeout: Math.max(900_000, rounds * 5000) },
  async () => {
    await Promise.all(homes.map((home) => killOften(home, Math.ceil(rounds / homes.length))));
  },
);

async function killOften(home: string, times: number): Promise<void> {
  const acknowledged = new Map<DocumentId, string>();
  for (let round = 0; round < times; round += 1) {
    const { url, child } = await startOfficeProcess(home);
    const { client, close } = await connectAsBrowser(url);
    await signInAsOfficer(client);
    await expectAllThere(client, acknowledged, round);
    // From the first act that was acknowledged on: a slow machine is killed at work too, and never before it.
    const begun = Promise.withResolvers<undefined>();
    const gone = once(child, 'exit').then(() => null);
    const killed = begun.promise.then(() => after((round * 37) % 180)).then(() => killHard(child));
    for (let turn = 0; ; turn += 1) {
      const done = await Promise.race([startDraft(client, `Vòng ${round}, lượt ${turn}`), gone]);
      if (done === null) break;
      acknowledged.set(done.documentId, done.subject);
      begun.resolve(undefined);
    }
    begun.resolve(undefined);
    await killed;
    close();
  }
  const desk = await openSampleDesk(home);
  try {
    const entries = desk.desk.log.entriesAfter(0, 1_000_000);
    expect(walkChain(entries).ok).toBe(true);
    const starts = new Set(entries.flatMap(({ entry }) => entry.acts.map((act) => act.on.id)));
    expect([...acknowledged.keys()].filter((id) => !starts.has(id))).toEqual([]);
    const kept = everyReadModel(desk.desk.db);
    desk.desk.rebuild();
    expect(everyReadModel(desk.desk.db)).toEqual(kept);
    expect(desk.desk.db.pragma('integrity_check', { simple: true })).toBe('ok');
  } finally {
    desk.close();
  }
  expect(acknowledged.size).toBeGreaterThanOrEqual(times);
}

/** Begins a draft and tells which once that is acknowledged; null where nobody answers any more. */
async function startDraft(client: OfficeClient, subject: string) {
  const documentId = DocumentIdSchema.parse(systemClock.newId());
  const summary = {
    kind: 'CV',
    template: 'cong-van',
    subject,
    symbol: '',
    urgency: 'normal' as const,
    dueOn: null,
  };
  const commandId = CommandIdSchema.parse(systemClock.newId());
  const body = { documentId, summary, repliesTo: null };
  const reply = await client.drafting.start({ commandId, body }).catch(() => null);
  if (reply === null) return null;
  expect(reply.ok).toBe(true);
  return { documentId, subject };
}

async function expectAllThere(
  client: OfficeClient,
  acknowledged: ReadonlyMap<DocumentId, string>,
  round: number,
) {
  const newest = [...acknowledged].filter(([, subject]) => subject.startsWith(`Vòng ${round - 1},`));
  for (const [documentId, subject] of newest.slice(-20)) {
    const { row } = await client.documents.page({ documentId });
    expect(row.subject).toBe(subject);
  }
}

async function signInAsOfficer(client: OfficeClient): Promise<void> {
  const { desks } = await client.session.agencies({});
  const [desk] = desks;
  const officer = desk?.people.find(({ name }) => name === 'Bùi Thị Ngọc');
  if (desk === undefined || officer === undefined) throw new Error('The sample has no officer');
  await client.session.signIn({
    agencyId: desk.agencyId,
    personId: officer.id,
    passphrase: samplePassphrase,
  });
}

async function openSampleDesk(home: string) {
  const desk = listDesks(home).find(({ agencyName }) => agencyName.startsWith('Sở'));
  if (desk === undefined) throw new Error('The sample is gone');
  const folder = deskFolder(home, desk.agencyId);
  const keyring = openKeyring(join(folder, 'keys.json'));
  const now = systemClock.now();
  const holder = keyring.people(now)[0]?.id as PersonId;
  const dataKey = await keyring.unlock(holder, samplePassphrase, now);
  return openDeskFolder(folder, desk.agencyId, { dataKey, clock: systemClock });
}

function after(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
