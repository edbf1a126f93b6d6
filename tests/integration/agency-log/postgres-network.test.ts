import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, connect, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openPostgres, type PostgresStore } from '#server/log/postgres-store.ts';
import { usualPatience } from '#server/log/postgres-pool.ts';
import { serveDatabase } from '#server/log/serving.ts';
import { AgencyIdSchema, instantFrom, type AgencyId } from '#shared/kernel/public.ts';
import { Fenced } from '#shared/node/agency-log/public.ts';
import { protocolVersion } from '#shared/sync/public.ts';
import { systemClock } from '#electron/platform/clock.ts';
import { refusalOf } from '../../support/store.ts';
import { ownPostgres, standbyFor, type OwnPostgres, type Standby } from '../../support/postgres.ts';
import { plainCalendar } from '../../support/ask.ts';

const patience = { ...usualPatience, connectMs: 700, statementMs: 800, silentMs: 1200, lockMs: 500 };
const newAgency = (): AgencyId => AgencyIdSchema.parse(systemClock.newId());

/** A line to a database that can go silent: nothing breaks, and nothing comes any more. */
type Line = Readonly<{
  url: string;
  silence: () => void;
  speak: () => void;
  /** What comes in one piece with the next commit's answer. */
  afterCommit: (bytes: Buffer) => void;
  close: () => void;
}>;

/** A NoticeResponse of the wire protocol (PostgreSQL, message formats). */
function warning(code: string, message: string): Buffer {
  const fields = Buffer.from(`SWARNING\0VWARNING\0C${code}\0M${message}\0\0`);
  const head = Buffer.from('N\0\0\0\0');
  head.writeInt32BE(fields.length + 4, 1);
  return Buffer.concat([head, fields]);
}

function lineTo({ home, url }: OwnPostgres): Promise<Line> {
  const place = mkdtempSync(join(tmpdir(), 'antin-line-'));
  const sockets = new Set<Socket>();
  let isSilent = false;
  let behindCommit: Buffer | null = null;
  const server: Server = createServer((here) => {
    const there = connect(join(home, '.s.PGSQL.5432'));
    for (const [from, to] of [
      [here, there],
      [there, here],
    ] as const) {
      sockets.add(from);
      from.on('error', () => to.destroy());
      from.on('close', () => to.destroy());
      from.on('data', (bytes) => {
        if (isSilent) return;
        const isCommitted = from === there && behindCommit !== null && bytes.includes('COMMIT\0');
        to.write(isCommitted && behindCommit !== null ? Buffer.concat([bytes, behindCommit]) : bytes);
        if (isCommitted) behindCommit = null;
      });
    }
  });
  return new Promise((ready) => {
    server.listen(join(place, '.s.PGSQL.5432'), () => {
      ready({
        url: url.replace(encodeURIComponent(home), encodeURIComponent(place)),
        silence: () => {
          isSilent = true;
        },
        speak: () => {
          isSilent = false;
        },
        afterCommit: (bytes) => {
          behindCommit = bytes;
        },
        close: () => {
          for (const socket of sockets) socket.destroy();
          server.close();
          rmSync(place, { recursive: true, force: true });
        },
      });
    });
  });
}

let postgres: OwnPostgres;
beforeAll(async () => {
  postgres = await ownPostgres();
});
afterAll(async () => {
  await postgres.remove();
});

const keepStable = (store: PostgresStore, seq: number) =>
  store.run((log) => {
    log.keepStable(seq);
  });

