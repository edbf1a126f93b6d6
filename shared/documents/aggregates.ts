import type { Aggregate } from '../kernel/public.ts';
import type { CopyAct, DocumentAct, FilingAct, IncomingAct, ProofAct, RegisterAct } from './acts.ts';
import { evolveCopies } from './evolve-copies.ts';
import { evolveIncoming } from './evolve-incoming.ts';
import { evolveOutgoing } from './evolve-outgoing.ts';
import { evolveRegister } from './evolve-register.ts';
import { evolveFiling } from './filing.ts';
import type { OfficialDocument, Register } from './model.ts';
import { evolveProofs } from './proofs.ts';

const incomingTypes: ReadonlySet<string> = new Set<IncomingAct['type']>([
  'incomingArrived',
  'secretTurnedAway',
  'incomingRefused',
  'incomingRegistered',
  'registrationCorrected',
  'directionGiven',
  'directionWithdrawn',
  'taskPassedOn',
  'handlingStarted',
  'handlingFinished',
  'handlingReopened',
  'replyLinked',
  'incomingRecalled',
]);

export const documentAggregate: Aggregate<OfficialDocument, DocumentAct> = {
  kind: 'document',
  evolve: (state, act) => {
    if (act.type === 'documentProven') return evolveProofs(state, act);
    if (isCopyAct(act)) return evolveCopies(state, act);
    if (isFilingAct(act)) return evolveFiling(state, act);
    return isIncomingAct(act) ? evolveIncoming(state, act) : evolveOutgoing(state, act);
  },
};

export const registerAggregate: Aggregate<Register, RegisterAct> = {
  kind: 'register',
  evolve: evolveRegister,
};

/** One series a year: it begins at 1 on 1 January and ends on 31 December (NĐ 30 Đ15, Đ22). */
export function registerId(book: string, year: number): string {
  return `${book}-${year}`;
}

/** One unbroken series of arrivals a year, paper and electronic together (NĐ 30 Đ22). */
export const arrivalsBook = 'arrivals';

/** One series of copies a year, whatever their form (NĐ 30 PL1 phần II). */
export const copiesBook = 'copies';

/** What is handed to the post (NĐ 30 PL4); it gives no numbers. No book of an agency's own has a name in capitals. */
export const postBook = 'POST';

function isCopyAct(act: Exclude<DocumentAct, ProofAct>): act is CopyAct {
  return act.type === 'copyMade' || act.type === 'copyVoided';
}

function isFilingAct(act: Exclude<DocumentAct, ProofAct>): act is FilingAct {
  return act.type === 'documentFiled' || act.type === 'documentTakenOut';
}

function isIncomingAct(act: Exclude<DocumentAct, CopyAct | ProofAct | FilingAct>): act is IncomingAct {
  return incomingTypes.has(act.type);
}
