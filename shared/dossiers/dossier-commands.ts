import { z } from 'zod';
import {
  DaySchema,
  DocumentIdSchema,
  DossierIdSchema,
  PersonIdSchema,
  defineCommand,
  ref,
  refuse,
  yearOf,
  type Act,
  type AggregateRef,
  type Refusal,
  type States,
} from '../kernel/public.ts';
import {
  mayRead,
  personAggregate,
  readingScope,
  whyNotReceivePapers,
  type Person,
} from '../directory/public.ts';
import { documentAggregate, whyNotFile, type OfficialDocument } from '../documents/public.ts';
import { taskAggregate } from '../workflow/public.ts';
import { dossierAggregate, fileListAggregate } from './aggregates.ts';
import { findingsOf, type Holdings } from './closing.ts';
import { DossierFieldsSchema, fileListId, mostAtOnce, mostItems, mostParts, type Dossier } from './model.ts';
import { whyNotClosedDossier, whyNotOpenDossier } from './why-not.ts';

const reason = z.string().trim().min(1).max(500);
const documents = z.array(DocumentIdSchema).min(1).max(mostAtOnce);

/** Opens a file from the list of its year, outside it (NĐ 30 Đ29: whoever handles the work names it), or as a part of another. */
export const openDossier = defineCommand({
  name: 'dossiers.open',
  body: z.object({
    dossierId: DossierIdSchema,
    fields: DossierFieldsSchema,
    maker: PersonIdSchema,
    parent: DossierIdSchema.nullable(),
  }),
  reads: ({ dossierId, fields, maker, parent }) => [
    ref('dossier', dossierId),
    ref('person', maker),
    ref('fileList', fileListId(yearOf(fields.startedOn))),
    ...(parent === null ? [] : [ref('dossier', parent)]),
  ],
  decide: ({ body: { dossierId, fields, maker, parent }, states, ctx }) => {
    if (states.of(dossierAggregate, dossierId) !== null) return refuse('dossiers.exists');
    const person = states.of(personAggregate, maker);
    const not = whyNotMaker(person, states.of(personAggregate, ctx.actor));
    if (not !== null) return not;
    const on = ref('dossier', dossierId);
    const opening = { maker, unit: (person as Person).unit, parent };
    if (parent !== null) {
      const whole = states.of(dossierAggregate, parent);
      const refusal = whyNotOpenDossier(whole, states.of(personAggregate, ctx.actor)) ?? whyNotPart(whole);
      if (refusal !== null) return refusal;
      const { code, year, parts } = whole as Dossier;
      const named = { ...fields, code: `${code}.${parts.length + 1}` };
      const body = { ...opening, year, fields: named, inList: false };
      if (!DossierFieldsSchema.safeParse(named).success) return refuse('dossiers.code-long', { code });
      return [
        { type: 'dossierOpened', on, body },
        { type: 'partOpened', on: ref('dossier', parent), body: { part: dossierId } },
      ];
    }
    const year = yearOf(fields.startedOn);
    const list = states.of(fileListAggregate, fileListId(year));
    if (list?.taken[fields.code] !== undefined) {
      return refuse('dossiers.code-taken', { code: fields.code, year });
    }
    const line = list?.entries.find(({ code }) => code === fields.code);
    if (line !== undefined && list?.approved === null) return refuse('dossiers.list-not-approved', { year });
    const taken = { year, code: fields.code, dossier: dossierId };
    return [
      { type: 'dossierOpened', on, body: { ...opening, year, fields, inList: line !== undefined } },
      { type: 'fileCodeTaken', on: ref('fileList', fileListId(year)), body: taken },
    ];
  },
});

/** Puts title, retention and the rest right; the code stays, since papers elsewhere name it. */
export const describe = defineCommand({
  name: 'dossiers.describe',
  body: z.object({ dossierId: DossierIdSchema, fields: DossierFieldsSchema.omit({ code: true }) }),
  reads: ({ dossierId }) => [ref('dossier', dossierId)],
  decide: ({ body: { dossierId, fields }, states, ctx }) => {
    const dossier = states.of(dossierAggregate, dossierId);
    const not = whyNotOpenDossier(dossier, states.of(personAggregate, ctx.actor));
    if (not !== null) return not;
    const { code, year, parent } = dossier as Dossier;
    if (parent === null && yearOf(fields.startedOn) !== year) return refuse('dossiers.other-year', { year });
    const body = { fields: { ...fields, code } };
    return [{ type: 'dossierDescribed', on: ref('dossier', dossierId), body }];
  },
});

