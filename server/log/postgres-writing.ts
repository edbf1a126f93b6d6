import type { PoolClient } from 'pg';
import type { AgencyId, ChainedEntry } from '#shared/kernel/public.ts';
import { Fenced } from '#shared/node/agency-log/public.ts';
import { Moved } from './postgres-pool.ts';
import { appendNotes } from './postgres-notes.ts';
import { all } from './postgres-reading.ts';
import { keyOf, type AgencyRow, type Changes } from './working-set.ts';

export function isEmpty(changes: Changes): boolean {
  const { entries, states, touched, items, dseqs, notes, writer, stable } = changes;
  const sizes = [entries.length, states.size, touched.length, items.length, dseqs.size, notes.length];
  return writer === null && stable === null && sizes.every((size) => size === 0);
}

type Writing = Readonly<{ agencyId: AgencyId; before: AgencyRow; changes: Changes }>;

/** Everything of one group, after the agency's row is ours and still says what we began from. */
export async function write(client: PoolClient, { agencyId, before, changes }: Writing): Promise<void> {
  const [row] = await all(
    client,
    'SELECT head_seq, head_hash, writer_epoch FROM agency WHERE agency_id = $1 FOR UPDATE',
    [agencyId],
  );
  if (Number(row?.['writer_epoch']) !== before.writer) throw new Fenced();
  const isHead = Number(row?.['head_seq']) === before.head.seq && row?.['head_hash'] === before.head.hash;
  if (!isHead) throw new Moved();
  const { entries, touched, items } = changes;
  const states = [...changes.states.values()];
  const dseqs = [...changes.dseqs];
  await client.query(
    `INSERT INTO log (agency_id, seq, command_id, entry, hash)
     SELECT $1, * FROM unnest($2::bigint[], $3::uuid[], $4::text[], $5::text[])`,
    [
      agencyId,
      entries.map(({ entry }) => entry.seq),
      entries.map(({ entry }) => entry.command.id),
      entries.map(({ text }) => text),
      entries.map(({ hash }) => hash),
    ],
  );
  await client.query(
    `INSERT INTO aggregate (agency_id, kind, id, version, state)
     SELECT $1, * FROM unnest($2::text[], $3::text[], $4::bigint[], $5::text[])
     ON CONFLICT (agency_id, kind, id) DO UPDATE SET version = excluded.version, state = excluded.state`,
    [
      agencyId,
      states.map(({ kind }) => kind),
      states.map(({ id }) => id),
      states.map(({ version }) => version),
      states.map(({ text }) => text),
    ],
  );
  await client.query(
    `INSERT INTO touched (agency_id, kind, id, seq)
     SELECT $1, * FROM unnest($2::text[], $3::text[], $4::bigint[]) ON CONFLICT DO NOTHING`,
    [agencyId, touched.map(({ kind }) => kind), touched.map(({ id }) => id), touched.map(({ seq }) => seq)],
  );
  await client.query(
    `INSERT INTO scope_item (agency_id, scope, n, seq, at, entry, sees, hash)
     SELECT $1, * FROM unnest($2::text[], $3::bigint[], $4::bigint[], $5::bigint[], $6::text[], $7::text[], $8::text[])`,
    [
      agencyId,
      items.map(({ scope }) => scope),
      items.map(({ n }) => n),
      items.map(({ seq }) => seq),
      items.map(({ at }) => at),
      items.map(({ entry }) => entry),
      items.map(({ sees }) => JSON.stringify(sees)),
      items.map(({ hash }) => hash),
    ],
  );
  const seen = items.flatMap(({ scope, sees }) => sees.map((ref) => ({ scope, ...ref })));
  await client.query(
    `INSERT INTO scope_sees (agency_id, scope, kind, id)
     SELECT $1, * FROM unnest($2::text[], $3::text[], $4::text[]) ON CONFLICT DO NOTHING`,
    [agencyId, seen.map(({ scope }) => scope), seen.map(({ kind }) => kind), seen.map(({ id }) => id)],
  );
  await client.query(
    `INSERT INTO desk (agency_id, device, last_dseq) SELECT $1, * FROM unnest($2::uuid[], $3::bigint[])
     ON CONFLICT (agency_id, device) DO UPDATE SET last_dseq = excluded.last_dseq`,
    [agencyId, dseqs.map(([device]) => device), dseqs.map(([, dseq]) => dseq)],
  );
  if (changes.notes.length > 0) await appendNotes(client, agencyId, changes.notes);
  const last = entries.at(-1);
  await client.query(
    'UPDATE agency SET head_seq = $2, head_hash = $3, writer_epoch = $4, stable_seq = $5 WHERE agency_id = $1',
    [
      agencyId,
      last?.entry.seq ?? before.head.seq,
      last?.hash ?? before.head.hash,
      changes.writer ?? before.writer,
      changes.stable ?? before.stable,
    ],
  );
}

/** What was written is known from now on, so that the next group need not ask for it. */
export function keepKnown(known: Map<string, unknown>, before: AgencyRow, changes: Changes): void {
  const last = changes.entries.at(-1);
  known.set(keyOf({ of: 'agency' }), {
    head: last === undefined ? before.head : { seq: last.entry.seq, hash: last.hash },
    writer: changes.writer ?? before.writer,
    stable: changes.stable ?? before.stable,
  });
  for (const { entry, hash } of changes.entries) {
    const decision: ChainedEntry = { entry, hash };
    known.set(keyOf({ of: 'decision', id: entry.command.id }), decision);
    known.set(keyOf({ of: 'entry', seq: entry.seq }), decision);
  }
  for (const { kind, id, version, state } of changes.states.values()) {
    known.set(keyOf({ of: 'state', kind, id }), { version, state });
  }
  for (const { scope, n, hash, sees } of changes.items) {
    known.set(keyOf({ of: 'scope', scope }), { n, hash });
    known.set(keyOf({ of: 'item', scope, n }), hash);
    for (const { kind, id } of sees) known.set(keyOf({ of: 'sees', scope, kind, id }), true);
  }
  for (const [device, dseq] of changes.dseqs) known.set(keyOf({ of: 'dseq', device }), dseq);
}
