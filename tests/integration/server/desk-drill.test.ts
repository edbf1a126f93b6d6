import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { DocumentId } from '#shared/kernel/public.ts';
import { invite } from '#server/features/devices/invite.ts';
import { agencyServer, openAgencyFolder } from '#server/main.ts';
import { holidays } from '#electron/store/holidays.ts';
import { readInvitation } from '#shared/node/agency-log/public.ts';
import { takeIn } from '../../support/letters-in.ts';
import {
  even,
  eventually,
  manyMachines,
  passphrase,
  refusalOf,
  type Machine,
} from '../../support/machines.ts';

const many = manyMachines(20_484, ['clerk']);
const { at, begin, stopServer, machine, joined, closeAll } = many;
const program = resolve(import.meta.dirname, '../../../cli/antin.mjs');
const who = () => ({ agencyId: at.agencyId, personId: at.agency.staff.clerk.id, passphrase });

vi.setConfig({ testTimeout: 120_000 });
beforeAll(begin);
afterAll(many.end);

/** `antin` as a process of its own. */
function antin(...args: readonly string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [program, ...args, '--json'], {
    encoding: 'utf8',
  });
  return { status, said: stdout + stderr };
}

function passphraseFile(): string {
  const path = join(at.data, '..', 'mk.txt');
  writeFileSync(path, `${passphrase}\n`);
  return path;
}

function restore(from: string, to: string) {
  return antin(
    'restore',
    '--from',
    from,
    '--data',
    to,
    '--person',
    who().personId,
    '--passphrase-file',
    passphraseFile(),
  );
}

async function isRecorded({ client }: Machine, documents: readonly DocumentId[]): Promise<void> {
  for (const documentId of documents) {
    expect(await client.documents.page({ documentId })).toMatchObject({ kept: 'recorded' });
  }
}

/** One more invitation, given at the server itself while it stands still. */
async function another(): Promise<string> {
  await stopServer();
  const folder = openAgencyFolder(at.data);
  const told = readInvitation(at.invitation('clerk'));
  if (told === null) throw new Error('No invitation');
  const text = invite({
    folder,
    server: agencyServer({ folder, calendar: holidays }),
    personId: who().personId,
    by: at.agency.staff.administrator.id,
    url: told.url,
    authority: told.authority,
  });
  folder.close();
  await begin();
  return text;
}

test('a machine that is lost with unsent work comes back from its daily copy, and the work goes out by itself', async () => {
  const clerk = await joined('văn thư', 'clerk');
  const place = join(dirname(clerk.home), 'nơi khác');
  await even(clerk);
  const early = await takeIn(clerk, 'đã ở máy chủ');
  await even(clerk);
  await stopServer();
  const waiting = [await takeIn(clerk, 'chưa gửi một'), await takeIn(clerk, 'chưa gửi hai')];
  expect(await refusalOf(clerk.client.session.arrangeBackups({ place: 'usb' }))).toBe('store.backup-place');
  await clerk.client.session.arrangeBackups({ place });
  expect(await clerk.client.session.safety({})).toMatchObject({ place, fault: null, mayArrange: true });
  closeAll();
  rmSync(clerk.home, { recursive: true });

  const [version = ''] = readdirSync(place);
  expect(version).toContain(`.${who().personId}-`);
  // What the server has is left there; what only this desk had is in the copy, and the copy is whole.
  const blobs = readdirSync(join(place, version, 'blobs')).flatMap((shelf) =>
    readdirSync(join(place, version, 'blobs', shelf)),
  );
  expect(blobs).toHaveLength(2);
  const home = join(dirname(clerk.home), 'máy mới');
  expect(restore(place, home)).toMatchObject({ status: 0 });
  await begin();
  const again = machine('máy mới');
  await again.client.session.signIn(who());
  await even(again);
  await isRecorded(again, [early, ...waiting]);
  const { document } = await again.client.documents.page({ documentId: early });
  const hash = document.direction === 'incoming' ? document.file?.hash : undefined;
  if (hash === undefined) throw new Error('No file');
  await eventually(
    'the file that was left at the server comes again',
    () =>
      again.client.documents.readFile({ documentId: early, hash, offset: 0, length: 10 }).catch(() => null),
    (file) => file !== null,
  );
});

test('a desk restored from an old copy says so, joins again under a new key, and loses and doubles nothing', async () => {
  closeAll();
  const clerk = machine('máy mới');
  await clerk.client.session.signIn(who());
  await even(clerk);
  await stopServer();
  const inCopy = await takeIn(clerk, 'có trong bản sao');
  const place = join(dirname(clerk.home), 'nơi khác nữa');
  mkdirSync(place);
  closeAll();
  const made = antin(
    'backup',
    '--data',
    clerk.home,
    '--to',
    place,
    '--person',
    who().personId,
    '--passphrase-file',
    passphraseFile(),
  );
  expect(made).toMatchObject({ status: 0 });
  await begin();
  const later = machine('máy mới');
  await later.client.session.signIn(who());
  const after = await takeIn(later, 'sau bản sao');
  await even(later);
  closeAll();

  const home = join(dirname(clerk.home), 'máy từ bản cũ');
  expect(restore(place, home)).toMatchObject({ status: 0 });
  const old = machine('máy từ bản cũ');
  await old.client.session.signIn(who());
  const { standing } = await eventually(
    'it is told that it came from an old copy',
    () => old.client.sync.standing({}),
    ({ standing: now }) => now?.state === 'stopped',
  );
  expect(standing?.because).toBe('copied');
  const only = await takeIn(old, 'làm trên bản cũ');
  await old.client.sync.rejoin({ text: await another() });
  await old.client.session.signIn(who());
  await even(old);
  await isRecorded(old, [inCopy, after, only]);
  closeAll();
  await stopServer();
  const folder = openAgencyFolder(at.data);
  const decided = folder.log
    .entriesAfter(0, 10_000)
    .map(({ entry }) => entry.command.body as { documentId?: string });
  folder.close();
  for (const documentId of [inCopy, after, only]) {
    expect(decided.filter((body) => body.documentId === documentId)).toHaveLength(1);
  }
});

test('the server’s own folder is copied and brought back by the same two commands', () => {
  const place = join(at.data, '..', 'bản sao máy chủ');
  const made = antin('backup', '--data', at.data, '--to', place);
  expect(made).toMatchObject({ status: 0 });
  const back = join(at.data, '..', 'máy chủ mới');
  expect(antin('restore', '--from', place, '--data', back)).toMatchObject({ status: 64 });
  const key = join(at.data, 'server.key');
  expect(antin('restore', '--from', place, '--data', back, '--key-file', key)).toMatchObject({ status: 0 });
  const [one, other] = [at.data, back].map((data) => {
    const folder = openAgencyFolder(data);
    const found = { head: folder.log.head(), files: folder.blobs.all() };
    folder.close();
    return found;
  });
  expect(other).toEqual(one);
  expect(existsSync(join(place, 'blobs'))).toBe(true);
});
