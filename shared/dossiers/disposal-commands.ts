import { z } from 'zod';
import {
  DisposalIdSchema,
  dayOf,
  defineCommand,
  ref,
  refuse,
  writtenDay,
  type Act,
  type AggregateRef,
  type CommandContext,
  type DisposalId,
  type DossierId,
  type Instant,
  type Refusal,
  type States,
} from '../kernel/public.ts';
import { personAggregate } from '../directory/public.ts';
import { documentAggregate, dossiersOf, locksOf, type OfficialDocument } from '../documents/public.ts';
import { disposalAggregate, dossierAggregate, retentionAggregate } from './aggregates.ts';
import {
  AppraisalSchema,
  DecisionSchema,
  DisposalItemSchema,
  MinutesSchema,
  mostDisposed,
  type Disposal,
  type DisposalItem,
} from './disposal-model.ts';
import type { Dossier } from './model.ts';
import { allKeptUntil, firstSettings, isShorter, type Counting } from './retention.ts';
import { isRipe, whyNotDestroyed, whyNotDestroyedPaper } from './disposal-guards.ts';

const reason = z.string().trim().min(1).max(500);
const only = ({ disposalId }: { disposalId: DisposalId }) => [ref('disposal', disposalId)];
const AskedItemSchema = DisposalItemSchema.pick({
  dossier: true,
  verdict: true,
  newRetention: true,
  reason: true,
});

/**
 * Puts files whose term is over on a list, each with what should become of it and why: from then on they are in the state
 * "Xem xét hủy" (TT 05/2025/TT-BNV).
 */
export const propose = defineCommand({
  name: 'disposals.propose',
  body: z.object({ disposalId: DisposalIdSchema, items: z.array(AskedItemSchema).min(1).max(mostDisposed) }),
  reads: ({ disposalId, items }, ctx) => [
    ref('disposal', disposalId),
    ref('retention', ctx.agencyId),
    ...items.map(({ dossier }) => ref('dossier', dossier)),
  ],
  follows: partsOf,
  // A desk need not hold every file that is due.
  byServer: true,
  decide: ({ body: { disposalId, items }, states, ctx }) => {
    if (states.of(disposalAggregate, disposalId) !== null) return refuse('disposals.exists');
    if (new Set(items.map(({ dossier }) => dossier)).size < items.length) {
      return refuse('disposals.file-twice');
    }
    const listed: DisposalItem[] = [];
    for (const item of items) {
      const line = lineOf(item, states, ctx);
      if ('refused' in line) return line;
      listed.push(line);
    }
    const body = { items: listed, proposed: { by: ctx.actor, at: ctx.recordedAt } };
    return [
      { type: 'disposalProposed', on: ref('disposal', disposalId), body },
      ...listed.flatMap(({ dossier }) =>
        wholeOf(dossier, states).map((one): Act => ({
          type: 'dossierConsidered',
          on: ref('dossier', one.id),
          body: { disposal: disposalId },
        })),
      ),
    ];
  },
});

/** Records what the council for the value of documents said of the list, and where that is signed. */
export const appraise = defineCommand({
  name: 'disposals.appraise',
  body: AppraisalSchema.pick({ words: true, reference: true }).extend({ disposalId: DisposalIdSchema }),
  reads: only,
  decide: ({ body: { disposalId, ...said }, states, ctx }) => {
    const not = whyNotDisposal(states.of(disposalAggregate, disposalId), ['proposed', 'appraised']);
    if (not !== null) return not;
    const body = { ...said, by: ctx.actor, at: ctx.recordedAt };
    return [{ type: 'disposalAppraised', on: ref('disposal', disposalId), body }];
  },
});

/**
 * The head of the agency decides (Luật Lưu trữ 33/2024), by a decision that has a number and a day. What is kept goes back to
 * the shelf with its new term at once.
 */
export const approve = defineCommand({
  name: 'disposals.approve',
  body: DecisionSchema.pick({ number: true, on: true }).extend({ disposalId: DisposalIdSchema }),
  reads: (body, ctx) => [...only(body), ref('retention', ctx.agencyId)],
  follows: partsOf,
  byServer: true,
  decide: ({ body: { disposalId, ...said }, states, ctx }) => {
    if (states.of(personAggregate, ctx.actor)?.rank !== 'head') return refuse('disposals.only-head');
    const disposal = states.of(disposalAggregate, disposalId);
    const not = whyNotDisposal(disposal, ['appraised']) ?? whyNotAny(disposal as Disposal, states, ctx);
    if (not !== null) return not;
    if (said.on > dayOf(ctx.recordedAt)) return refuse('disposals.decided-in-future');
    const { items } = disposal as Disposal;
    const body = { ...said, by: ctx.actor, at: ctx.recordedAt };
    return [
      { type: 'disposalApproved', on: ref('disposal', disposalId), body },
      ...items.flatMap(({ dossier, verdict, newRetention }) =>
        verdict === 'destroy' ? [] : spared(dossier, { disposalId, retention: newRetention }, states),
      ),
    ];
  },
});

