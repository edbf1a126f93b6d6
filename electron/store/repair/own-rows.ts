import type { SoundRow } from '#shared/node/sqlite/public.ts';

// What only this desk has, told by the shape of its rows: the schema may be lost with the first page. Tables WITHOUT
// ROWID keep the columns of their key first.

type Fits = (value: unknown) => boolean;

const matching =
  (pattern: RegExp): Fits =>
  (value) =>
    typeof value === 'string' && pattern.test(value);
const id = matching(/^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/u);
const hash = matching(/^[0-9a-f]{64}$/u);
const text: Fits = (value) => typeof value === 'string';
const count: Fits = (value) => typeof value === 'number';
const flag: Fits = (value) => value === 0 || value === 1;
const bytes: Fits = (value) => Buffer.isBuffer(value);
const none: Fits = (value) => value === null;
const orNone =
  (fits: Fits): Fits =>
  (value) =>
    value === null || fits(value);
const status = matching(/^(?:queued|acked|rejected|parked)$/u);
/** Settings that a desk made anew needs as they were. */
const setting = matching(/^(?:sync[.](?:device|contact)|access[.]sent|last-backup|backup[.]place)$/u);

const shapes = {
  // A row from before the last column was added ends before it.
  outbox: [none, id, matching(/^\{/u), status, orNone(text), orNone(count)],
  outbox_now: [none, id, matching(/^\{/u), status, orNone(text), orNone(count), orNone(id)],
  draft_text: [id, count, bytes],
  draft_ahead: [id, flag],
  setting: [setting, text],
  key_file: [text, matching(/^(?:person|seal)$/u), bytes, text, text, text, text],
  picture: [text, bytes, count, count],
  authority_key: [text, matching(/^(?:root|issuing)$/u), bytes],
  authority_list: [text, count, bytes, text, text],
  access_line: [id, count, text, text, id, text, text, text, matching(/^\{/u), hash],
  private_note: [id, id, id, id, matching(/^\{/u)],
} as const satisfies Readonly<Record<string, readonly Fits[]>>;

type OwnTable = keyof typeof shapes;
export type OwnRow = Readonly<{ table: OwnTable; rowid: number | null; columns: readonly unknown[] }>;

const tables = Object.entries(shapes) as [OwnTable, readonly Fits[]][];

/** The table a row was of, where it is one of those; null for all the rest. */
export function ownRow({ rowid, columns }: SoundRow): OwnRow | null {
  const found = tables.find(
    ([, shape]) =>
      shape.length === columns.length && columns.every((value, place) => shape[place]?.(value) === true),
  );
  return found === undefined ? null : { table: found[0], rowid, columns };
}