/** Puts papers into a file; each gets the next place, and lies where it lay before as well. */
export const file = defineCommand({
  name: 'dossiers.file',
  body: z.object({ dossierId: DossierIdSchema, documents }),
  reads: ({ dossierId, documents: ids }) => [
    ref('dossier', dossierId),
    ...ids.map((id) => ref('document', id)),
  ],
  decide: ({ body: { dossierId, documents: ids }, states, ctx }) => {
    const dossier = states.of(dossierAggregate, dossierId);
    const actor = states.of(personAggregate, ctx.actor);
    const not = whyNotOpenDossier(dossier, actor);
    if (not !== null) return not;
    const { items, last, code } = dossier as Dossier;
    if (items.length + ids.length > mostItems) return refuse('dossiers.too-many', { count: mostItems });
    const inside = new Set<string>(items.map(({ document }) => document));
    const acts: Act[] = [];
    for (const id of ids) {
      const document = states.of(documentAggregate, id);
      const refusal = whyNotFiled(document, actor);
      if (refusal !== null) return refusal;
      if (inside.has(id)) return refuse('dossiers.filed-already', { code });
      inside.add(id);
      acts.push({ type: 'documentFiled', on: ref('document', id), body: { dossier: dossierId } });
    }
    const filed = ids.map((document, place) => ({ n: last + place + 1, document }));
    return [{ type: 'itemsFiled', on: ref('dossier', dossierId), body: { items: filed } }, ...acts];
  },
});

/** Takes papers out again: what does not belong, what is there twice, drafts (NĐ 30 Đ29). The papers themselves stay. */
export const takeOut = defineCommand({
  name: 'dossiers.takeOut',
  body: z.object({ dossierId: DossierIdSchema, documents, reason }),
  reads: ({ dossierId, documents: ids }) => [
    ref('dossier', dossierId),
    ...ids.map((id) => ref('document', id)),
  ],
  decide: ({ body: { dossierId, documents: ids, reason: why }, states, ctx }) => {
    const dossier = states.of(dossierAggregate, dossierId);
    const actor = states.of(personAggregate, ctx.actor);
    const not = whyNotOpenDossier(dossier, actor);
    if (not !== null) return not;
    const { items, code } = dossier as Dossier;
    const inside = new Set<string>(items.map(({ document }) => document));
    if (ids.some((id) => !inside.has(id))) return refuse('dossiers.not-inside', { code });
    if (ids.some((id) => !isReadBy(actor, states.of(documentAggregate, id)))) {
      return refuse('documents.unknown');
    }
    const body = { documents: ids, reason: why };
    return [
      { type: 'itemsTakenOut', on: ref('dossier', dossierId), body },
      ...ids.map((id): Act => ({
        type: 'documentTakenOut',
        on: ref('document', id),
        body: { dossier: dossierId },
      })),
    ];
  },
});

/** Gives the file to another maker: people change posts, and whoever leaves hands everything over (NĐ 30 Đ31). */
export const passOn = defineCommand({
  name: 'dossiers.passOn',
  body: z.object({ dossierId: DossierIdSchema, to: PersonIdSchema, reason }),
  reads: ({ dossierId, to }) => [ref('dossier', dossierId), ref('person', to)],
  decide: ({ body: { dossierId, to, reason: why }, states, ctx }) => {
    const not = whyNotOpenDossier(
      states.of(dossierAggregate, dossierId),
      states.of(personAggregate, ctx.actor),
    );
    if (not !== null) return not;
    const person = states.of(personAggregate, to);
    const refusal = whyNotReceivePapers(person);
    if (refusal !== null) return refusal;
    const body = { to, unit: (person as Person).unit, reason: why };
    return [{ type: 'dossierPassedOn', on: ref('dossier', dossierId), body }];
  },
});

