import { z } from 'zod';
import {
  DaySchema,
  DossierIdSchema,
  HandOverIdSchema,
  HashSchema,
  dayOf,
  defineCommand,
  ref,
  refuse,
  writtenDay,
  type Act,
  type AggregateRef,
  type DossierId,
  type HandOverId,
  type Refusal,
  type States,
} from '../kernel/public.ts';
import { personAggregate, type Person } from '../directory/public.ts';
import { StoredFileSchema } from '../documents/public.ts';
import { dossierAggregate } from './aggregates.ts';
import { handOverAggregate } from './hand-over-aggregate.ts';
import { mostKeptBack } from './hand-over-due.ts';
import { mostFiles, type HandOver } from './hand-over-model.ts';
import { heldBy, holdings, holdingsOf, isReadBy, papersIn } from './holdings.ts';
import { ArchiveCheckSchema, GivenBackSchema, ReceiptSchema, archiveChecks, type Dossier } from './model.ts';
import { findingsOnOffer, sideToSign, whyNotJudge, whyNotOffer, whyNotWithdraw } from './offering.ts';

const files = z.array(DossierIdSchema).min(1).max(mostFiles);
const reason = z.string().trim().min(1).max(500);
const onOne = (handOverId: HandOverId) => [ref('handOver', handOverId)];

/** Nộp lưu: closed files go to the archive, which reads them and their papers from then on (NĐ 30 Đ30). */
export const offer = defineCommand({
  name: 'handOvers.offer',
  body: z.object({ handOverId: HandOverIdSchema, dossiers: files }),
  reads: ({ handOverId, dossiers }) => [...onOne(handOverId), ...dossiers.map((id) => ref('dossier', id))],
  follows: holdingsOf,
  // It looks at every paper of the files, and a desk holds only what its person may read.
  byServer: true,
  decide: ({ body: { handOverId, dossiers: ids }, states, ctx }) => {
    if (states.of(handOverAggregate, handOverId) !== null) return refuse('handOvers.exists');
    const actor = states.of(personAggregate, ctx.actor);
    const today = dayOf(ctx.recordedAt);
    const wholes: Dossier[] = [];
    for (const id of new Set(ids)) {
      const dossier = states.of(dossierAggregate, id);
      const not = whyNotOffer(dossier, actor);
      if (not !== null || dossier === null) return not ?? refuse('dossiers.unknown');
      const held = holdings(dossier, states, (paper) => isReadBy(actor, paper));
      const stops = findingsOnOffer(held, today).find((one) => one.stops);
      if (stops !== undefined) return stops.refusal;
      wholes.push(dossier);
    }
    const body = {
      files: wholes.map(({ id, code, title }) => ({ dossier: id, code, title })),
      from: ctx.actor,
      unit: (actor as Person).unit,
      at: ctx.recordedAt,
    };
    return [
      { type: 'handOverOffered', on: ref('handOver', handOverId), body },
      ...wholes.flatMap((whole) =>
        onWhole(whole, states, {
          file: (id) => ({ type: 'dossierOffered', on: ref('dossier', id), body: { handOver: handOverId } }),
          papers: 'documentOffered',
        }),
      ),
    ];
  },
});

/** Takes back what the archive has not decided on, to put something right. */
export const withdraw = defineCommand({
  name: 'handOvers.withdraw',
  body: z.object({ handOverId: HandOverIdSchema, reason }),
  reads: ({ handOverId }) => onOne(handOverId),
  follows: filesOf,
  byServer: true,
  decide: ({ body: { handOverId, reason: why }, states, ctx }) => {
    const handOver = states.of(handOverAggregate, handOverId);
    const not = whyNotWithdraw(handOver, states.of(personAggregate, ctx.actor));
    if (not !== null || handOver === null) return not ?? refuse('handOvers.unknown');
    const body = { reason: why };
    return [
      { type: 'handOverWithdrawn', on: ref('handOver', handOverId), body },
      ...waitingIn(handOver, states).flatMap((whole) =>
        onWhole(whole, states, {
          file: (id) => ({ type: 'dossierWithdrawn', on: ref('dossier', id), body }),
          papers: 'documentLeftArchive',
        }),
      ),
    ];
  },
});

