import type { WriteDb } from '#shared/node/sqlite/public.ts';

/** One step of the schema, never edited after release; it imports nothing from features, so that it keeps its meaning. */
export type Migration = Readonly<{ version: number; name: string; up: (db: WriteDb) => void }>;
