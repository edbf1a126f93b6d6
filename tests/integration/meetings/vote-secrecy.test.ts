import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { zstdDecompressSync } from 'node:zlib';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { holidays } from '#electron/store/holidays.ts';
import { agencyServer, openAgencyFolder, versionsIn } from '#server/main.ts';
import type { VoteId } from '#shared/kernel/public.ts';
import type { SecretBallot } from '#shared/meetings/public.ts';
import { openBlobs } from '#shared/node/blobs/public.ts';
import { openEncrypted } from '#shared/node/sqlite/public.ts';
import {
  knowsBallots,
  linksIn,
  rowOf,
  rowsOf,
  type KeptRow,
  type KnownVoter,
} from '../../support/ballot-links.ts';
import { antin, deskCopies } from '../../support/desk-copies.ts';
import { newCommand } from '../../support/machines.ts';
import { ownPostgres, type OwnPostgres } from '../../support/postgres.ts';
import { mark, voters, votingAgency } from '../../support/voting-agency.ts';

const options = ['so-mot', 'so-hai', 'so-ba'];
const said = { head: 'so-mot', deputy: 'so-hai', unitHead: 'so-mot', officer: 'so-ba' } as const;

describe.each(['file', 'postgres'] as const)('a secret vote whose server keeps its log in a %s', (engine) => {
  const agency = votingAgency(engine === 'file' ? 20_493 : 20_494);
  const { many, staff } = agency;
  const { data } = many.at;
  const backups = join(data, '..', 'bản sao');
  const copies = deskCopies(agency);
  const copied = { during: '', after: '' };
  let postgres: OwnPostgres | null = null;
  let voteId: VoteId;
  let box: readonly SecretBallot[] = [];
  let known: readonly KnownVoter[] = [];
  let during: readonly string[] = [];
  let exported = '';

  const begin = () =>
    many.beginWith(
      '--backup-to',
      backups,
      '--backup-keep',
      '9',
      ...(postgres === null ? [] : ['--database-url', postgres.url]),
    );

  beforeAll(async () => {
    const [itemId] = agency.prepare(1);
    if (engine === 'postgres') {
      postgres = await ownPostgres();
      antin('serve', 'migrate', '--data', data, '--database-url', postgres.url);
    }
    await begin();
    await agency.joinAll();
    const body = agency.opening(itemId ?? '');
    ({ voteId } = body);
    const { client } = agency.machineOf('head');
    expect(await client.meetings.openVote({ commandId: newCommand(), body })).toMatchObject({ ok: true });
    for (const who of voters) await agency.seen(who, voteId, 'open');
    for (const who of ['head', 'deputy'] as const) await agency.cast(who, voteId, mark(said[who]));
    // A copy is made as it stops, another as it begins.
    await many.stopServer();
    await begin();
    during = versionsIn(backups);
    copied.during = await copies.makeAtWork('đang bỏ phiếu');
    for (const who of ['unitHead', 'officer'] as const) await agency.cast(who, voteId, mark(said[who]));
    await client.meetings.closeVote({ commandId: newCommand(), body: { voteId } });
    for (const who of voters) await agency.seen(who, voteId, 'closed');
    const { vote } = await agency.seen('head', voteId, 'closed');
    ({ box } = vote);
    many.closeAll();
    await many.stopServer();
    known = agency.atFolder((folder) =>
      voters.map((who) => {
        const { id, name } = staff[who];
        const devices = folder.states('device') as readonly { id: string; person: string }[];
        const own = devices.filter(({ person }) => person === id).map((device) => device.id);
        return { id, by: [id, name, ...own, vote.tokens[id] ?? ''] };
      }),
    );
    copied.after = copies.make('đã đếm');
    exported = antin('audit', 'export', '--server', data);
  }, 400_000);
  afterAll(async () => {
    await many.end();
    await postgres?.remove();
  });

  async function everything(): Promise<readonly KeptRow[]> {
    const rows: KeptRow[] = [...atServer(), ...inBackups(versionsIn(backups)), ...(await inSnapshots())];
    rows.push(...(await atDesks()), ...(await inPostgres()));
    for (const from of [copied.during, copied.after]) rows.push(...(await copies.rowsIn(from)));
    rows.push(...exported.split('\n').map((text) => ({ where: 'export', text })));
    rows.push(
      ...many
        .said()
        .split('\n')
        .map((text) => ({ where: 'words of the server', text })),
    );
    return rows;
  }

  const atServer = () => agency.atFolder((folder) => rowsOf(folder.db, 'server'));

  function inBackups(versions: readonly string[]): readonly KeptRow[] {
    const key = readFileSync(join(data, 'server.key'));
    return versions.flatMap((version) => {
      const db = openEncrypted({ path: join(version, 'agency.db'), key });
      const rows = rowsOf(db, `backup ${version}`);
      db.close();
      return rows;
    });
  }

  async function inSnapshots(): Promise<readonly KeptRow[]> {
    const folder = openAgencyFolder(data);
    const server = agencyServer({ folder, calendar: holidays });
    const shelf = folder.openSnapshots((code) => {
      throw new Error(code);
    });
    shelf.begin({
      scopeHead: (scope) => Promise.resolve(server.scopeHead(scope)),
      stretchOf: (...asked) => Promise.resolve(server.stretchOf(...asked)),
    });
    const scopes = folder.db.prepare('SELECT DISTINCT scope FROM scope_item').pluck().all() as string[];
    for (const scope of scopes) await shelf.freshen(scope);
    await shelf.stop();
    const blobs = openBlobs({ folder: join(data, 'snapshots'), dataKey: folder.dataKey });
    const rows: KeptRow[] = [];
    for (const hash of blobs.all()) {
      const bytes = await blobs.read(hash, 0, blobs.size(hash) ?? 0);
      const lines = zstdDecompressSync(bytes).toString().split('\n');
      rows.push(...lines.map((text) => ({ where: 'snapshot', text })));
    }
    folder.close();
    return rows;
  }

  async function atDesks(): Promise<readonly KeptRow[]> {
    const rows: KeptRow[] = [];
    for (const who of voters) {
      const { folder, key } = await agency.dataKeyOf(who);
      const db = openEncrypted({ path: join(folder, 'office.db'), key });
      rows.push(...rowsOf(db, `desk ${who}`));
      db.close();
    }
    return rows;
  }

  async function inPostgres(): Promise<readonly KeptRow[]> {
    if (postgres === null) return [];
    const client = new Client({ connectionString: postgres.url });
    await client.connect();
    const { rows: tables } = await client.query<{ name: string }>(
      "SELECT table_name AS name FROM information_schema.tables WHERE table_schema = 'public'",
    );
    const found: KeptRow[] = [];
    for (const { name } of tables) {
      const { rows } = await client.query<object>(`SELECT ctid::text, xmin::text, * FROM "${name}"`);
      found.push(...rows.map((row) => rowOf(`postgres ${name}`, row)));
    }
    await client.end();
    return found;
  }

  const asked = () => ({ box, voters: known, options });

  test('no row of any database, backup, snapshot, export or log links a voter to a choice', async () => {
    const rows = await everything();
    expect(linksIn(rows, asked())).toEqual([]);
    // What was looked through does know the ballots, everywhere they are published.
    const places = new Set(rows.filter((row) => knowsBallots(row, box)).map(({ where }) => where));
    const wanted = [
      'server log',
      'server aggregate',
      'export',
      'snapshot',
      ...voters.flatMap((who) => [`desk ${who} log`, `copy of ${who} log`]),
    ];
    expect([...places]).toEqual(expect.arrayContaining(wanted));
    if (engine === 'postgres') expect(places).toContain('postgres log');
    expect(many.said()).toContain('stopped');
  });

  test('a copy taken while the vote was on knows no ballot and no key, and the box is gone afterwards', () => {
    expect(during.length).toBeGreaterThan(1);
    const rows = inBackups(during);
    expect(rows.some(({ text }) => text.includes('voteKeyed'))).toBe(true);
    expect(rows.filter((row) => knowsBallots(row, box))).toEqual([]);
    expect(rows.filter(({ text }) => text.includes('PRIVATE KEY-----') && text.includes(voteId))).toEqual([]);
    const names = readdirSync(backups, { recursive: true, encoding: 'utf8' });
    expect(names.filter((name) => name.includes('boxes') || name.includes(voteId))).toEqual([]);
    const left = join(data, 'boxes');
    expect(existsSync(left) ? readdirSync(left) : []).toEqual([]);
  });

  test('a copy that a desk made of itself while the vote was on knows who has voted and no ballot', async () => {
    const rows = await copies.rowsIn(copied.during);
    for (const who of voters) {
      const own = rows.filter(({ where }) => where === `copy of ${who} log`);
      expect(own.some(({ text }) => text.includes('tokenTaken'))).toBe(true);
    }
    expect(rows.filter((row) => knowsBallots(row, box))).toEqual([]);
  });

  test('a link that somebody planted at a desk is found in the copy of that desk', async () => {
    const { folder, key } = await agency.dataKeyOf('deputy');
    const [{ serial } = { serial: '' }] = box;
    const [voter = ''] = known[0]?.by ?? [];
    const plant = (sql: string, ...values: readonly string[]): void => {
      const db = openEncrypted({ path: join(folder, 'office.db'), key });
      db.prepare(sql).run(...values);
      db.close();
    };
    plant("INSERT INTO setting (name, value) VALUES ('planted', ?)", `${voter} ${serial}`);
    const from = copies.make('có dấu', ['deputy']);
    plant("DELETE FROM setting WHERE name = 'planted'");
    expect(linksIn(await copies.rowsIn(from, ['deputy']), asked())).toEqual([
      'copy of deputy setting: some ballots and not the others',
    ]);
  });

  test('a link that somebody planted is found', async () => {
    const { folder, key } = await agency.dataKeyOf('head');
    const [ballot] = box;
    if (ballot === undefined) throw new Error('The box is empty');
    const [voter = ''] = known[0]?.by ?? [];
    const raw = Buffer.from(ballot.serial, 'base64url');
    const plants: readonly (readonly [string, string, readonly unknown[]])[] = [
      ['a voter and a serial', 'a TEXT, b TEXT', [voter, ballot.serial]],
      ['a serial in bytes', 'a TEXT, b BLOB', [voter, raw]],
      ['the order they came in', 'n INTEGER PRIMARY KEY, b TEXT', [1, ballot.serial]],
      ['an hour and a token', 'a TEXT, b TEXT', [new Date().toISOString(), ballot.token]],
      ['a voter and a choice', 'a TEXT, b TEXT', [voter, 'so-mot']],
      ['all of them in another order', 'a TEXT', [JSON.stringify(box.toReversed())]],
      ['a voter among them', 'a TEXT', [JSON.stringify({ box: box.map((one) => ({ voter, ...one })) })]],
    ];
    const found = plants.map(([what, columns, values]) => {
      const db = openEncrypted({ path: join(folder, 'office.db'), key });
      db.exec(`CREATE TABLE planted (${columns})`);
      db.prepare(`INSERT INTO planted VALUES (${values.map(() => '?').join(', ')})`).run(...values);
      const links = linksIn(rowsOf(db, 'desk'), asked());
      db.exec('DROP TABLE planted');
      db.close();
      return [what, links.length];
    });
    expect(found).toEqual(plants.map(([what]) => [what, 1]));
  });

  test('an auditor recounts it from the export alone', () => {
    const folder = join(data, '..', 'người ngoài');
    mkdirSync(folder);
    const page = readFileSync(join(import.meta.dirname, '../../../docs/secret-votes.md'), 'utf8');
    writeFileSync(join(folder, 'recount.mjs'), /```js\n([^]*?)```/u.exec(page)?.[1] ?? '');
    writeFileSync(join(folder, 'nhat-ky.jsonl'), exported);
    const args = ['recount.mjs', 'nhat-ky.jsonl', voteId];
    const { status, stdout } = spawnSync(process.execPath, args, { cwd: folder, encoding: 'utf8' });
    const counts = { 'so-mot': 2, 'so-hai': 1, 'so-ba': 1 };
    expect([status, JSON.parse(stdout)]).toEqual([0, { electors: 4, tokens: 4, ballots: 4, bad: 0, counts }]);
  });
});