/** Ends a list before anything was destroyed; every file goes back to where it was, and the list stays with its reason. */
export const dismiss = defineCommand({
  name: 'disposals.dismiss',
  body: z.object({ disposalId: DisposalIdSchema, reason }),
  reads: only,
  follows: partsOf,
  byServer: true,
  decide: ({ body: { disposalId, reason: why }, states, ctx }) => {
    const disposal = states.of(disposalAggregate, disposalId);
    const not = whyNotDisposal(disposal, ['proposed', 'appraised', 'approved']);
    if (not !== null) return not;
    const body = { by: ctx.actor, at: ctx.recordedAt, reason: why };
    const waiting = (disposal as Disposal).items.filter(
      ({ dossier }) => states.of(dossierAggregate, dossier)?.disposal?.id === disposalId,
    );
    return [
      { type: 'disposalDismissed', on: ref('disposal', disposalId), body },
      ...waiting.flatMap(({ dossier }) => spared(dossier, { disposalId, retention: null }, states)),
    ];
  },
});

/**
 * Destroys what was decided, with minutes and two witnesses. Of every paper that lies in no other file still kept the bytes
 * go; what it was, its log and its hashes stay, with the decision by which it went.
 */
export const carryOut = defineCommand({
  name: 'disposals.carryOut',
  body: MinutesSchema.pick({ witnesses: true, place: true }).extend({ disposalId: DisposalIdSchema }),
  reads: (body, ctx) => [...only(body), ref('retention', ctx.agencyId)],
  follows: everythingIn,
  byServer: true,
  decide: ({ body: { disposalId, ...said }, states, ctx }) => {
    const disposal = states.of(disposalAggregate, disposalId);
    const not = whyNotDisposal(disposal, ['approved']) ?? whyNotAny(disposal as Disposal, states, ctx);
    if (not !== null) return not;
    const { decision, items } = disposal as Disposal;
    if (decision === null) return refuse('disposals.not-approved');
    const going = items
      .filter(({ verdict }) => verdict === 'destroy')
      .flatMap(({ dossier }) => wholeOf(dossier, states));
    const papers = papersOf(going, states);
    const gone = new Set<string>(going.map(({ id }) => id));
    const lost = papers.filter((paper) => !isKeptElsewhere(paper, gone, states));
    // What stays in another file, held or not, stops nothing.
    const stays = lost.map(whyNotDestroyedPaper).find((refusal) => refusal !== null);
    if (stays !== undefined) return stays;
    const by = { disposal: disposalId, number: decision.number, decidedOn: decision.on, at: ctx.recordedAt };
    const minutes = {
      ...said,
      destroyed: lost.length,
      kept: papers.length - lost.length,
      by: ctx.actor,
      at: ctx.recordedAt,
    };
    return [
      { type: 'disposalCarriedOut', on: ref('disposal', disposalId), body: minutes },
      ...going.map((one): Act => ({ type: 'dossierDestroyed', on: ref('dossier', one.id), body: by })),
      ...lost.map((one): Act => ({ type: 'documentDestroyed', on: ref('document', one.id), body: by })),
      ...papers.filter((paper) => !lost.includes(paper)).flatMap((paper) => freed(paper, going)),
    ];
  },
});

type AskedItem = z.infer<typeof AskedItemSchema>;

/** A file as it goes on the list, or why it cannot. */
function lineOf(asked: AskedItem, states: States, ctx: CommandContext): DisposalItem | Refusal {
  const { verdict, newRetention } = asked;
  const dossier = states.of(dossierAggregate, asked.dossier);
  if (dossier === null) return refuse('dossiers.unknown');
  const { code, title, retention, parent, disposal } = dossier;
  if (parent !== null) return refuse('holds.only-whole', { code });
  if (disposal != null) return refuse('disposals.listed-already', { code });
  const files = wholeOf(dossier.id, states);
  if (!files.every(isRipe)) return refuse('disposals.not-kept', { code });
  const keptUntil = allKeptUntil(files, countingOf(states, ctx));
  if (keptUntil === null) return refuse('disposals.kept-for-ever', { code });
  if (!isOver(keptUntil, ctx.recordedAt)) {
    return refuse('disposals.not-due', { code, day: writtenDay(keptUntil) });
  }
  const stays = verdict === 'destroy' ? whyNotDestroyed(files) : null;
  if (stays !== null) return stays;
  const isTermGiven = (verdict === 'longer') === (newRetention !== null);
  if (!isTermGiven || (newRetention !== null && !isShorter(retention, newRetention))) {
    return refuse('disposals.term-missing', { code });
  }
  const term = verdict === 'permanent' ? 'permanent' : newRetention;
  return { ...asked, newRetention: term, code, title, retention, keptUntil };
}

