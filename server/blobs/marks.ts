import { join } from 'node:path';
import { z } from 'zod';
import { HashSchema, InstantSchema, type Hash, type Instant } from '#shared/kernel/public.ts';
import { nodeFiles, writeWhole } from '#shared/node/files/public.ts';

const MarksSchema = z.object({ version: z.literal(1), since: z.record(HashSchema, InstantSchema) });

/** Since when nothing speaks of a file; kept in the server's folder. Losing it only makes files stay longer. */
export type Marks = Readonly<{
  since: (hash: Hash) => Instant | null;
  mark: (hash: Hash, now: Instant) => void;
  /** Somebody asked for it or spoke of it: its time begins anew. */
  forget: (hash: Hash) => void;
  all: () => readonly Hash[];
  save: () => void;
}>;

export function openMarks(data: string): Marks {
  const path = join(data, 'unnamed-files.json');
  const since = new Map<Hash, Instant>(read(path));
  return {
    since: (hash) => since.get(hash) ?? null,
    mark: (hash, now) => void since.set(hash, now),
    forget: (hash) => void since.delete(hash),
    all: () => [...since.keys()],
    save: () => {
      const kept = { version: 1, since: Object.fromEntries(since) };
      writeWhole(path, Buffer.from(JSON.stringify(kept)));
    },
  };
}

function read(path: string): readonly (readonly [Hash, Instant])[] {
  if (!nodeFiles.exists(path)) return [];
  try {
    const text = Buffer.from(nodeFiles.readWhole(path)).toString('utf8');
    const { since } = MarksSchema.parse(JSON.parse(text));
    return Object.entries(since).map(([hash, at]) => [HashSchema.parse(hash), at]);
  } catch {
    return []; // Spoilt: every file begins its time anew.
  }
}
