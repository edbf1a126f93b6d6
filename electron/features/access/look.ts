import { hostname } from 'node:os';
import {
  FoundLinesSchema,
  type AccessCount,
  type AccessFilter,
  type AccessLine,
  type AccessRow,
  type Accessed,
  type CountRow,
  type FindLines,
  type FoundLines,
  type RightChange,
} from '#shared/access/public.ts';
import { deviceAggregate } from '#shared/sync/public.ts';
import {
  delegationAggregate,
  mayRead,
  personAggregate,
  whyNotConfirm,
  type ReadingScope,
} from '#shared/directory/public.ts';
import { documentAggregate, documentName, type TableForm } from '#shared/documents/public.ts';
import { dossierAggregate } from '#shared/dossiers/public.ts';
import type { ReadDb } from '#shared/node/sqlite/public.ts';
import type { Signed } from '../../host/context.ts';
import { readAll, readState } from '../../store/read-state.ts';
import { keepTable, readableDocument } from '../documents/public.ts';
import { wordsOf } from '../../platform/words.ts';
import { storeOf } from './note.ts';
import { sendLines } from './send-lines.ts';

type Window = Readonly<{ offset: number; limit: number }>;

/** Among many desks the server has everybody's lines; at a desk for all they are here. */
async function find({ open }: Signed, asked: FindLines): Promise<FoundLines> {
  if (open.shared === null) return storeOf(open).find(asked);
  // What was done here a moment ago is in it too.
  await sendLines(open, open.shared);
  return open.shared.speak('/v1/access/find', asked, FoundLinesSchema);
}

export async function lines(signed: Signed, filter: AccessFilter, window: Window) {
  const found = await find(signed, { filter, by: 'line', ...window });
  return { rows: found.lines.map(rowIn(signed)), total: found.total };
}

export async function counts(signed: Signed, filter: AccessFilter, window: Window) {
  const found = await find(signed, { filter, by: 'thing', ...window });
  const named = namesFor(signed);
  const row = (one: AccessCount): CountRow => ({ ...one, on: named(one.on) });
  return { rows: found.counts.map(row), total: found.total };
}

export async function linesOfPaper(
  signed: Signed,
  { documentId, ...window }: Window & Parameters<typeof idOf>[0],
) {
  readableDocument(signed.open.desk.db, signed.scope, documentId);
  const filter = { on: idOf({ documentId }), person: null, what: null, from: null, to: null };
  const found = await find(signed, { filter, by: 'line', ...window });
  return { rows: found.lines.map(rowIn(signed)), total: found.total, people: found.people };
}

type PaperId = Parameters<typeof readableDocument>[2];

function idOf({ documentId }: Readonly<{ documentId: PaperId }>): Accessed {
  return { kind: 'document', id: documentId };
}

const pageSize = 1000;
const columns = ['at', 'person', 'what', 'on', 'machine', 'desk', 'n'] as const;
const shares = [4, 4, 2, 6, 3, 4, 1] as const;

/** The whole of what a filter finds, in any form. */
export async function exportLines(signed: Signed, filter: AccessFilter, form: TableForm) {
  const words = wordsOf('vi');
  const people = new Map(readAll(signed.open.desk.db, personAggregate).map(({ id, name }) => [id, name]));
  const cells: string[][] = [];
  for (let offset = 0; ; offset += pageSize) {
    const found = await find(signed, { filter, by: 'line', offset, limit: pageSize });
    for (const { at, person, what, on, machine, desk, n } of found.lines.map(rowIn(signed))) {
      const name = on.name ?? `${words(`access.on.${on.kind}`)} ${on.id}`;
      cells.push([
        at,
        people.get(person) ?? person,
        words(`access.what.${what}`),
        name,
        machine,
        desk,
        String(n),
      ]);
    }
    if (found.lines.length < pageSize) break;
  }
  const title = words('access.file');
  const heads = columns.map((column) => words(`access.column.${column}`));
  const table = {
    name: title,
    title,
    cover: null,
    about: [],
    columns: heads,
    shares,
    rows: cells,
    after: [],
  };
  return keepTable(signed, table, form);
}

/** Rights that were changed and not confirmed yet. */
export function rightChanges({ open: { desk }, person: reader }: Signed): RightChange[] {
  const of = (kind: RightChange['on']['kind']) => {
    return (id: string, whose: RightChange['person'], by: RightChange['by']): RightChange => ({
      on: { kind, id },
      person: whose,
      by,
      mayConfirm: whyNotConfirm(reader.id, whose, by) === null,
    });
  };
  return [
    ...readAll(desk.db, personAggregate).flatMap(({ id, unconfirmed }) =>
      unconfirmed == null ? [] : [of('person')(id, id, unconfirmed.by)],
    ),
    ...readAll(desk.db, delegationAggregate).flatMap(({ id, to, unconfirmed }) =>
      unconfirmed == null ? [] : [of('delegation')(id, to, unconfirmed.by)],
    ),
  ];
}

function rowIn(signed: Signed): (line: AccessLine) => AccessRow {
  const { db } = signed.open.desk;
  const named = namesFor(signed);
  const machines = new Map(readAll(db, deviceAggregate).map(({ id, name }) => [String(id), name]));
  return (line) => ({ ...line, on: named(line.on), machine: machines.get(line.desk) ?? hostname() });
}

/** Only papers and files that whoever asks may read are named: the log tells nobody what they hold. */
function namesFor({ open: { desk }, scope }: Signed): (on: Accessed) => AccessRow['on'] {
  const known = new Map<string, AccessRow['on']>();
  return (on) => {
    const key = `${on.kind} ${on.id}`;
    const found = known.get(key) ?? named(desk.db, scope, on);
    known.set(key, found);
    return found;
  };
}

function named(db: ReadDb, scope: ReadingScope, on: Accessed): AccessRow['on'] {
  if (on.kind === 'document') {
    const paper = readState(db, documentAggregate, on.id);
    if (paper === null || !mayRead(scope, paper)) return { ...on, name: null, direction: null };
    return { ...on, name: documentName(paper), direction: paper.direction };
  }
  if (on.kind === 'dossier') {
    const file = readState(db, dossierAggregate, on.id);
    const isTheirs = file !== null && mayRead(scope, file);
    return { ...on, name: isTheirs ? `${file.code} ${file.title}` : null, direction: null };
  }
  return { ...on, name: on.id, direction: null };
}
