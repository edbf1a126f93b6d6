import { once } from 'node:events';
import { Pool } from 'pg';
import { holidays } from '#electron/store/holidays.ts';
import { migrate, openAgencyFolder, openPostgres } from '#server/main.ts';
import { serveDatabase } from '#server/log/serving.ts';
import type { AgencyAtServer } from '../../support/agency-server.ts';
import { ownPostgres, type OwnPostgres } from '../../support/postgres.ts';
import { measurePushes } from './pushes.ts';
import { limit, type SyncRow } from './rows.ts';
import { aDraft, pushOf, type Sender } from './senders.ts';

const together = 10;
const inAGroup = 1000;

/** One writer deciding over PostgreSQL, beside what PostgreSQL does with the bare rows; then everything is killed. */
export async function measurePostgres(
  at: AgencyAtServer,
  port: number,
  senders: readonly Sender[],
  commands: number,
): Promise<readonly SyncRow[]> {
  const postgres = await ownPostgres();
  try {
    return [
      ...(await measureRaw(postgres)),
      await measureDeciding(at, postgres, senders, commands),
      ...(await measureComingBack(at, port, { postgres, senders })),
    ];
  } finally {
    await postgres.remove();
  }
}

async function measureDeciding(
  at: AgencyAtServer,
  postgres: OwnPostgres,
  senders: readonly Sender[],
  commands: number,
): Promise<SyncRow> {
  const folder = openAgencyFolder(at.data);
  const store = await openPostgres(postgres.url, at.agencyId);
  try {
    await migrate(folder, store);
    // The papers measured here speak of no files.
    const nobody = () => Promise.resolve({ has: () => false, letGo: () => undefined });
    const parts = { agencyId: at.agencyId, calendar: holidays, files: nobody, isShown: () => false };
    const serving = await serveDatabase(store, parts);
    // Each device has been heard before, as in an office at work: its key is at hand.
    const first = senders.map((sender) => pushOf(at.agencyId, sender, [aDraft(at.agency.staff.clerk.id)]));
    await serving.pushAll(first);
    const pushes = Array.from({ length: Math.ceil(commands / together) }, (_none, place) => {
      const sender = senders[place % senders.length];
      if (sender === undefined) throw new Error('Nobody was enrolled');
      return pushOf(
        at.agencyId,
        sender,
        Array.from({ length: together }, () => aDraft(at.agency.staff.clerk.id)),
      );
    });
    const startedAt = performance.now();
    // As the doors do: checks begin when a push is here, and what waits goes into the next group.
    const ahead = pushes.map(async (push) => serving.checkAhead(push));
    for (let from = 0; from < pushes.length; from += inAGroup / together) {
      await Promise.all(ahead.slice(from, from + inAGroup / together));
      const replies = await serving.pushAll(pushes.slice(from, from + inAGroup / together));
      if (replies.some(({ stopped }) => stopped !== null)) throw new Error('A push was stopped');
    }
    const value = (pushes.length * together * 1000) / (performance.now() - startedAt);
    const name = `PostgreSQL, one writer, signed, groups of ${inAGroup}`;
    return { row: 5, name, value, unit: '/s', gate: { least: 10_000 } };
  } finally {
    await store.close();
    folder.close();
  }
}

/** Server and database killed together, as by a power cut; until a command is decided again. */
async function measureComingBack(
  at: AgencyAtServer,
  port: number,
  { postgres, senders }: Readonly<{ postgres: OwnPostgres; senders: readonly Sender[] }>,
): Promise<readonly SyncRow[]> {
  const onDatabase = ['--database-url', postgres.url] as const;
  const first = await at.start(...onDatabase);
  await measurePushes(at, port, senders.slice(0, 1), 10);
  first.child.kill('SIGKILL');
  await Promise.all([once(first.child, 'exit'), postgres.kill()]);
  const startedAt = performance.now();
  await postgres.start();
  const again = await at.start(...onDatabase);
  await measurePushes(at, port, senders.slice(0, 1), 1);
  const value = performance.now() - startedAt;
  again.child.kill('SIGTERM');
  await once(again.child, 'exit');
  const name = 'server and PostgreSQL killed, deciding again';
  return [{ row: 12, name, value, unit: 'ms', gate: { most: 30_000 } }];
}

/** The same rows in the same groups, with nothing decided, hashed or checked. */
async function measureRaw({ url }: OwnPostgres): Promise<readonly SyncRow[]> {
  const pool = new Pool({ connectionString: url, max: 1 });
  try {
    await pool.query(
      'CREATE TABLE raw (agency uuid, seq bigint, text text, more text, PRIMARY KEY (agency, seq))',
    );
    const text = 'ă'.repeat(700);
    const agency = '01890000-0000-7000-8000-000000000001';
    const perSecond = async (size: number, groups: number, from: number) => {
      const startedAt = performance.now();
      for (let group = 0; group < groups; group += 1) {
        const seqs = Array.from({ length: size }, (_none, place) => from + group * size + place);
        await pool.query(
          'INSERT INTO raw SELECT $1::uuid, * FROM unnest($2::bigint[], $3::text[], $4::text[])',
          [agency, seqs, seqs.map(() => text), seqs.map(() => text)],
        );
      }
      return (size * groups * 1000) / (performance.now() - startedAt);
    };
    await perSecond(inAGroup, 2, 0);
    return [
      limit('PostgreSQL, bare rows one by one (limit)', await perSecond(1, 300, 100_000), '/s'),
      limit(
        `PostgreSQL, bare rows in groups of ${inAGroup} (limit)`,
        await perSecond(inAGroup, 10, 200_000),
        '/s',
      ),
    ];
  } finally {
    await pool.end();
  }
}
