import { TrafficLimitsSchema, type TrafficLimits } from '#shared/sync/public.ts';
import type { ReadDb, WriteDb } from '#shared/node/sqlite/public.ts';
import { prepared } from './prepared.ts';

const unlimited: TrafficLimits = { up: null, down: null };

/** How much of the line this desk's files may take, in KB/s; null is all of it. */
export function trafficLimits(db: ReadDb): TrafficLimits {
  const row = prepared(db, "SELECT value FROM setting WHERE name = 'traffic'").get() as
    { value: string } | undefined;
  return row === undefined ? unlimited : TrafficLimitsSchema.parse(JSON.parse(row.value));
}

export function keepTrafficLimits(db: WriteDb, limits: TrafficLimits): void {
  prepared(
    db,
    "INSERT INTO setting (name, value) VALUES ('traffic', ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
  ).run(JSON.stringify(limits));
}