/** Everything is looked at again: days went by, a case may hold a file meanwhile. */
function whyNotAny({ id, items }: Disposal, states: States, ctx: CommandContext): Refusal | null {
  for (const { dossier, verdict, code } of items) {
    if (verdict !== 'destroy') continue;
    const files = wholeOf(dossier, states);
    if (files.some(({ disposal }) => disposal?.id !== id)) return refuse('disposals.not-kept', { code });
    const keptUntil = allKeptUntil(files, countingOf(states, ctx));
    if (keptUntil === null) return refuse('disposals.kept-for-ever', { code });
    if (!isOver(keptUntil, ctx.recordedAt)) {
      return refuse('disposals.not-due', { code, day: writtenDay(keptUntil) });
    }
    const stays = whyNotDestroyed(files);
    if (stays !== null) return stays;
  }
  return null;
}

function isOver(keptUntil: string, now: Instant): boolean {
  return keptUntil < dayOf(now);
}

function countingOf(states: States, ctx: CommandContext): Counting {
  return (states.of(retentionAggregate, ctx.agencyId) ?? firstSettings).counting;
}

type Sparing = Readonly<{ disposalId: DisposalId; retention: Dossier['retention'] | null }>;

function spared(dossier: DossierId, { disposalId, retention }: Sparing, states: States): Act[] {
  return wholeOf(dossier, states).map(({ id }) => ({
    type: 'dossierSpared',
    on: ref('dossier', id),
    body: { disposal: disposalId, retention },
  }));
}

/** A paper that stays in another file is no longer kept by the one that went. */
function freed(paper: OfficialDocument, going: readonly Dossier[]): Act[] {
  const ids = new Set<string>(going.map(({ id }) => id));
  return locksOf(paper)
    .filter(({ id }) => ids.has(id))
    .map(({ id, kind, name }) => ({
      type: 'documentUnlocked',
      on: ref('document', paper.id),
      body: { lock: { id, kind, name } },
    }));
}

function isKeptElsewhere(paper: OfficialDocument, gone: ReadonlySet<string>, states: States): boolean {
  return dossiersOf(paper).some(
    (id) => !gone.has(id) && states.of(dossierAggregate, id)?.state !== 'destroyed',
  );
}

/** A file and its parts. */
function wholeOf(id: DossierId, states: States): readonly Dossier[] {
  const whole = states.of(dossierAggregate, id);
  if (whole === null) return [];
  const parts = whole.parts.map((part) => states.of(dossierAggregate, part)).filter((part) => part !== null);
  return [whole, ...parts];
}

function papersOf(files: readonly Dossier[], states: States): readonly OfficialDocument[] {
  const ids = new Set(files.flatMap(({ items }) => items.map(({ document }) => document)));
  return [...ids]
    .map((id) => states.of(documentAggregate, id))
    .filter((paper) => paper !== null)
    .filter(({ state }) => state !== 'destroyed');
}

/** A list leads to its files, and those to their parts. */
function partsOf(read: AggregateRef, states: States): readonly AggregateRef[] {
  if (read.kind === 'disposal') {
    const disposal = states.of(disposalAggregate, read.id);
    return (disposal?.items ?? []).map(({ dossier }) => ref('dossier', dossier));
  }
  const dossier = read.kind === 'dossier' ? states.of(dossierAggregate, read.id) : null;
  return (dossier?.parts ?? []).map((part) => ref('dossier', part));
}

/** Further to their papers, and to every other file these lie in. */
function everythingIn(read: AggregateRef, states: States): readonly AggregateRef[] {
  if (read.kind === 'document') {
    const document = states.of(documentAggregate, read.id);
    return document === null ? [] : dossiersOf(document).map((id) => ref('dossier', id));
  }
  const dossier = read.kind === 'dossier' ? states.of(dossierAggregate, read.id) : null;
  // Only of what is on the list: another file that a paper lies in is looked at, and its papers are not.
  const isListed = dossier?.disposal != null;
  const papers = isListed ? dossier.items.map(({ document }) => ref('document', document)) : [];
  return [...partsOf(read, states), ...papers];
}

function whyNotDisposal(disposal: Disposal | null, states: readonly Disposal['state'][]): Refusal | null {
  if (disposal === null) return refuse('disposals.unknown');
  if (states.includes(disposal.state)) return null;
  return refuse('disposals.not-in-state', { state: `disposal.${disposal.state}` });
}
