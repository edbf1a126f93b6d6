import { z } from 'zod';
import {
  DocumentIdSchema,
  DossierIdSchema,
  LockIdSchema,
  defineCommand,
  ref,
  refuse,
  type Act,
  type AggregateRef,
  type DocumentId,
  type DossierId,
  type Refusal,
  type States,
} from '../kernel/public.ts';
import { documentAggregate, locksOf, type Lock } from '../documents/public.ts';
import { dossierAggregate, lockAggregate } from './aggregates.ts';
import { LockingSchema, mostLocked, type Locking } from './lock-model.ts';

const dossiers = z.array(DossierIdSchema).max(mostLocked);
const documents = z.array(DocumentIdSchema).max(mostLocked);
const { title, basis, askedBy, reason } = LockingSchema.shape;

/** Freezes files and papers, with all that lies in them, against move, delete and edit (NĐ 30 PL6 I.9). */
export const setFreeze = defineCommand({
  name: 'freezes.set',
  body: z.object({ lockId: LockIdSchema, title, reason, dossiers, documents }),
  reads: (body) => [ref('lock', body.lockId), ...named(body)],
  follows: insideOf,
  // It reaches papers that whoever sets it may not read, and no desk of theirs holds.
  byServer: true,
  decide: ({ body: { lockId, ...said }, states, ctx }) =>
    lay(
      lockId,
      { ...said, kind: 'freeze', basis: '', askedBy: '', by: ctx.actor, at: ctx.recordedAt },
      states,
    ),
});

export const liftFreeze = defineCommand({
  name: 'freezes.lift',
  body: z.object({ lockId: LockIdSchema, reason }),
  reads: ({ lockId }) => [ref('lock', lockId)],
  follows: insideOf,
  byServer: true,
  decide: ({ body: { lockId, reason: why }, states, ctx }) =>
    lift('freeze', { lockId, lifted: { by: ctx.actor, at: ctx.recordedAt, reason: why } }, states),
});

/** Opens a case that holds files: as long as it is open none of them is destroyed or kept for a shorter time. */
export const openHold = defineCommand({
  name: 'holds.open',
  body: z.object({
    lockId: LockIdSchema,
    title,
    basis: basis.min(1),
    askedBy: askedBy.min(1),
    reason,
    dossiers: dossiers.min(1),
  }),
  reads: (body) => [ref('lock', body.lockId), ...named({ ...body, documents: [] })],
  follows: insideOf,
  byServer: true,
  decide: ({ body: { lockId, ...said }, states, ctx }) =>
    lay(lockId, { ...said, kind: 'hold', documents: [], by: ctx.actor, at: ctx.recordedAt }, states),
});

/** Puts more files under a case. */
export const addToHold = defineCommand({
  name: 'holds.add',
  body: z.object({ lockId: LockIdSchema, dossiers: dossiers.min(1), reason }),
  reads: (body) => [ref('lock', body.lockId), ...named({ ...body, documents: [] })],
  follows: insideOf,
  byServer: true,
  decide: ({ body: { lockId, dossiers: more, reason: why }, states }) => {
    const lock = states.of(lockAggregate, lockId);
    const not = whyNotLive(lock, 'hold') ?? whyNotNamed({ dossiers: more, documents: [] }, states);
    if (not !== null) return not;
    const known = lock as Locking;
    const fresh = more.filter((id) => !known.dossiers.includes(id));
    if (fresh.length === 0) return refuse('holds.there-already', { name: known.title });
    return [
      { type: 'lockWidened', on: ref('lock', lockId), body: { dossiers: fresh, reason: why } },
      ...locked({ dossiers: fresh, documents: [] }, markOf(known), states),
    ];
  },
});

export const releaseHold = defineCommand({
  name: 'holds.release',
  body: z.object({ lockId: LockIdSchema, reason }),
  reads: ({ lockId }) => [ref('lock', lockId)],
  follows: insideOf,
  byServer: true,
  decide: ({ body: { lockId, reason: why }, states, ctx }) =>
    lift('hold', { lockId, lifted: { by: ctx.actor, at: ctx.recordedAt, reason: why } }, states),
});

type Named = Readonly<{ dossiers: readonly DossierId[]; documents: readonly DocumentId[] }>;

function named({ dossiers: files, documents: papers }: Named): AggregateRef[] {
  return [...files.map((id) => ref('dossier', id)), ...papers.map((id) => ref('document', id))];
}

