import { agencyAggregate, personAggregate, unitAggregate, type Agency } from '#shared/directory/public.ts';
import {
  documentAggregate,
  dossiersOf,
  isOnlyLocked,
  type OfficialDocument,
} from '#shared/documents/public.ts';
import { dossierAggregate, type Dossier } from '#shared/dossiers/public.ts';
import type { Act } from '#shared/kernel/public.ts';
import { foldVietnamese } from '#shared/search/public.ts';
import type { ReadDb, WriteDb } from '#shared/node/sqlite/public.ts';
import type { Names } from '../documents/public.ts';
import { prepared } from '../../store/prepared.ts';
import { readState } from '../../store/read-state.ts';
import type { Projection } from '../../store/projection.ts';
import { columnName, keptColumns } from './sought-columns.ts';
import { dossierKnown, paperKnown, shownAs, type Known } from './sought-row.ts';

/** Keeps every field of papers and files where an archivist's question finds it. */
export const soughtProjection: Projection = {
  name: 'sought',
  apply(db, { changed, chained }) {
    const sought = changed.filter(({ ref }) => ref.kind === 'document' || ref.kind === 'dossier');
    if (sought.length === 0) return;
    const told = tellingOf(db, chained.entry.acts);
    for (const { ref, before, after, acts } of sought) {
      if (isOnlyLocked({ before, acts })) continue;
      // Each folded by its aggregate's own `evolve`.
      if (ref.kind === 'document') keepPaper(db, after as OfficialDocument, told);
      if (ref.kind !== 'dossier') continue;
      keepDossier(db, told, { before: before as Dossier | null, after: after as Dossier });
    }
  },
  forget(db, { kind, id }) {
    if (kind !== 'document' && kind !== 'dossier') return;
    prepared(db, 'DELETE FROM sought WHERE n = (SELECT n FROM sought_shown WHERE id = ?)').run(id);
    prepared(db, 'DELETE FROM sought_shown WHERE id = ?').run(id);
  },
  clear(db) {
    db.exec('DELETE FROM sought; DELETE FROM sought_shown;');
  },
};

/** A desk that was brought up to date has papers and no fields of them yet; done once, in one transaction. */
export function fillSought(db: WriteDb): void {
  const isDue = prepared(
    db,
    `SELECT 1 FROM aggregate WHERE kind IN ('document', 'dossier') AND NOT EXISTS (SELECT 1 FROM sought) LIMIT 1`,
  ).get();
  if (isDue === undefined) return;
  const states = prepared(db, 'SELECT id FROM aggregate WHERE kind = ?');
  for (const { id } of states.all('document') as { id: string }[]) {
    const paper = readState(db, documentAggregate, id);
    if (paper !== null) keepPaper(db, paper, tellingOf(db, directionsOf(db, id)));
  }
  const told = tellingOf(db, []);
  for (const { id } of states.all('dossier') as { id: string }[]) {
    const file = readState(db, dossierAggregate, id);
    if (file !== null) keepDossier(db, told, { before: null, after: file });
  }
}

function directionsOf(db: ReadDb, id: string): readonly Act[] {
  const rows = prepared(
    db,
    `SELECT l.entry FROM document d JOIN timeline t ON t.document = d.n JOIN told l ON l.seq = t.seq
      WHERE d.id = ? ORDER BY t.seq`,
  ).all(id) as { entry: string }[];
  return rows.flatMap(({ entry }) => (JSON.parse(entry) as { acts: Act[] }).acts);
}

/** What is told of papers and files beyond themselves; whatever is asked for more than once is read once. */
type Telling = Readonly<{
  own: Agency | null;
  names: Names;
  postOf: (person: string) => string;
  file: (id: string) => Dossier | null;
  /** The directions that these acts give on a paper. */
  said: (paper: string) => readonly string[];
}>;

function tellingOf(db: ReadDb, acts: readonly Act[]): Telling {
  const directions = acts.filter(({ type }) => type === 'directionGiven');
  const byPaper = Map.groupBy(directions, ({ on }) => on.id);
  const person = once((id: string) => readState(db, personAggregate, id));
  const unit = once((id: string) => readState(db, unitAggregate, id));
  return {
    own: agencyOf(db),
    names: { person: (id) => person(id)?.name ?? '', unit: (id) => unit(id)?.name ?? '' },
    postOf: (id) => person(id)?.post ?? '',
    file: once((id: string) => readState(db, dossierAggregate, id)),
    said: (paper) => (byPaper.get(paper) ?? []).map(({ body }) => (body as { words: string }).words),
  };
}

