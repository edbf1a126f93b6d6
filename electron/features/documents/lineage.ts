import { z } from 'zod';
import { mayRead, type ReadingScope } from '#shared/directory/public.ts';
import {
  documentAggregate,
  dossiersOf,
  type DocumentAct,
  type DocumentLineage,
  type DocumentRow,
  type LineageStage,
  type LineageStep,
  type OfficialDocument,
  type Outgoing,
} from '#shared/documents/public.ts';
import { dossierAggregate } from '#shared/dossiers/public.ts';
import { consignmentAggregate } from '#shared/exchange/public.ts';
import {
  DocumentIdSchema,
  type DocumentId,
  type DossierId,
  type Instant,
  type PersonId,
} from '#shared/kernel/public.ts';
import type { ReadDb } from '#shared/node/sqlite/public.ts';
import type { TaskAct } from '#shared/workflow/public.ts';
import { prepared } from '../../store/prepared.ts';
import { readState } from '../../store/read-state.ts';
import { readableDocument } from './pages.ts';
import { documentRow, rowColumns } from './rows.ts';
import { storyOf, type ToldAct } from './story.ts';

/**
 * Dòng văn bản of a paper: what it answers and what answers it, every step of each in the order it happened, out of the
 * states and acts that are there. What this person may not read is left out.
 */
export function lineageOf(db: ReadDb, scope: ReadingScope, id: DocumentId): DocumentLineage {
  const papers = family(db, readableDocument(db, scope, id)).filter((paper) => mayRead(scope, paper));
  const ask = prepared(db, `SELECT ${rowColumns} FROM document d WHERE d.id = ?`);
  const rows = papers.map((paper) => documentRow(ask.get(paper.id)));
  const steps = papers.flatMap((paper, place) => {
    const row = rows[place];
    return row === undefined ? [] : stepsOf(db, { paper, row, scope });
  });
  return { papers: rows, steps: steps.toSorted((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0)) };
}

/** The paper that came in, and every one that answers it: sent, or still being written. */
function family(db: ReadDb, paper: OfficialDocument): readonly OfficialDocument[] {
  const root =
    paper.direction === 'outgoing' && paper.repliesTo !== null
      ? (readState(db, documentAggregate, paper.repliesTo) ?? paper)
      : paper;
  if (root.direction === 'outgoing') return [root];
  const ids = new Set<string>([...root.replies, ...draftsFor(db, root.id)]);
  if (paper.id !== root.id) ids.add(paper.id);
  return [root, ...[...ids].flatMap((id) => readState(db, documentAggregate, id) ?? [])];
}

const RowSchema = z.object({ id: DocumentIdSchema });

/** A paper knows its answers once they went out; those under way say what they answer. */
function draftsFor(db: ReadDb, id: DocumentId): readonly DocumentId[] {
  return prepared(
    db,
    `SELECT d.id FROM document d JOIN aggregate a ON a.kind = 'document' AND a.id = d.id
      WHERE d.direction = 'outgoing' AND d.state IN ('draft', 'circulating', 'signed', 'numbered', 'sealed')
        AND a.state ->> '$.repliesTo' = ?`,
  )
    .all(id)
    .map((row) => RowSchema.parse(row).id);
}

type Looked = Readonly<{ paper: OfficialDocument; row: DocumentRow; scope: ReadingScope }>;

function stepsOf(db: ReadDb, looked: Looked): LineageStep[] {
  const { paper } = looked;
  const { acts } = storyOf(db, paper.id);
  const stages = [
    ...standing(acts).flatMap((act) => stepOf(db, act, looked) ?? []),
    ...closingsOf(db, looked),
  ];
  return paper.direction === 'outgoing' ? [...stages, ...receiptsOf(db, paper)] : stages;
}

/** What was given back and done again is told once, as it was last. */
function standing(acts: readonly ToldAct[]): readonly ToldAct[] {
  const last = new Map(acts.map((act) => [placeOf(act as Told), act]));
  return acts.filter((act) => last.get(placeOf(act as Told)) === act);
}

/** Acts of one place do not stand beside each other: a later one takes its place. */
function placeOf(act: Told): unknown {
  if (act.type === 'stepPassed' || act.type === 'draftSigned') return act.body.step;
  return act.type === 'draftSubmitted' ? act.type : act;
}

const blank = { onBehalfOf: null, to: [], said: '', state: null, dossier: null };

type Make = (stage: LineageStage, more?: Partial<LineageStep>) => LineageStep;
type Told = ToldAct & (DocumentAct | TaskAct);

/** The act as a step; null for what only carries another one out, or no longer stands. */
function stepOf(db: ReadDb, told: ToldAct, looked: Looked): LineageStep | null {
  const { paper, scope } = looked;
  // Decided by those very aggregates and written by the sequencer.
  const act = told as Told;
  const { at, actor, onBehalfOf } = act;
  const step: Make = (stage, more) => ({
    ...blank,
    stage,
    at,
    by: actor,
    onBehalfOf,
    paper: paper.id,
    ...more,
  });
  if (act.type === 'documentFiled') return filed(db, { id: act.body.dossier, paper, scope }, step);
  return paper.direction === 'incoming' ? incomingStep(act, looked, step) : outgoingStep(act, paper, step);
}

