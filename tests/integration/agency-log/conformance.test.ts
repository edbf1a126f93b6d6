import { mkdtempSync, rmSync } from 'node:fs';
import { randomBytes } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openPostgres } from '#server/log/postgres-store.ts';
import { ref, type AgencyId, type Command, type LogHead } from '#shared/kernel/public.ts';
import {
  Fenced,
  agencyLogTables,
  openServer,
  sqliteAgencyLog,
  type AgencyLog,
  type AgencyServer,
} from '#shared/node/agency-log/public.ts';
import { walkChain } from '#shared/node/sequencer/public.ts';
import { openEncrypted } from '#shared/node/sqlite/public.ts';
import { allGuards, ownScope, type ScopeHead } from '#shared/sync/public.ts';
import { beginIdsAt } from '../../support/builders.ts';
import { play } from '../../support/any-day.ts';
import { drawMove } from '../../support/office-moves.ts';
import { ownPostgres, type OwnPostgres } from '../../support/postgres.ts';
import { memoryEngine, openSmallAgency } from '../../support/small-agency.ts';
import { chanceOf } from '../../simulation/chance.ts';
import { sequencerOf } from '../../simulation/sequencer-of.ts';

/** An adapter of the log as a server uses it: work on it is kept whole or not at all. */
type Store = Readonly<{
  run: <Result>(work: (log: AgencyLog) => Result) => Promise<Result>;
  close: () => Promise<void>;
}>;

let postgres: OwnPostgres;
const folder = mkdtempSync(join(tmpdir(), 'Ấn Tín nhật ký '));
const key = randomBytes(32);

beforeAll(async () => {
  postgres = await ownPostgres();
});
afterAll(async () => {
  await postgres.remove();
  rmSync(folder, { recursive: true, force: true });
});

const adapters: readonly (readonly [string, (agencyId: AgencyId) => Promise<Store>])[] = [
  [
    'SQLite',
    (agencyId) => {
      const db = openEncrypted({ path: join(folder, `${agencyId}.db`), key });
      db.exec(agencyLogTables);
      const log = sqliteAgencyLog(db);
      return Promise.resolve({
        run: (work) => Promise.resolve().then(() => log.transaction(() => work(log))),
        close: () => Promise.resolve(void db.close()),
      });
    },
  ],
  ['PostgreSQL', (agencyId) => openPostgres(postgres.url, agencyId)],
];

/** A year at the office, as its sequencer in memory decided it: the commands, in order. */
function story(
  first: number,
  count: number,
): Readonly<{ agencyId: AgencyId; commands: readonly Command[]; people: readonly string[] }> {
  beginIdsAt(first);
  const commands: Command[] = [];
  let agencyId: AgencyId | undefined;
  const agency = openSmallAgency((setting) => {
    agencyId = setting.agencyId;
    const engine = memoryEngine(setting);
    return {
      ...engine,
      decide: (command) => {
        commands.push(command);
        engine.decide(command);
      },
    };
  });
  const chance = chanceOf(first);
  play(
    agency,
    Array.from({ length: count }, () => drawMove(chance)),
  );
  if (agencyId === undefined) throw new Error('No agency was founded');
  return { agencyId, commands, people: Object.values(agency.staff).map(({ id }) => id) };
}

/** The server over a log, at the times the commands claim: the same on every engine. */
function serverOver(log: AgencyLog, agencyId: AgencyId, now: () => Command['claimedAt']): AgencyServer {
  const sequencer = { ...sequencerOf(agencyId, now), log };
  return openServer({ agencyId, certificates: false, sequencer, guards: allGuards, missingFiles: () => [] });
}

async function playOn(store: Store, { agencyId, commands }: ReturnType<typeof story>): Promise<void> {
  for (let at = 0; at < commands.length; at += 25) {
    const group = commands.slice(at, at + 25);
    await store.run((log) => {
      let now = group[0]?.claimedAt;
      const server = serverOver(log, agencyId, () => now ?? ('' as never));
      for (const command of group) {
        now = command.claimedAt;
        server.decide(command);
      }
    });
  }
}

type Summary = Readonly<{
  head: LogHead;
  scopes: readonly (readonly [string, ScopeHead])[];
  chain: unknown;
  touched: number;
}>;

function summaryOf(log: AgencyLog, people: readonly string[]): Summary {
  const scopes = ['directory', 'agency', ...people.map((id) => ownScope(id as never))];
  return {
    head: log.head(),
    scopes: scopes.map((scope) => [scope, log.scopeHead(scope)] as const),
    chain: walkChain(log.entriesAfter(0, 100_000)),
    touched: log.seqsOf(ref('person', people[0] ?? '')).length,
  };
}

