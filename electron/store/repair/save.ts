import { join } from 'node:path';
import { z } from 'zod';
import { CommandIdSchema, DocumentIdSchema, type Command } from '#shared/kernel/public.ts';
import { soundRows } from '#shared/node/sqlite/public.ts';
import { CommandSchema } from '#shared/sync/public.ts';
import { ownRow, type OwnRow } from './own-rows.ts';

const StatusSchema = z.enum(['queued', 'acked', 'rejected', 'parked']);
const BytesSchema = z.string();

/** What only this desk had, out of what can still be read of its database. Bytes are base64. */
export const SavedSchema = z.object({
  at: z.string(),
  /** In the order in which they were given. */
  commands: z.array(z.object({ id: CommandIdSchema, body: z.string(), status: StatusSchema })),
  drafts: z.array(z.object({ document: DocumentIdSchema, pieces: z.array(BytesSchema), late: z.boolean() })),
  /** Of tables that are taken over as they were: keys, pictures, settings. */
  rows: z.array(
    z.object({
      table: z.string(),
      columns: z.array(z.union([z.null(), z.number(), z.string(), z.object({ bytes: BytesSchema })])),
    }),
  ),
  unreadable: z.int(),
});
export type Saved = z.infer<typeof SavedSchema>;

type Kept = Saved['commands'][number] & { dseq: number };
const rank = { queued: 0, acked: 1, rejected: 2, parked: 3 } as const;

/** Reads what can be read of the database in a folder; nothing there is changed. */
export function saveOwn(
  folder: string,
  key: Uint8Array,
  { salt, at }: Readonly<{ salt: Uint8Array | null; at: string }>,
): Saved {
  const commands = new Map<string, Kept>();
  const drafts = new Map<string, Map<number, string>>();
  const late = new Set<string>();
  const rows = new Map<string, Saved['rows'][number]>();
  let unreadable = 0;
  const note = (): void => {
    unreadable += 1;
  };
  for (const row of soundRows({ path: join(folder, 'office.db'), key, salt }, note)) {
    const own = ownRow(row);
    if (own === null) continue;
    if (own.table === 'outbox' || own.table === 'outbox_now') keepCommand(commands, own);
    else if (own.table === 'draft_text') {
      const [document, n, piece] = own.columns as [string, number, Buffer];
      drafts.set(
        document,
        (drafts.get(document) ?? new Map<number, string>()).set(n, piece.toString('base64')),
      );
    } else if (own.table === 'draft_ahead') {
      const [document, isLate] = own.columns as [string, 0 | 1];
      if (isLate === 1) late.add(document);
    } else keepRow(rows, own);
  }
  return {
    at,
    unreadable,
    commands: [...commands.values()].toSorted(byPlace).map(({ dseq: _place, ...command }) => command),
    drafts: [...drafts].map(([document, pieces]) => ({
      document: DocumentIdSchema.parse(document),
      pieces: [...pieces].toSorted(([a], [b]) => a - b).map(([, piece]) => piece),
      late: late.has(document),
    })),
    rows: [...rows.values()],
  };
}

function keepCommand(commands: Map<string, Kept>, { rowid, columns }: OwnRow): void {
  const [, id, body, status] = columns as [null, string, string, keyof typeof rank];
  const command = commandIn(body);
  if (command === null || command.id !== id) return;
  // A page that was given up may still show it as it was before.
  const known = commands.get(id);
  if (known !== undefined && rank[known.status] >= rank[status]) return;
  commands.set(id, { id: command.id, body, status, dseq: rowid ?? 0 });
}

function commandIn(body: string): Command | null {
  try {
    return CommandSchema.safeParse(JSON.parse(body)).data ?? null;
  } catch {
    return null; // No command: a row of another kind.
  }
}

function keepRow(rows: Map<string, Saved['rows'][number]>, { table, columns }: OwnRow): void {
  const keyed = columns.slice(0, table === 'key_file' || table === 'access_line' ? 2 : 1);
  rows.set(JSON.stringify([table, ...keyed]), {
    table,
    columns: columns.map((value) =>
      Buffer.isBuffer(value) ? { bytes: value.toString('base64') } : (value as string | number | null),
    ),
  });
}

/** Places under an earlier key were made negative, and come first. */
function byPlace(one: Kept, other: Kept): number {
  const isEarlier = ({ dseq }: Kept) => (dseq < 0 ? 0 : 1);
  return isEarlier(one) - isEarlier(other) || Math.abs(one.dseq) - Math.abs(other.dseq);
}
