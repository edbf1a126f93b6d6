import { createPrivateKey } from 'node:crypto';
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { documentsProjection } from '#electron/features/documents/projection.ts';
import { workflowProjection } from '#electron/features/workflow/projection.ts';
import { systemClock } from '#electron/platform/clock.ts';
import { holidays } from '#electron/store/holidays.ts';
import { openJoinedDesk } from '#electron/store/joined-desk.ts';
import { migrate } from '#electron/store/migrate.ts';
import { migrations } from '#electron/store/migrations/index.ts';
import { DeviceIdSchema } from '#shared/kernel/public.ts';
import { openInMemory } from '#shared/node/sqlite/public.ts';
import {
  OfferReplySchema,
  PageSchema,
  PieceReplySchema,
  PullRequestSchema,
  PushReplySchema,
  PushRequestSchema,
  allGuards,
  protocolVersion,
} from '#shared/sync/public.ts';
import {
  doorsOver,
  headersOf,
  recordWire,
  tokenOfFirstVersion,
  type RecordedWire,
} from '../../support/recorded-wire.ts';

// One file for each form of the protocol that was ever released, and the present one. A change that breaks one of them
// needs a new form beside it; recordings are never made anew. `ANTIN_RECORD_WIRE=1` records the present one where it is missing.
const folder = join(import.meta.dirname, '../../fixtures/wire');
const nameOf = (version: number) => `protocol-${version}.json`;
if (process.env['ANTIN_RECORD_WIRE'] === '1' && !readdirSync(folder).includes(nameOf(protocolVersion))) {
  writeFileSync(join(folder, nameOf(protocolVersion)), `${JSON.stringify(await recordWire(), null, 1)}\n`);
}
const recordings = readdirSync(folder).map((name) => ({
  name,
  // Written by `recordWire`.
  wire: JSON.parse(readFileSync(join(folder, name), 'utf8')) as RecordedWire,
}));

test('the present form of the protocol is recorded', () => {
  expect(recordings.map(({ name }) => name)).toContain(nameOf(protocolVersion));
});

describe.each(recordings)('$name', ({ wire }) => {
  test('an old desk’s words are understood and answered by today’s server as they were then', async () => {
    const doors = doorsOver(wire);
    const headers = headersOf(await tokenOfFirstVersion(doors, wire));
    const { file } = wire;
    const offered = await doors.ask('POST', '/v1/files/offer', { body: file.offer as object, headers });
    const bytes = Buffer.from(file.bytes, 'base64');
    const binary = { ...headers, 'content-type': 'application/octet-stream' };
    const kept = await doors.ask('PUT', file.put, { body: bytes, headers: binary });
    const pushed = await doors.ask('POST', '/v1/push', { body: wire.push as object });
    const pulled = await doors.ask('POST', '/v1/pull', { body: wire.pull as object, headers });
    expect([offered.json(), kept.json(), pushed.json()]).toMatchObject([
      file.offered,
      file.kept,
      wire.pushed,
    ]);
    const [now, then] = [PageSchema.parse(pulled.json()), PageSchema.parse(wire.pulled)];
    // Times differ, and with them the hashes; what happened to what, in which place, does not.
    expect(shapeOf(now)).toEqual(shapeOf(then));
    await doors.close();
    doors.remove();
  });

  test('an old server’s words are understood by today’s desk, which comes to the same papers', () => {
    const request = PullRequestSchema.parse(wire.pull);
    const page = PageSchema.parse(wire.pulled);
    const own = Object.keys(page.scopes).find((scope) => scope.startsWith('person:')) ?? '';
    const db = openInMemory();
    migrate(db, migrations);
    const desk = openJoinedDesk({
      agencyId: wire.agencyId,
      db,
      projections: [documentsProjection, workflowProjection],
      calendar: holidays,
      now: systemClock.now,
      person: PushRequestSchema.parse(wire.push).commands[0]?.command.actor as never,
      device: { id: DeviceIdSchema.parse(wire.device.id), key: createPrivateKey(wire.device.key) },
      guards: allGuards,
    });
    db.prepare("INSERT INTO setting (name, value) VALUES ('sync.dseq', '100')").run();
    desk.pulled(page);
    const { known } = desk.nextPull(100);
    expect(known[own]?.[0]).toEqual({
      n: page.scopes[own]?.items.length,
      hash: expect.any(String) as string,
    });
    const letter = db.prepare("SELECT state FROM document WHERE direction = 'incoming'").pluck().all();
    expect(letter).toEqual(['registered']);
    expect(request.version).toBe(wire.protocol);
    for (const [schema, said] of [
      [PushReplySchema, wire.pushed],
      [OfferReplySchema, wire.file.offered],
      [PieceReplySchema, wire.file.kept],
    ] as const) {
      expect(schema.safeParse(said).success).toBe(true);
    }
    db.close();
  });
});

function shapeOf({ scopes, entries, more, lastDseq }: ReturnType<typeof PageSchema.parse>) {
  return {
    more,
    lastDseq,
    scopes: Object.fromEntries(
      Object.entries(scopes).map(([scope, { items }]) => [
        scope,
        items.map(({ n, seq, sees }) => ({ n, seq, sees })),
      ]),
    ),
    entries: entries.map(({ entry: { seq, command, acts, refusal } }) => ({
      seq,
      command,
      acts: acts.map(({ type, on }) => ({ type, on })),
      refusal,
    })),
  };
}
