import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { systemClock } from '#electron/platform/clock.ts';
import { join as joinAgency } from '#electron/sync/join.ts';
import { openAgencyFolder } from '#server/main.ts';
import { walkChain } from '#shared/node/sequencer/public.ts';
import { aLetter, agencyAtServer, enrolDesk, startDesk, until } from '../../support/agency-server.ts';
import { ownPostgres, type OwnPostgres } from '../../support/postgres.ts';
import { startS3, type S3StandIn } from '../../support/s3.ts';

const at = agencyAtServer(20_465, ['clerk']);
const elsewhere = mkdtempSync(join(tmpdir(), 'Ấn Tín tỉnh '));
const program = resolve(import.meta.dirname, '../../../cli/antin.mjs');
let postgres: OwnPostgres;
let s3: S3StandIn;

beforeAll(async () => {
  [postgres, s3] = await Promise.all([ownPostgres(), startS3()]);
  Object.assign(process.env, s3.keys);
});
afterAll(async () => {
  await postgres.remove();
  await s3.close();
  rmSync(elsewhere, { recursive: true, force: true });
  at.remove();
});

/** The store answers from this very process: nothing here may wait for another one without letting it. */
async function antin(...args: readonly string[]) {
  const child = spawn(process.execPath, [program, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  const [out, err]: [string[], string[]] = [[], []];
  child.stdout.on('data', (piece: Buffer) => out.push(piece.toString()));
  child.stderr.on('data', (piece: Buffer) => err.push(piece.toString()));
  const [status] = (await once(child, 'close')) as [number];
  return { status, stdout: out.join(''), stderr: err.join('') };
}

const inStore = (hash: string) => [...s3.objects.keys()].some((key) => key.endsWith(hash));

test(
  'an office goes over to a database and a store, is safe there, and comes back from its copy',
  { timeout: 240_000 },
  async () => {
    const key = join(elsewhere, 'server.key');
    copyFileSync(join(at.data, 'server.key'), key);
    const before = openAgencyFolder(at.data);
    const { hash: old } = await before.ownBlobs.put(Buffer.from('văn bản cũ'));
    before.close();
    const database = ['--database-url', postgres.url] as const;
    const blobs = ['--blobs', s3.address('so')] as const;

    const moved = await antin('serve', 'migrate', '--data', at.data, ...database, ...blobs, '--json');
    expect(moved).toMatchObject({ status: 0, stderr: '' });
    const [files, log] = moved.stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as unknown);
    expect([files, log]).toEqual([
      { files: 1, damaged: 0 },
      expect.objectContaining({ rows: expect.any(Number) as number }),
    ]);
    expect(inStore(old)).toBe(true);
    // The old file is a copy from now on: nobody serves from it.
    expect(await antin('serve', '--role', 'agency', '--data', at.data, ...blobs)).toMatchObject({
      status: 1,
      stderr: expect.stringContaining('--database-url') as string,
    });

    const copies = join(elsewhere, 'bản sao');
    const backups = ['--backup-to', copies, '--backup-minutes', '0.01', '--backup-keep', '2'];
    let server = await at.start(...database, ...blobs, ...backups);
    const desk = startDesk(at, await enrolDesk(at, 'clerk'));
    const letters = [await aLetter(desk, 3000), await aLetter(desk, 2 * 1024 * 1024)];
    try {
      await until('the desk knows the agency', () => desk.link.state().kind === 'even');
      s3.fail('PUT', 'overloaded', 'cut-before-answer');
      for (const letter of letters) desk.give('documents.receive', letter);
      await until(
        'everything is safe in a second place',
        () => {
          desk.link.poke();
          return desk.desk.owed().unsent === 0 && desk.desk.owed().unsafe === 0;
        },
        60_000,
      );
      for (const { file } of letters) {
        expect(inStore(file.hash)).toBe(true);
        expect(existsSync(join(copies, 'blobs', file.hash.slice(0, 2), file.hash))).toBe(true);
      }

      // Invited from the command line while the server is at work, and it works on.
      const { id, name } = at.agency.staff.officer;
      const where = ['--data', at.data, '--person', id, '--url', `https://127.0.0.1:${at.port}`];
      const invited = await antin('serve', 'invite', ...where, ...database);
      expect(invited).toMatchObject({ status: 0, stderr: '' });
      const joined = await joinAgency(invited.stdout.trim(), 'máy mới', systemClock);
      expect(joined.invitation.personName).toBe(name);
      desk.give('documents.receive', await aLetter(desk));
      await until('the server went on', () => desk.desk.owed().unsent === 0);
      expect(server.child.exitCode).toBeNull();
      await until(
        'that is safe too',
        () => {
          desk.link.poke();
          return desk.desk.owed().unsafe === 0;
        },
        40_000,
      );

      // The machine, its database and its store are lost.
      server.child.kill('SIGKILL');
      await once(server.child, 'exit');
      rmSync(at.data, { recursive: true, force: true });
      s3.objects.clear();
      const newStore = ['--blobs', s3.address('moi')] as const;
      const back = ['serve', 'restore', '--data', at.data, '--from', copies, '--key-file', key] as const;
      const restored = await antin(...back, ...newStore);
      expect(restored).toMatchObject({ status: 0, stderr: '' });
      for (const { file } of letters) expect(inStore(file.hash)).toBe(true);
      server = await at.start(...newStore);
      desk.give('documents.receive', await aLetter(desk));
      await until('it goes on from the copy', () => desk.desk.owed().unsent === 0, 40_000);
      expect(desk.faults.filter((fault) => (fault as { code?: string }).code !== 'sync.server-away')).toEqual(
        [],
      );
    } finally {
      await desk.stop();
      server.child.kill('SIGTERM');
      await once(server.child, 'exit');
    }
    const shown = await antin('serve', 'blobs', '--data', at.data, '--blobs', s3.address('moi'), '--json');
    expect(JSON.parse(shown.stdout)).toMatchObject({ files: 4, named: 4, removed: [], isDry: true });
    const folder = openAgencyFolder(at.data);
    const entries = folder.log.entriesAfter(0, 10_000);
    folder.close();
    expect(walkChain(entries)).toMatchObject({ ok: true });
  },
);
