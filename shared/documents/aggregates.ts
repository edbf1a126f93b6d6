import type { Aggregate } from '../kernel/public.ts';
import type {
  CopyAct,
  DestructionAct,
  DocumentAct,
  FilingAct,
  IncomingAct,
  LockAct,
  OutgoingAct,
  ProofAct,
  ReadingAct,
  RegisterAct,
} from './acts.ts';
import { evolveDestroyed } from './destruction.ts';
import { evolveCopies } from './evolve-copies.ts';
import { evolveIncoming } from './evolve-incoming.ts';
import { evolveOutgoing } from './evolve-outgoing.ts';
import { evolveRegister } from './evolve-register.ts';
import { evolveFiling } from './filing.ts';
import { evolveLocks, lockTypes } from './locks.ts';
import type { OfficialDocument, Register } from './model.ts';
import { evolveProofs } from './proofs.ts';
import { evolveReading } from './reading.ts';

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
    if (act.type === 'documentDestroyed') return evolveDestroyed(state, act);
    if (isCopyAct(act)) return evolveCopies(state, act);
    if (isReadingAct(act)) return evolveReading(state, act);
    if (isFilingAct(act)) return evolveFiling(state, act);
    if (isLockAct(act)) return evolveLocks(state, act);
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

/** Báo cáo tình hình giải quyết văn bản đến, văn bản đi (NĐ 30 PL6 I.V.2, I.V.4). */
export const arrivalsReport = 'REPORT-IN';
export const issuedReport = 'REPORT-OUT';

type KnownElsewhere = Exclude<DocumentAct, ProofAct | DestructionAct>;

function isCopyAct(act: KnownElsewhere): act is CopyAct {
  return act.type === 'copyMade' || act.type === 'copyVoided';
}

function isFilingAct(act: KnownElsewhere): act is FilingAct {
  return act.type === 'documentFiled' || act.type === 'documentTakenOut';
}

function isLockAct(act: KnownElsewhere): act is LockAct {
  return lockTypes.has(act.type);
}

function isReadingAct(act: KnownElsewhere): act is ReadingAct {
  return act.type === 'documentShown' || act.type === 'documentOffered' || act.type === 'documentLeftArchive';
}

function isIncomingAct(act: IncomingAct | OutgoingAct): act is IncomingAct {
  return incomingTypes.has(act.type);
}