function incomingStep(act: Told, { row }: Looked, step: Make): LineageStep | null {
  switch (act.type) {
    case 'incomingArrived':
      return act.body.origin === undefined
        ? step('arrived', { said: row.issuer })
        : step('arrived', { said: act.body.origin.name, by: null });
    case 'incomingRegistered':
      // A number that only the server gives is not told before it has (`sync.md` 3.7).
      return step('registered', { said: row.awaitsNumber ? '' : String(act.body.arrival.number) });
    case 'directionGiven':
      return step('directed', { to: act.body.assignments.map(({ to }) => to), said: act.body.words });
    case 'taskAssigned':
      return step('task', { to: [{ kind: 'person', id: act.body.person }], said: act.body.words });
    case 'taskFinished':
      return step('task-done', { said: act.body.words });
    case 'handlingFinished':
      return step('handled', { said: act.body.words });
    case 'incomingRecalled':
      return step('recalled', { said: act.body.reason });
    default:
      return null;
  }
}

function outgoingStep(act: Told, paper: Outgoing, step: Make): LineageStep | null {
  switch (act.type) {
    case 'draftStarted':
      return step('drafted', { said: paper.summary.subject });
    case 'draftSubmitted':
      return step('submitted', { to: act.body.steps.map(({ person: id }) => ({ kind: 'person', id })) });
    case 'stepPassed':
    case 'draftSigned':
      return circuitStep(act, paper, step);
    case 'documentNumbered':
      return step('numbered', { said: act.body.notation });
    case 'documentSealed':
      return step('sealed');
    case 'documentIssued':
      return step('issued', { said: act.body.recipients.map(({ name }) => name).join('; ') });
    case 'documentRecalled':
      return step('recalled', { said: act.body.reason });
    default:
      return null;
  }
}

/** A step of the circuit that still stands. */
function circuitStep(
  act: Extract<Told, { type: 'stepPassed' | 'draftSigned' }>,
  paper: Outgoing,
  step: Make,
): LineageStep | null {
  const passed = paper.circuit.find(({ id, outcome }) => id === act.body.step && outcome === 'passed');
  if (passed === undefined) return null;
  const { kind, elsewhere } = passed;
  const said = act.type === 'stepPassed' ? act.body.words : '';
  return step(kind === 'sign' ? 'signed' : kind, {
    said: elsewhere === undefined ? said : `${elsewhere.name}, ${elsewhere.agency}`,
  });
}

type Filing = Readonly<{ id: DossierId; paper: OfficialDocument; scope: ReadingScope }>;

/** In which file it lies now; one it was taken out of, or that is not this reader's, is not told. */
function filed(db: ReadDb, { id, paper, scope }: Filing, step: Make): LineageStep | null {
  const dossier = readState(db, dossierAggregate, id);
  if (dossier === null || !mayRead(scope, dossier) || !dossiersOf(paper).includes(id)) return null;
  const { code, title } = dossier;
  return step('filed', { dossier: { id, code, title } });
}

/** What became of the files it lies in: decided by a meeting, closed, taken by the agency's archive, and by the historical one. */
function closingsOf(db: ReadDb, { paper, scope }: Looked): LineageStep[] {
  return dossiersOf(paper).flatMap((id) => {
    const found = readState(db, dossierAggregate, id);
    if (found === null || !mayRead(scope, found)) return [];
    const { code, title, closed, handing, excerpts = [] } = found;
    const dossier = { id, code, title };
    const step = (stage: LineageStage, done: Done | null | undefined, said = ''): LineageStep[] =>
      done == null ? [] : [{ ...blank, stage, at: done.at, by: done.by, said, paper: paper.id, dossier }];
    return [
      ...excerpts.flatMap(({ from, title: about, decision }) =>
        step('meeting', decision, `${from}: ${about}`),
      ),
      ...step('closed', closed),
      ...step('archived', handing?.archived),
      ...step('transferred', handing?.transferred, handing?.transferred?.to),
    ];
  });
}

type Done = Readonly<{ by: PersonId; at: Instant }>;

/** How far each agency it went to is, by its last receipt. */
function receiptsOf(db: ReadDb, { id: paper, consignments = [] }: Outgoing): LineageStep[] {
  return consignments.flatMap(({ id }) => {
    const consignment = readState(db, consignmentAggregate, id);
    const last = consignment?.receipts.findLast(({ moved }) => moved);
    const at = last?.at ?? consignment?.sentAt ?? consignment?.queuedAt ?? null;
    if (consignment === null || at === null) return [];
    const { toName, state, arrival } = consignment;
    const said = arrival === null ? toName : `${toName} (${arrival.number})`;
    return [
      {
        ...blank,
        stage: 'receipt' as const,
        at,
        by: null,
        said,
        state: `state.consignment.${state}`,
        paper,
      },
    ];
  });
}
