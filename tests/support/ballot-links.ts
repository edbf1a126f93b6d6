import type { PersonId } from '#shared/kernel/public.ts';
import type { Choice, SecretBallot } from '#shared/meetings/public.ts';
import type { ReadDb } from '#shared/node/sqlite/public.ts';

/** One row of something that was kept, as everything that stands in it. */
export type KeptRow = Readonly<{ where: string; text: string }>;

/** Who voted, and by what they are known: their ids, names, devices and tokens. */
export type KnownVoter = Readonly<{ id: PersonId; by: readonly string[] }>;

/** Every row of every table, the hidden ones too. */
export function rowsOf(db: ReadDb, of: string): readonly KeptRow[] {
  const tables = db
    .prepare("SELECT name FROM sqlite_schema WHERE type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL%'")
    .pluck()
    .all() as string[];
  return tables.flatMap((name) => {
    const rows = db.prepare(`SELECT * FROM "${name}"`).all() as object[];
    return rows.map((row) => rowOf(`${of} ${name}`, row));
  });
}

export function rowOf(where: string, row: object): KeptRow {
  const cells = Object.values(row).map((cell: unknown) =>
    Buffer.isBuffer(cell) ? `${cell.toString('latin1')}\n${cell.toString('hex')}` : String(cell),
  );
  return { where, text: cells.join('\n') };
}

/**
 * What links a voter and a choice, a sentence for each: a row that knows some ballots and not the others, ballots in
 * another order than by serial, a voter among them, or a choice anywhere else.
 */
export function linksIn(
  rows: readonly KeptRow[],
  {
    box,
    voters,
    options,
  }: Readonly<{ box: readonly SecretBallot[]; voters: readonly KnownVoter[]; options: readonly string[] }>,
): readonly string[] {
  const marks = box.map(marksOf);
  const choices = box.map(({ choice }) => JSON.stringify(marksIn(choice)));
  const serials = box.map(({ serial }) => serial).toSorted();
  const names = voters.flatMap(({ by }) => by);
  return rows.flatMap(({ where, text }) => {
    const known = marks.filter((own) => own.some((one) => text.includes(one)));
    if (known.length === 0) {
      const told = options.filter((option) => text.includes(option));
      const isOfSome = told.length > 0 && told.length < options.length;
      const isNamed = names.some((name) => text.includes(name));
      if (isOfSome && isNamed) return [`${where}: a choice beside a voter`];
      return choices.some((choice) => text.includes(choice)) ? [`${where}: a choice outside the box`] : [];
    }
    if (known.length < box.length) return [`${where}: some ballots and not the others`];
    // A command and the act it became stand in one row: each tells of all, in the same order.
    const order = [...text.matchAll(/"serial":"(?<serial>[\w-]{43})"/gu)].map((found) => found[1] ?? '');
    const isSorted = order.every((serial, place) => serial === serials[place % serials.length]);
    if (order.length === 0 || !isSorted) return [`${where}: ballots in another order than by serial`];
    const ballots = [...text.matchAll(/"(?:ballots|box)":\[\{[^\]]*?"serial".*?\}\]/gu)].map(
      ([found]) => found,
    );
    const isAmong = ballots.some((found) => names.some((name) => found.includes(name)));
    return isAmong ? [`${where}: a voter among the ballots`] : [];
  });
}

/** Whether a row knows any ballot at all. */
export function knowsBallots({ text }: KeptRow, box: readonly SecretBallot[]): boolean {
  return box.some((ballot) => marksOf(ballot).some((one) => text.includes(one)));
}

/** A ballot's parts, however they are written. */
function marksOf({ serial, prefix, token, signature }: SecretBallot): readonly string[] {
  const parts = [
    Buffer.from(serial, 'base64url'),
    ...[prefix, token, signature].map((text) => Buffer.from(text, 'base64')),
  ];
  return parts.flatMap((bytes) => [
    bytes.toString('base64'),
    bytes.toString('base64url'),
    bytes.toString('hex'),
    bytes.toString('latin1'),
  ]);
}

function marksIn(choice: Choice): readonly string[] {
  return choice.is === 'choice' ? choice.marks : [choice.side];
}