/** What a lock leads to, and a file: its parts and papers. */
function insideOf(read: AggregateRef, states: States): readonly AggregateRef[] {
  if (read.kind === 'lock') {
    const lock = states.of(lockAggregate, read.id);
    return lock === null ? [] : named(lock);
  }
  const dossier = read.kind === 'dossier' ? states.of(dossierAggregate, read.id) : null;
  return dossier === null
    ? []
    : named({ dossiers: dossier.parts, documents: dossier.items.map((one) => one.document) });
}

function lay(
  lockId: Locking['id'],
  said: Omit<Locking, 'id' | 'lifted'>,
  states: States,
): readonly Act[] | Refusal {
  if (states.of(lockAggregate, lockId) !== null) return refuse('holds.exists');
  if (said.dossiers.length + said.documents.length === 0) return refuse('holds.of-nothing');
  const not = whyNotNamed(said, states);
  if (not !== null) return not;
  const mark = markOf({ ...said, id: lockId });
  return [{ type: 'lockLaid', on: ref('lock', lockId), body: said }, ...locked(said, mark, states)];
}

type Lifting = Readonly<{ lockId: Locking['id']; lifted: NonNullable<Locking['lifted']> }>;

function lift(kind: Locking['kind'], { lockId, lifted }: Lifting, states: States): readonly Act[] | Refusal {
  const lock = states.of(lockAggregate, lockId);
  const not = whyNotLive(lock, kind);
  if (not !== null) return not;
  const { title: name, ...under } = lock as Locking;
  const body = { lock: { id: lockId, kind, name } };
  const inside = reached(under, states);
  return [
    { type: 'lockLifted', on: ref('lock', lockId), body: lifted },
    ...inside.dossiers
      .filter((id) => (states.of(dossierAggregate, id)?.locks ?? []).some((one) => one.id === lockId))
      .map((id): Act => ({ type: 'dossierUnlocked', on: ref('dossier', id), body })),
    ...inside.documents
      .filter((id) => isLockedBy(states, id, lockId))
      .map((id): Act => ({ type: 'documentUnlocked', on: ref('document', id), body })),
  ];
}

function locked(under: Named, mark: Lock, states: States): Act[] {
  const inside = reached(under, states);
  return [
    ...inside.dossiers.map((id): Act => ({
      type: 'dossierLocked',
      on: ref('dossier', id),
      body: { lock: mark },
    })),
    ...inside.documents
      .filter((id) => !isLockedBy(states, id, mark.id))
      .map((id): Act => ({ type: 'documentLocked', on: ref('document', id), body: { lock: mark } })),
  ];
}

/** The files with their parts, and every paper in them, each once. */
function reached({ dossiers: files, documents: papers }: Named, states: States): Named {
  const whole = files.flatMap((id) => [id, ...(states.of(dossierAggregate, id)?.parts ?? [])]);
  const inside = whole.flatMap(
    (id) => states.of(dossierAggregate, id)?.items.map((one) => one.document) ?? [],
  );
  return { dossiers: [...new Set(whole)], documents: [...new Set([...papers, ...inside])] };
}

function isLockedBy(states: States, id: DocumentId, lockId: string): boolean {
  const document = states.of(documentAggregate, id);
  return document !== null && locksOf(document).some((one) => one.id === lockId);
}

function markOf({
  id,
  kind,
  title: name,
  reason: why,
}: Pick<Locking, 'id' | 'kind' | 'title' | 'reason'>): Lock {
  return { id, kind, name, reason: why };
}

function whyNotLive(lock: Locking | null, kind: Locking['kind']): Refusal | null {
  if (lock === null || lock.kind !== kind) return refuse('holds.unknown');
  return lock.lifted === null ? null : refuse('holds.lifted-already', { name: lock.title });
}

function whyNotNamed({ dossiers: files, documents: papers }: Named, states: States): Refusal | null {
  if (papers.some((id) => states.of(documentAggregate, id) === null)) return refuse('documents.unknown');
  for (const id of files) {
    const dossier = states.of(dossierAggregate, id);
    if (dossier === null) return refuse('dossiers.unknown');
    // A part is kept with its whole.
    if (dossier.parent !== null) return refuse('holds.only-whole', { code: dossier.code });
  }
  return null;
}