/** Ends the file with all its parts, once nothing stands against it (NĐ 30 Đ29, Đ30). */
export const close = defineCommand({
  name: 'dossiers.close',
  body: z.object({ dossierId: DossierIdSchema, endedOn: DaySchema }),
  reads: ({ dossierId }) => [ref('dossier', dossierId)],
  follows: holdingsOf,
  // It looks at every paper of the file, and a desk holds only what its person may read.
  byServer: true,
  decide: ({ body: { dossierId, endedOn }, states, ctx }) => {
    const dossier = states.of(dossierAggregate, dossierId);
    const not = whyNotOpenDossier(dossier, states.of(personAggregate, ctx.actor));
    if (not !== null) return not;
    const actor = states.of(personAggregate, ctx.actor);
    const held = holdings(dossier as Dossier, states, (paper) => isReadBy(actor, paper));
    const stops = findingsOf(held, { endedOn, today: ctx.recordedAt }).find((one) => one.stops);
    if (stops !== undefined) return stops.refusal;
    const body = { endedOn, by: ctx.actor, at: ctx.recordedAt };
    return [held.dossier, ...held.parts]
      .filter(({ state }) => state === 'open')
      .map(({ id }): Act => ({ type: 'dossierClosed', on: ref('dossier', id), body }));
  },
});

/** Opens a file again that is not handed over yet, with a reason that stays. */
export const reopen = defineCommand({
  name: 'dossiers.reopen',
  body: z.object({ dossierId: DossierIdSchema, reason }),
  reads: ({ dossierId }) => [ref('dossier', dossierId)],
  follows: (read, states) => {
    const parent = read.kind === 'dossier' ? states.of(dossierAggregate, read.id)?.parent : null;
    return parent == null ? [] : [ref('dossier', parent)];
  },
  decide: ({ body: { dossierId, reason: why }, states, ctx }) => {
    const dossier = states.of(dossierAggregate, dossierId);
    const not = whyNotClosedDossier(dossier, states.of(personAggregate, ctx.actor));
    if (not !== null) return not;
    const { parent } = dossier as Dossier;
    const whole = parent === null ? null : states.of(dossierAggregate, parent);
    if (whole?.state === 'closed') return refuse('dossiers.whole-closed', { code: whole.code });
    return [{ type: 'dossierReopened', on: ref('dossier', dossierId), body: { reason: why } }];
  },
});

/** What a file leads to: its parts, their papers, the tasks given on those, and the list of its year. */
function holdingsOf(read: AggregateRef, states: States): readonly AggregateRef[] {
  if (read.kind === 'dossier') {
    const dossier = states.of(dossierAggregate, read.id);
    if (dossier === null) return [];
    return [
      ref('fileList', fileListId(dossier.year)),
      ...dossier.parts.map((part) => ref('dossier', part)),
      ...dossier.items.map(({ document }) => ref('document', document)),
    ];
  }
  const document = read.kind === 'document' ? states.of(documentAggregate, read.id) : null;
  return document?.direction === 'incoming' ? document.tasks.map((task) => ref('task', task)) : [];
}

function holdings(dossier: Dossier, states: States, reads: Holdings['reads']): Holdings {
  const parts = dossier.parts
    .map((part) => states.of(dossierAggregate, part))
    .filter((part) => part !== null);
  return {
    dossier,
    parts,
    reads,
    document: (id) => states.of(documentAggregate, id),
    task: (id) => states.of(taskAggregate, id),
    list: states.of(fileListAggregate, fileListId(dossier.year)),
  };
}

function whyNotMaker(maker: Person | null, actor: Person | null): Refusal | null {
  const not = whyNotReceivePapers(maker);
  if (not !== null) return not;
  const isOwn = maker?.id === actor?.id;
  const mayGive = actor?.roles.some((role) => role === 'clerk' || role === 'unit-head') === true;
  return isOwn || mayGive ? null : refuse('dossiers.only-own');
}

function whyNotPart(whole: Dossier | null): Refusal | null {
  if (whole === null) return refuse('dossiers.unknown');
  if (whole.parent !== null) return refuse('dossiers.part-of-part', { code: whole.code });
  return whole.parts.length >= mostParts ? refuse('dossiers.too-many-parts', { count: mostParts }) : null;
}

function whyNotFiled(document: OfficialDocument | null, actor: Person | null): Refusal | null {
  return isReadBy(actor, document) ? whyNotFile(document) : refuse('documents.unknown');
}

function isReadBy(actor: Person | null, document: OfficialDocument | null): document is OfficialDocument {
  return document !== null && actor !== null && mayRead(readingScope(actor), document);
}