describe('a database over a bad network', () => {
  it('that goes silent is named in time, and worked with again when it speaks', async () => {
    const line = await lineTo(postgres);
    const store = await openPostgres(line.url, newAgency(), patience);
    try {
      await keepStable(store, 1);
      line.silence();
      const since = performance.now();
      expect(await refusalOf(() => keepStable(store, 2))).toBe('server.database-silent');
      expect(performance.now() - since).toBeLessThan(10_000);
      expect(await refusalOf(() => keepStable(store, 2))).toMatch(/^server[.]database-(?:silent|away)$/u);
      line.speak();
      await keepStable(store, 3);
      expect(await store.run((log) => log.stableSeq())).toBe(3);
    } finally {
      line.speak();
      await store.close();
      line.close();
    }
  });

  it('that goes down as it answers is named as gone, and what it kept is found again', async () => {
    const line = await lineTo(postgres);
    const store = await openPostgres(line.url, newAgency(), patience);
    try {
      line.afterCommit(warning('57P01', 'terminating connection due to immediate shutdown command'));
      expect(await refusalOf(() => keepStable(store, 1))).toBe('server.database-away');
      expect(await store.run((log) => log.stableSeq())).toBe(1);
      line.afterCommit(warning('01000', 'canceling wait for synchronous replication due to user request'));
      expect(await refusalOf(() => keepStable(store, 2))).toBe('server.database-silent');
      expect(await store.run((log) => log.stableSeq())).toBe(2);
    } finally {
      await store.close();
      line.close();
    }
  });

  it('whose row somebody else holds is waited for no longer than that', async () => {
    const agencyId = newAgency();
    const [store, other] = [
      await openPostgres(postgres.url, agencyId, patience),
      await openPostgres(postgres.url, agencyId, patience),
    ];
    const held = Promise.withResolvers<void>();
    const letGo = Promise.withResolvers<void>();
    const holding = other.whileWriter(0, () => {
      held.resolve();
      return letGo.promise;
    });
    await held.promise;
    expect(await refusalOf(() => keepStable(store, 1))).toBe('server.database-silent');
    letGo.resolve();
    await holding;
    await keepStable(store, 1);
    await store.close();
    await other.close();
  });

  it('that would lose what it answered for is not begun with', async () => {
    const careless = async (setting: string): Promise<void> => {
      postgres.sql(`ALTER SYSTEM ${setting}`);
      postgres.sql('SELECT pg_reload_conf()');
      await new Promise((soon) => setTimeout(soon, 300));
    };
    await careless('SET fsync = off');
    try {
      await expect(openPostgres(postgres.url, newAgency())).rejects.toMatchObject({
        code: 'server.database-careless',
        params: { name: 'fsync', setting: 'off', value: 'on' },
      });
    } finally {
      await careless('RESET fsync');
    }
  });
});

describe('two who write in one database', () => {
  const nobody = () => Promise.resolve({ has: () => false, letGo: () => undefined });

  it('an overtaken server answers nobody, though it remembers everything', async () => {
    const agencyId = newAgency();
    const parts = { agencyId, calendar: plainCalendar, files: nobody, isShown: () => false };
    const [one, two] = [
      await openPostgres(postgres.url, agencyId),
      await openPostgres(postgres.url, agencyId),
    ];
    const first = await serveDatabase(one, parts);
    const device = systemClock.newId() as never;
    const pull = { version: protocolVersion, agencyId, device, known: {}, limit: 10 };
    expect(await first.pull(pull)).toEqual({ stopped: 'unknown-device' });
    const second = await serveDatabase(two, parts);
    const questions: readonly (() => Promise<unknown>)[] = [
      () => first.pull(pull),
      () => first.whyNotBelieve(device),
      () => first.whyNotDevice(device, 'x', 'x'),
      () => first.writerAt(device, device),
      () => first.collecting.whileWriter(() => Promise.resolve()),
      () => first.markStable(1),
    ];
    for (const ask of questions) await expect(ask()).rejects.toThrow(Fenced);
    expect(await second.pull(pull)).toEqual({ stopped: 'unknown-device' });
    await one.close();
    await two.close();
  });

  it('whoever writes beside a server under its epoch is seen by it, and it goes on', async () => {
    const agencyId = newAgency();
    const [server, beside] = [
      await openPostgres(postgres.url, agencyId),
      await openPostgres(postgres.url, agencyId),
    ];
    await server.run((log) => log.takeOver());
    await keepStable(server, 1);
    const entry = (seq: number) => ({
      seq,
      agencyId,
      command: {
        id: systemClock.newId(),
        name: 'x.y',
        actor: systemClock.newId(),
        onBehalfOf: null,
        claimedAt: instantFrom(Date.now()),
        body: {},
      },
      recordedAt: instantFrom(Date.now()),
      acts: [],
      refusal: null,
    });
    await beside.run((log) => {
      log.append(entry(1) as never, 'a'.repeat(64) as never);
    });
    await server.run((log) => {
      log.append(entry(log.head().seq + 1) as never, 'b'.repeat(64) as never);
    });
    expect(await beside.run((log) => log.head().seq)).toBe(2);
    await server.close();
    await beside.close();
  });
});