/** The archive gives files back, each with what of the check list is not in order; the others go on waiting. */
export const giveBack = defineCommand({
  name: 'handOvers.giveBack',
  body: z.object({
    handOverId: HandOverIdSchema,
    files: z
      .array(GivenBackSchema.extend({ dossier: DossierIdSchema }))
      .min(1)
      .max(mostFiles),
  }),
  reads: ({ handOverId }) => onOne(handOverId),
  follows: filesOf,
  byServer: true,
  decide: ({ body: { handOverId, files: given }, states, ctx }) => {
    const handOver = states.of(handOverAggregate, handOverId);
    const not = whyNotJudge(handOver, states.of(personAggregate, ctx.actor));
    if (not !== null || handOver === null) return not ?? refuse('handOvers.unknown');
    const by = { by: ctx.actor, at: ctx.recordedAt };
    const waiting = new Map<DossierId, Dossier>(
      waitingIn(handOver, states).map((whole) => [whole.id, whole]),
    );
    const acts: Act[] = [
      { type: 'filesGivenBack', on: ref('handOver', handOverId), body: { files: given, ...by } },
    ];
    for (const { dossier: id, ...why } of given) {
      const whole = waiting.get(id);
      if (whole === undefined) return refuse('handOvers.not-waiting');
      waiting.delete(id);
      const body = { ...why, ...by };
      acts.push(
        ...onWhole(whole, states, {
          file: (one) => ({ type: 'dossierGivenBack', on: ref('dossier', one), body }),
          papers: 'documentLeftArchive',
        }),
      );
    }
    return acts;
  },
});

/** The archive takes what was not given back, once everything of the check list was looked at (NĐ 30 Đ30). */
export const accept = defineCommand({
  name: 'handOvers.accept',
  body: z.object({ handOverId: HandOverIdSchema, checked: z.array(ArchiveCheckSchema) }),
  reads: ({ handOverId }) => onOne(handOverId),
  follows: (read, states) => (read.kind === 'handOver' ? filesOf(read, states) : partsOf(read, states)),
  byServer: true,
  decide: ({ body: { handOverId, checked }, states, ctx }) => {
    const handOver = states.of(handOverAggregate, handOverId);
    const not = whyNotJudge(handOver, states.of(personAggregate, ctx.actor));
    if (not !== null || handOver === null) return not ?? refuse('handOvers.unknown');
    if (archiveChecks.some((check) => !checked.includes(check))) return refuse('handOvers.check-first');
    const body = { by: ctx.actor, at: ctx.recordedAt };
    return [
      { type: 'handOverAccepted', on: ref('handOver', handOverId), body },
      ...waitingIn(handOver, states)
        .flatMap((whole) => [whole.id, ...whole.parts])
        .map((id): Act => ({ type: 'dossierArchived', on: ref('dossier', id), body })),
    ];
  },
});

/** One side's signature on the minutes: each signs over what the other did, and both keep the same file (NĐ 30 PL5). */
export const signMinutes = defineCommand({
  name: 'handOvers.signMinutes',
  body: z.object({
    handOverId: HandOverIdSchema,
    file: StoredFileSchema,
    /** What it was signed over: null where nobody had signed yet. */
    signedOver: HashSchema.nullable(),
  }),
  reads: ({ handOverId }) => onOne(handOverId),
  byServer: true,
  decide: ({ body: { handOverId, file, signedOver }, states, ctx }) => {
    const handOver = states.of(handOverAggregate, handOverId);
    if (handOver === null) return refuse('handOvers.unknown');
    const side = sideToSign(handOver, ctx.actor);
    if (side === null) return refuse('handOvers.nothing-to-sign');
    if ((handOver.minutes?.file.hash ?? null) !== signedOver) return refuse('handOvers.minutes-changed');
    const body = { side, file, at: ctx.recordedAt };
    return [{ type: 'minutesSigned', on: ref('handOver', handOverId), body }];
  },
});