function once<Id, Found>(read: (id: Id) => Found): (id: Id) => Found {
  const known = new Map<Id, Found>();
  return (id) => {
    const found = known.get(id) ?? read(id);
    known.set(id, found);
    return found;
  };
}

function keepPaper(db: WriteDb, paper: OfficialDocument, told: Telling): void {
  const instructions = [instructionsOf(db, paper.id), ...told.said(paper.id)];
  const known = paperKnown(paper, {
    ...told,
    filed: filedIn(paper, told),
    instructions: instructions.filter((words) => words !== '').join(' · '),
  });
  keep(db, paper.id, known);
}

type Changed = Readonly<{ before: Dossier | null; after: Dossier }>;

function keepDossier(db: WriteDb, told: Telling, { before, after }: Changed): void {
  keep(db, after.id, dossierKnown(after, told));
  // Its papers are found by its code and by their places in it.
  if (before !== null && before.items === after.items && before.code === after.code) return;
  const [was, is] = [placesIn(before), placesIn(after)];
  const isRenamed = before === null || before.code !== after.code;
  for (const document of new Set([...was.keys(), ...is.keys()])) {
    if (!isRenamed && was.get(document) === is.get(document)) continue;
    const paper = readState(db, documentAggregate, document);
    // What was directed is told where the paper itself changed.
    if (paper !== null) keepPaper(db, paper, { ...told, said: () => [] });
  }
}

function placesIn(file: Dossier | null): ReadonlyMap<Dossier['items'][number]['document'], number> {
  return new Map(file?.items.map(({ n, document }) => [document, n]));
}

function filedIn(paper: OfficialDocument, { file }: Telling) {
  const files = dossiersOf(paper).flatMap((id) => file(id) ?? []);
  const [first] = files;
  if (first === undefined) return null;
  const n = first.items.find(({ document }) => document === paper.id)?.n ?? null;
  return { code: files.map(({ code }) => code).join(' '), n, year: first.year };
}

const ownAgency = new WeakMap<ReadDb, string>();

/** Which of the agencies is ours never changes; what it is called may. */
function agencyOf(db: ReadDb) {
  const known = ownAgency.get(db);
  if (known !== undefined) return readState(db, agencyAggregate, known);
  const row = prepared(
    db,
    "SELECT id FROM aggregate WHERE kind = 'agency' AND json_extract(state, '$.own') = 1 LIMIT 1",
  ).get() as { id: string } | undefined;
  if (row === undefined) return null;
  ownAgency.set(db, row.id);
  return readState(db, agencyAggregate, row.id);
}

function instructionsOf(db: ReadDb, id: string): string {
  const row = prepared(db, 'SELECT shown FROM sought_shown WHERE id = ?').get(id) as
    { shown: string } | undefined;
  if (row === undefined) return '';
  const shown = JSON.parse(row.shown) as string[];
  return shown[keptColumns.indexOf('instructions')] ?? '';
}

const columns = keptColumns.filter((field) => field !== 'organId');
const names = ['paper', ...columns.map(columnName)];
const insert = `INSERT INTO sought (n, ${names.join(', ')})
  VALUES (?, (SELECT n FROM document WHERE id = ?), ${columns.map(() => '?').join(', ')})
  ON CONFLICT (n) DO UPDATE SET ${names.map((name) => `${name} = excluded.${name}`).join(', ')}`;
const insertShown = `INSERT INTO sought_shown (id, organ_id, shown) VALUES (?, ?, ?)
  ON CONFLICT (id) DO UPDATE SET organ_id = excluded.organ_id, shown = excluded.shown RETURNING n`;

function keep(db: WriteDb, id: string, known: Known): void {
  const shown = keptColumns.map((field) => shownAs(field, known[field]));
  const kept = prepared(db, insertShown).get(
    id,
    foldVietnamese(String(known.organId ?? '')),
    JSON.stringify(shown),
  );
  const values = columns.map((field) => {
    const value = known[field];
    return typeof value === 'string' && !isDay(value) ? foldVietnamese(value) : value;
  });
  prepared(db, insert).run((kept as { n: number }).n, id, ...values);
}

function isDay(value: string): boolean {
  return /^\d{4}-\d{2}-\d{2}$/u.test(value);
}
