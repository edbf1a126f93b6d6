import { mayRead, personAggregate } from '#shared/directory/public.ts';
import { dossiersOf } from '#shared/documents/public.ts';
import { documentAggregate } from '#shared/documents/public.ts';
import {
  dossierAggregate,
  fileListAggregate,
  fileListId,
  findingsOf,
  whyNotOpenDossier,
  type Dossier,
  type DossierPage,
  type DossierRow,
  type Holdings,
} from '#shared/dossiers/public.ts';
import { AppError, type Day, type DocumentId, type DossierId } from '#shared/kernel/public.ts';
import { taskAggregate } from '#shared/workflow/public.ts';
import type { Signed } from '../../host/context.ts';
import { prepared } from '../../store/prepared.ts';
import { readState } from '../../store/read-state.ts';
import { documentRow, readableDocument, rowColumns, scopeSql } from '../documents/public.ts';
import { followsTask } from '../meetings/public.ts';
import { suggestedFor } from './retention.ts';
import { dossierRow, partsOf } from './rows.ts';

/** A file with its papers and parts, and what stands against closing it on that day. */
export function dossierPage(signed: Signed, id: DossierId, endedOn: Day | null): DossierPage {
  const { open, scope, person, today } = signed;
  const { db } = open.desk;
  const dossier = readState(db, dossierAggregate, id);
  if (dossier === null || !mayRead(scope, dossier)) throw new AppError('dossiers.unknown');
  const mayClose = whyNotOpenDossier(dossier, person) === null;
  return {
    dossier,
    items: itemsOf(signed, dossier),
    parts: partsOf(db, id),
    whole: dossier.parent === null ? null : dossierRow(db, scope, dossier.parent),
    findings: mayClose ? findings(signed, dossier, endedOn ?? today) : [],
  };
}

function itemsOf({ open, scope }: Signed, { items }: Dossier): DossierPage['items'] {
  const { where, values } = scopeSql(scope);
  const ask = prepared(open.desk.db, `SELECT ${rowColumns} FROM document d WHERE d.id = ? AND ${where}`);
  return items.map(({ n, document }) => {
    const row = ask.get(document, ...values);
    return { n, document: row === undefined ? null : documentRow(row) };
  });
}

function findings(signed: Signed, dossier: Dossier, endedOn: Day): DossierPage['findings'] {
  return findingsOf(holdingsAt(signed, dossier), { endedOn, today: signed.open.desk.now() });
}

/** A file with all that lies in it, as far as this desk has it. */
export function holdingsAt(signed: Pick<Signed, 'open' | 'scope' | 'person'>, dossier: Dossier): Holdings {
  const { open, scope } = signed;
  const { db } = open.desk;
  return {
    dossier,
    parts: dossier.parts.map((part) => readState(db, dossierAggregate, part)).filter((part) => part !== null),
    reads: (paper) => mayRead(scope, paper),
    document: (one) => readState(db, documentAggregate, one),
    task: (one) => readState(db, taskAggregate, one),
    person: (one) => readState(db, personAggregate, one),
    follows: (task) => followsTask(signed, task),
    list: readState(db, fileListAggregate, fileListId(dossier.year)),
    scheduled: (one) => suggestedFor(signed, one)?.retention ?? null,
  };
}

/** The files a paper lies in, of those this person may see. */
export function dossiersOfPaper({ open, scope }: Signed, id: DocumentId): DossierRow[] {
  const { db } = open.desk;
  return dossiersOf(readableDocument(db, scope, id)).flatMap((one) => dossierRow(db, scope, one) ?? []);
}
