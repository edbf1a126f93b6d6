import {
  agencyAggregate,
  delegationAggregate,
  personAggregate,
  unitAggregate,
} from '#shared/directory/public.ts';
import type { Person } from '#shared/directory/public.ts';
import { signersOf, type Outgoing, type Step } from '#shared/documents/public.ts';
import { completeDraft, type CoSigning, type Draft, type WorkingDraft } from '#shared/drafting/public.ts';
import { AppError } from '#shared/kernel/public.ts';
import { typeset } from '#shared/node/typesetting/public.ts';
import type { ReadDb } from '#shared/node/sqlite/public.ts';
import type { Signed } from '../../host/context.ts';
import { readAll, readState } from '../../store/read-state.ts';
import { signatureAspect } from '../signing/public.ts';
import { kindOf } from './templates.ts';

/** Sets the page of a draft as it would be signed now, with the fields its circuit needs. */
export async function setPage(signed: Signed, document: Outgoing, working: WorkingDraft) {
  const { db, now, agencyId } = signed.open.desk;
  const draft = draftFor(db, { agencyId, document, working });
  const initials = working.steps.filter(({ kind }) => kind === 'initials').length;
  const sealMm = readState(db, agencyAggregate, agencyId)?.sealMm;
  const lead = signersOf(working.steps)[0];
  const aspect = lead === undefined ? null : signatureAspect(db, lead.person);
  const fields = { initials, sealMm, signatureAspect: aspect ?? undefined };
  const page = await typeset(draft, { frozenAt: now(), fields });
  return { ...page, symbol: draft.symbol };
}

type Setting = Readonly<{ agencyId: string; document: Outgoing; working: WorkingDraft }>;

function draftFor(db: ReadDb, { agencyId, document, working }: Setting): Draft {
  const agency = readState(db, agencyAggregate, agencyId);
  const unit = readState(db, unitAggregate, document.unit);
  if (agency === null || unit === null) throw new AppError('directory.unknown-unit');
  const people = readAll(db, personAggregate);
  const signers = signersOf(working.steps);
  const step = signers[0] ?? null;
  const agencyHead = headOf(people);
  const signer = people.find(({ id }) => id === step?.person) ?? agencyHead;
  if (signer === null) throw new AppError('drafting.no-signer');
  return completeDraft({
    working,
    kind: kindOf(working.kind),
    agency,
    unit,
    signer,
    step,
    head: giverOf(db, people, step) ?? agencyHead,
    coSigners: (working.coSigners ?? []).map((one, place): CoSigning => {
      if (one.kind === 'elsewhere') return one;
      const person = people.find(({ id }) => id === one.person);
      if (person === undefined) throw new AppError('drafting.no-co-signer');
      const theirs = signers.find(({ block }) => block === place + 2) ?? null;
      const head = giverOf(db, people, theirs) ?? agencyHead;
      return { kind: 'here', as: one.as.trim(), signer: person, step: theirs, head };
    }),
  });
}

function headOf(people: readonly Person[]): Person | null {
  return (
    people.find(({ rank, roles, active }) => active && rank === 'head' && roles.includes('leader')) ?? null
  );
}

/** Whose right it is that the signer signs by. */
function giverOf(db: ReadDb, people: readonly Person[], step: Step | null): Person | null {
  const delegation = step?.delegation ? readState(db, delegationAggregate, step.delegation) : null;
  return people.find(({ id }) => id === delegation?.from) ?? null;
}