/** The head lets a file stay with its unit for the work, for two years at most (NĐ 30 Đ30); the act is the written permission. */
export const keepBack = defineCommand({
  name: 'handOvers.keepBack',
  body: z.object({ dossierId: DossierIdSchema, until: DaySchema, reason }),
  reads: ({ dossierId }) => [ref('dossier', dossierId)],
  decide: ({ body: { dossierId, until, reason: why }, states, ctx }) => {
    const dossier = states.of(dossierAggregate, dossierId);
    if (dossier === null) return refuse('dossiers.unknown');
    if (dossier.state !== 'closed') return refuse(`dossiers.is-${dossier.state}`, { code: dossier.code });
    const most = mostKeptBack(dossier);
    if (most === null) return refuse('handOvers.never-due', { code: dossier.code });
    const isLonger = until > most || until <= dayOf(ctx.recordedAt);
    if (isLonger) return refuse('handOvers.kept-too-long', { most: writtenDay(most) });
    const body = { until, reason: why, by: ctx.actor, at: ctx.recordedAt };
    return [{ type: 'dossierKeptBack', on: ref('dossier', dossierId), body }];
  },
});

/** What the historical archive took, with the number and the day of its minutes (Luật Lưu trữ 33/2024). */
export const recordReceipt = defineCommand({
  name: 'handOvers.recordReceipt',
  body: z.object({ dossiers: files, receipt: ReceiptSchema }),
  reads: ({ dossiers }) => dossiers.map((id) => ref('dossier', id)),
  follows: partsOf,
  decide: ({ body: { dossiers: ids, receipt }, states, ctx }) => {
    const at = ctx.recordedAt;
    if (receipt.on > dayOf(at)) return refuse('handOvers.receipt-in-future');
    const acts: Act[] = [];
    for (const id of new Set(ids)) {
      const dossier = states.of(dossierAggregate, id);
      const not = whyNotTransfer(dossier);
      if (not !== null || dossier === null) return not ?? refuse('dossiers.unknown');
      const body = { ...receipt, by: ctx.actor, at };
      acts.push(
        ...[id, ...dossier.parts].map((one): Act => ({
          type: 'dossierTransferred',
          on: ref('dossier', one),
          body,
        })),
      );
    }
    return acts;
  },
});

function whyNotTransfer(dossier: Dossier | null): Refusal | null {
  if (dossier === null) return refuse('dossiers.unknown');
  const { state, code, parent, retention } = dossier;
  if (parent !== null) return refuse('handOvers.only-whole', { code });
  if (state !== 'archived') {
    return refuse(state === 'transferred' ? 'dossiers.is-transferred' : 'handOvers.not-archived', { code });
  }
  // Luật Lưu trữ 33/2024: the historical archive keeps what is kept for ever.
  return retention === 'permanent' ? null : refuse('handOvers.not-permanent', { code });
}

/** The files of a hand-over, with what lies in them. */
function filesOf(read: AggregateRef, states: States): readonly AggregateRef[] {
  if (read.kind !== 'handOver') return heldBy(read, states);
  const handOver = states.of(handOverAggregate, read.id);
  return (handOver?.files ?? []).map(({ dossier }) => ref('dossier', dossier));
}

function partsOf(read: AggregateRef, states: States): readonly AggregateRef[] {
  const dossier = read.kind === 'dossier' ? states.of(dossierAggregate, read.id) : null;
  return (dossier?.parts ?? []).map((part) => ref('dossier', part));
}

/** What the archive has not decided on. */
function waitingIn({ files: all }: HandOver, states: States): Dossier[] {
  return all
    .filter(({ givenBack }) => givenBack === null)
    .map(({ dossier }) => states.of(dossierAggregate, dossier))
    .filter((dossier) => dossier !== null);
}

type OnWhole = Readonly<{
  file: (id: DossierId) => Act;
  papers: 'documentOffered' | 'documentLeftArchive';
}>;

/** The same for a file and its parts, and for every paper in them: that paper is at the archive by the whole file. */
function onWhole(whole: Dossier, states: States, { file, papers }: OnWhole): Act[] {
  const parts = whole.parts.map((part) => states.of(dossierAggregate, part)).filter((part) => part !== null);
  const held = [whole, ...parts];
  return [
    ...held.map(({ id }) => file(id)),
    ...papersIn(held).map((id): Act => ({
      type: papers,
      on: ref('document', id),
      body: { dossier: whole.id },
    })),
  ];
}