describe.for(adapters)('the log in %s', ([, open]) => {
  it('decides a story as every other engine does, to the hash of every scope', async () => {
    const told = story(40_000_000, 200);
    const store = await open(told.agencyId);
    await playOn(store, told);
    const summary = await store.run((log) => summaryOf(log, told.people));
    await store.close();
    expect(summary.chain).toMatchObject({ ok: true });
    // Each engine is held against the same figures: those of the first that told the story.
    expected ??= summary;
    expect(summary).toEqual(expected);
    expect(summary.head.seq).toBe(told.commands.length);
  });

  it('gives back after a restart what it kept', async () => {
    const told = story(40_000_000, 200);
    const store = await open(told.agencyId);
    const again = await store.run((log) => summaryOf(log, told.people));
    const items = await store.run((log) => log.itemsAfter('directory', 0, 5));
    await store.close();
    expect(again).toEqual(expected);
    expect(items.map(({ n }) => n)).toEqual([1, 2, 3, 4, 5]);
  });

  it('gives a long stretch of a scope, all of it read for the first time, in one go', async () => {
    const told = story(40_000_000, 200);
    const store = await open(told.agencyId);
    const found = await store.run((log) => {
      const scopes = told.people.map((id) => ownScope(id as never));
      const [longest] = scopes.toSorted((a, b) => log.scopeHead(b).n - log.scopeHead(a).n);
      if (longest === undefined) throw new Error('Nobody is there');
      const server = serverOver(log, told.agencyId, () => '' as never);
      return server.stretchOf(longest, 0, 150);
    });
    await store.close();
    expect(new Set(found.items.map(({ seq }) => seq)).size).toBeGreaterThan(60);
    expect(found.entries).toHaveLength(new Set(found.items.map(({ seq }) => seq)).size);
  });

  it('answers a command that comes twice as it did the first time', async () => {
    const told = story(41_000_000, 10);
    const store = await open(told.agencyId);
    await playOn(store, told);
    const before = await store.run((log) => log.head());
    await playOn(store, told);
    expect(await store.run((log) => log.head())).toEqual(before);
    await store.close();
  });

  it('keeps nothing of work that fails', async () => {
    const told = story(42_000_000, 10);
    const store = await open(told.agencyId);
    await playOn(store, told);
    const before = await store.run((log) => summaryOf(log, told.people));
    const failing = store.run((log) => {
      const entry = log.entry(1);
      if (entry === null) throw new Error('The log is empty');
      log.keepDseq('019b0000-0000-7000-8000-000000000001' as never, 7);
      log.append(
        {
          ...entry.entry,
          seq: before.head.seq + 1,
          command: { ...entry.entry.command, id: '019b0000-0000-7000-8000-000000000002' as never },
        },
        entry.hash,
      );
      throw new Error('The power went');
    });
    await expect(failing).rejects.toThrow('The power went');
    expect(await store.run((log) => summaryOf(log, told.people))).toEqual(before);
    expect(await store.run((log) => log.lastDseq('019b0000-0000-7000-8000-000000000001' as never))).toBe(0);
    await store.close();
  });

  it('lets a later run of the server take over, and the earlier one write no more', async () => {
    const told = story(43_000_000, 10);
    const [first, rest] = [told.commands.slice(0, -1), told.commands.slice(-1)];
    const [one, other] = [await open(told.agencyId), await open(told.agencyId)];
    await playOn(one, { ...told, commands: first });
    const now = () => told.commands.at(-1)?.claimedAt ?? ('' as never);
    const mine = await one.run((log) => log.takeOver());
    await other.run((log) => log.takeOver());
    const [command] = rest;
    if (command === undefined) throw new Error('Nothing to send');
    const writing = one.run((log) => {
      if (log.writer() !== mine) throw new Fenced();
      return serverOver({ ...log, takeOver: () => mine }, told.agencyId, now).decide(command);
    });
    await expect(writing).rejects.toThrow(Fenced);
    expect(await other.run((log) => log.decisionOn(command.id))).toBeNull();
    await one.close();
    await other.close();
  });
});

let expected: Summary | undefined;

describe('PostgreSQL alone', () => {
  it('keeps many agencies in one database without one seeing another', async () => {
    const [a, b] = [story(44_000_000, 30), story(45_000_000, 30)];
    const [one, two] = [
      await openPostgres(postgres.url, a.agencyId),
      await openPostgres(postgres.url, b.agencyId),
    ];
    await Promise.all([playOn(one, a), playOn(two, b)]);
    const heads = [await one.run((log) => log.head().seq), await two.run((log) => log.head().seq)];
    expect(heads).toEqual([a.commands.length, b.commands.length]);
    expect(await two.run((log) => log.decisionOn(a.commands[0]?.id ?? ('' as never)))).toMatchObject({
      entry: { agencyId: b.agencyId },
    });
    await one.close();
    await two.close();
  });

  it(
    'has every group it answered for after its server was killed in the middle',
    { timeout: 60_000 },
    async () => {
      // More than any machine decides before it is killed.
      const told = story(46_000_000, 1500);
      const store = await openPostgres(postgres.url, told.agencyId);
      let answered = 0;
      const working = (async () => {
        for (const command of told.commands) {
          await playOn(store, { ...told, commands: [command] });
          answered += 1;
        }
      })();
      const failed = working.then(
        () => null,
        (error: unknown) => error,
      );
      while (answered < 20) await new Promise((soon) => setTimeout(soon, 5));
      await postgres.kill();
      expect(await failed).toMatchObject({ code: 'server.database-away' });
      await postgres.start();
      const kept = await store.run((log) => log.entriesAfter(0, 10_000));
      expect(walkChain(kept)).toMatchObject({ ok: true });
      expect(kept.length).toBeGreaterThanOrEqual(answered);
      expect(kept.length).toBeLessThanOrEqual(answered + 1);
      // It goes on where it was.
      await playOn(store, told);
      expect(await store.run((log) => log.head().seq)).toBe(told.commands.length);
      await store.close();
    },
  );
});
