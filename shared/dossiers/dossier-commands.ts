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
  type Refusal,
} from '../kernel/public.ts';
import { personAggregate, whyNotReceivePapers, type Person } from '../directory/public.ts';
import { documentAggregate, locksOf, whyNotFile, type OfficialDocument } from '../documents/public.ts';
import { dossierAggregate, fileListAggregate } from './aggregates.ts';
import { certify } from './certified.ts';
import { findingsOf } from './closing.ts';
import { heldBy, holdings, holdingsOf, isReadBy, papersIn } from './holdings.ts';
import { DossierFieldsSchema, fileListId, mostAtOnce, mostItems, mostParts, type Dossier } from './model.ts';
import { isShorter } from './retention.ts';
import { whyNotClosedDossier, whyNotFrozen, whyNotHeld, whyNotOpenDossier } from './why-not.ts';

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
        ...((whole as Dossier).locks ?? []).map((lock): Act => ({
          type: 'dossierLocked',
          on,
          body: { lock },
        })),
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
    const { code, year, parent, retention } = dossier as Dossier;
    const held = isShorter(fields.retention, retention) ? whyNotHeld(dossier as Dossier) : null;
    if (held !== null) return held;
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
    const { items, last, code, locks = [] } = dossier as Dossier;
    if (items.length + ids.length > mostItems) return refuse('dossiers.too-many', { count: mostItems });
    const inside = new Set<string>(items.map(({ document }) => document));
    const acts: Act[] = [];
    for (const id of ids) {
      const document = states.of(documentAggregate, id);
      const refusal = whyNotFiled(document, actor);
      if (refusal !== null) return refusal;
      if (inside.has(id)) return refuse('dossiers.filed-already', { code });
      inside.add(id);
      const on = ref('document', id);
      acts.push(
        { type: 'documentFiled', on, body: { dossier: dossierId } },
        // What comes into a held file is held with it.
        ...locks.map((lock): Act => ({ type: 'documentLocked', on, body: { lock } })),
      );
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
    // A case that holds the file holds every paper that lies in it.
    const held = whyNotHeld(dossier as Dossier);
    if (held !== null) return held;
    for (const id of ids) {
      const document = states.of(documentAggregate, id);
      if (!isReadBy(actor, document)) return refuse('documents.unknown');
      const frozen = whyNotMoved(document);
      if (frozen !== null) return frozen;
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

/** Gives the file, with those of its parts that are the same maker's, to another: people change posts, and whoever leaves hands everything over (NĐ 30 Đ31). */
export const passOn = defineCommand({
  name: 'dossiers.passOn',
  body: z.object({ dossierId: DossierIdSchema, to: PersonIdSchema, reason }),
  reads: ({ dossierId, to }) => [ref('dossier', dossierId), ref('person', to)],
  follows: heldBy,
  decide: ({ body: { dossierId, to, reason: why }, states, ctx }) => {
    const dossier = states.of(dossierAggregate, dossierId);
    const actor = states.of(personAggregate, ctx.actor);
    const not = whyNotOpenDossier(dossier, actor);
    if (not !== null) return not;
    const person = states.of(personAggregate, to);
    const refusal = whyNotReceivePapers(person);
    if (refusal !== null) return refusal;
    const { unit } = person as Person;
    const { maker, parts } = dossier as Dossier;
    const own = parts
      .map((part) => states.of(dossierAggregate, part))
      .filter((part) => part?.state === 'open' && part.maker === maker);
    const passed = [dossier, ...own].filter((one) => one !== null);
    return [
      ...passed.map(({ id }): Act => ({
        type: 'dossierPassedOn',
        on: ref('dossier', id),
        body: { to, unit, reason: why },
      })),
      // The next maker reads what they were given, and nobody gives more than they read themselves.
      ...papersIn(passed)
        .filter((id) => isReadBy(actor, states.of(documentAggregate, id)))
        .map((id): Act => ({
          type: 'documentShown',
          on: ref('document', id),
          body: { person: to, unit },
        })),
    ];
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
    const findings = findingsOf(held, { endedOn, today: ctx.recordedAt });
    const stops = findings.find((one) => one.stops);
    if (stops !== undefined) return stops.refusal;
    const body = { endedOn, by: ctx.actor, at: ctx.recordedAt };
    const ending = [held.dossier, ...held.parts].filter(({ state }) => state === 'open');
    return ending.flatMap((one): Act[] => [
      {
        type: 'dossierClosed',
        on: ref('dossier', one.id),
        body: { ...body, certified: certify(one, findings, held.document) },
      },
      // From now on its papers stay as they are: one act on each, so that every desk and every command knows.
      ...one.items.map(({ document }): Act => ({
        type: 'documentLocked',
        on: ref('document', document),
        body: { lock: { id: one.id, kind: 'closed', name: one.code, reason: '' } },
      })),
    ]);
  },
});

/** Opens a file again that is not handed over yet, with a reason that stays; its papers are free again. */
export const reopen = defineCommand({
  name: 'dossiers.reopen',
  body: z.object({ dossierId: DossierIdSchema, reason }),
  reads: ({ dossierId }) => [ref('dossier', dossierId)],
  follows: (read, states) => {
    const dossier = read.kind === 'dossier' ? states.of(dossierAggregate, read.id) : null;
    if (dossier === null) return [];
    return [
      ...(dossier.parent === null ? [] : [ref('dossier', dossier.parent)]),
      ...dossier.items.map(({ document }) => ref('document', document)),
    ];
  },
  // It frees papers that whoever keeps the file may not read, and their desk does not hold.
  byServer: true,
  decide: ({ body: { dossierId, reason: why }, states, ctx }) => {
    const dossier = states.of(dossierAggregate, dossierId);
    const not =
      whyNotClosedDossier(dossier, states.of(personAggregate, ctx.actor)) ?? whyNotFrozen(dossier as Dossier);
    if (not !== null) return not;
    const { parent, code, items } = dossier as Dossier;
    const whole = parent === null ? null : states.of(dossierAggregate, parent);
    if (whole?.state === 'closed') return refuse('dossiers.whole-closed', { code: whole.code });
    const body = { lock: { id: dossierId, kind: 'closed', name: code } };
    return [
      { type: 'dossierReopened', on: ref('dossier', dossierId), body: { reason: why } },
      ...items
        .filter(({ document: id }) => isClosedWith(states.of(documentAggregate, id), dossierId))
        .map(({ document: id }): Act => ({ type: 'documentUnlocked', on: ref('document', id), body })),
    ];
  },
});

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
  if (!isReadBy(actor, document)) return refuse('documents.unknown');
  return whyNotFile(document) ?? whyNotMoved(document);
}

/**
 * NĐ 30 PL6 I.9: a frozen paper is not moved. One that lies in a closed file may lie in another as well (PL6 I.4): it stays
 * where it is.
 */
function whyNotMoved(document: OfficialDocument): Refusal | null {
  const freeze = locksOf(document).find(({ kind }) => kind === 'freeze');
  if (freeze === undefined) return null;
  return refuse('documents.frozen', { name: freeze.name, reason: freeze.reason });
}

function isClosedWith(document: OfficialDocument | null, dossierId: string): boolean {
  return document !== null && locksOf(document).some(({ id }) => id === dossierId);
}