describe('a database with a standby that its commits wait for', () => {
  let primary: OwnPostgres;
  let standby: Standby;
  beforeAll(async () => {
    primary = await ownPostgres();
    standby = await standbyFor(primary);
  }, 60_000);
  afterAll(async () => {
    await primary.remove();
    await standby.remove();
  });

  const fill = (store: PostgresStore, seqs: readonly number[]) =>
    store.run((log) => {
      for (const seq of seqs) {
        const command = {
          id: systemClock.newId(),
          name: 'x.y',
          actor: systemClock.newId(),
          onBehalfOf: null,
          claimedAt: instantFrom(Date.now()),
          body: {},
        };
        const entry = { seq, command, recordedAt: instantFrom(Date.now()), acts: [], refusal: null };
        log.append(entry as never, String(seq).padStart(64, '0') as never);
      }
    });
  const stableOf = (store: PostgresStore) => store.run((log) => log.stableSeq());

  async function waitFor(holds: () => Promise<boolean>, ms = 15_000): Promise<boolean> {
    for (const endMs = Date.now() + ms; Date.now() < endMs;) {
      if (await holds()) return true;
      await new Promise((soon) => setTimeout(soon, 50));
    }
    return false;
  }

  it('calls safe what that standby has, and has all of it when the first machine is lost', async () => {
    const agencyId = newAgency();
    const store = await openPostgres(primary.url, agencyId, patience);
    await fill(store, [1, 2, 3]);
    // Nobody trusts a standby that was not asked for.
    expect(await stableOf(store)).toBe(0);
    expect(await store.trustStandby()).toBe('waited-for');
    await fill(store, [4, 5]);
    expect(await waitFor(async () => (await stableOf(store)) === 5)).toBe(true);

    // The standby is gone: nobody is answered for what it does not have, and nothing new is called safe.
    await standby.kill();
    expect(await refusalOf(() => fill(store, [6]))).toBe('server.database-silent');
    expect(await stableOf(store)).toBe(5);
    await standby.start();
    expect(await waitFor(async () => (await store.run((log) => log.head().seq)) === 6)).toBe(true);
    await fill(store, [7]);
    const safe = async () => (await stableOf(store)) >= 6;
    expect(await waitFor(safe)).toBe(true);
    const [stable, head] = [await stableOf(store), await store.run((log) => log.head().seq)];

    await primary.kill();
    expect(await refusalOf(() => fill(store, [8]))).toBe('server.database-away');
    await store.close();
    await standby.promote();
    const after = await openPostgres(standby.url, agencyId, patience);
    const kept = await after.run((log) => ({ head: log.head().seq, stable: log.stableSeq() }));
    expect(kept.head).toBe(head);
    expect(kept.stable).toBeGreaterThanOrEqual(stable);
    expect(kept.stable).toBeLessThanOrEqual(kept.head);
    // The new machine has no standby yet: it works on, and calls nothing new safe.
    expect(await after.trustStandby()).toBe('none');
    await fill(after, [head + 1]);
    expect(await after.run((log) => log.head().seq)).toBe(head + 1);
    expect(await stableOf(after)).toBe(kept.stable);
    await after.close();
  }, 90_000);

  it('says so where its address lets nobody in', async () => {
    const url = postgres.url.replace('/postgres?', '/khong-co?');
    await expect(openPostgres(url, newAgency())).rejects.toMatchObject({ code: 'server.database-refused' });
  });

  it('is not believed where it cannot be looked at', async () => {
    postgres.sql('CREATE ROLE van_thu LOGIN');
    postgres.sql('CREATE DATABASE van_thu OWNER van_thu');
    const url = postgres.url.replace(/\/\/[^@]+@\/postgres/u, '//van_thu@/van_thu');
    const store = await openPostgres(url, newAgency());
    try {
      postgres.sql("ALTER SYSTEM SET synchronous_standby_names = '*'");
      postgres.sql('SELECT pg_reload_conf()');
      expect(await waitFor(async () => (await store.trustStandby()) === 'hidden')).toBe(true);
      postgres.sql('SET synchronous_commit = local; GRANT pg_monitor TO van_thu');
      expect(await store.trustStandby()).toBe('waited-for');
    } finally {
      await store.close();
      postgres.sql('ALTER SYSTEM RESET synchronous_standby_names');
      postgres.sql('SELECT pg_reload_conf()');
    }
  }, 60_000);
});
