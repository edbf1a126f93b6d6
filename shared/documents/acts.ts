import type {
  Act,
  Day,
  DocumentId,
  DossierId,
  Hash,
  Instant,
  LeaseId,
  PersonId,
  StepId,
  TaskId,
  UnitId,
} from '../kernel/public.ts';
import type { Lease, LeaseEnd } from './lease-model.ts';
import type {
  Arrival,
  CertifiedCopy,
  ConsignmentLink,
  Destruction,
  DoorCheck,
  DraftSummary,
  IncomingFields,
  Lineage,
  Lock,
  Origin,
  OutgoingNumber,
  Recipient,
  SealedAttachment,
  Step,
  StoredFile,
  StoredProof,
  Suggestion,
} from './model.ts';

type ActOf<Type extends string, Body> = Readonly<{ type: Type; on: Act['on']; body: Body }>;

export type Assignment = Readonly<{
  task: TaskId;
  role: 'lead' | 'support';
  to: { kind: 'person'; id: PersonId } | { kind: 'unit'; id: UnitId };
  dueOn: Day | null;
}>;

export type IncomingAct =
  | ActOf<
      'incomingArrived',
      {
        file: StoredFile;
        hasScript: boolean;
        suggestion: Suggestion;
        check: DoorCheck;
        origin?: Origin;
        attachments?: StoredFile[];
        mail?: StoredFile | undefined;
      }
    >
  | ActOf<'secretTurnedAway', { fileHash: Hash; rule: string }>
  | ActOf<'incomingRefused', { reason: string }>
  | ActOf<
      'incomingRegistered',
      { fields: IncomingFields; arrival: Arrival; presentTo: PersonId; despite?: string }
    >
  | ActOf<'registrationCorrected', { fields: IncomingFields; reason: string }>
  | ActOf<'directionGiven', { words: string; assignments: Assignment[]; inform: PersonId[]; tasks: TaskId[] }>
  | ActOf<'directionWithdrawn', { reason: string; presentTo: PersonId }>
  | ActOf<'taskPassedOn', { task: TaskId; role: 'lead' | 'support'; to: PersonId }>
  | ActOf<'handlingStarted', { by: PersonId }>
  | ActOf<'handlingFinished', { words: string }>
  | ActOf<'handlingReopened', { reason: string; to: PersonId }>
  | ActOf<'replyLinked', { reply: DocumentId }>
  | ActOf<'incomingRecalled', { reason: string }>;

export type OutgoingAct =
  | ActOf<
      'draftStarted',
      { summary: DraftSummary; drafter: PersonId; unit: UnitId; repliesTo: DocumentId | null }
    >
  | ActOf<'draftDescribed', { summary: DraftSummary }>
  | ActOf<'coWritersNamed', { people: PersonId[] }>
  | ActOf<'attachmentAdded', { file: StoredFile }>
  | ActOf<'attachmentRemoved', { hash: Hash }>
  | ActOf<'draftAbandoned', { reason: string }>
  | ActOf<
      'draftSubmitted',
      {
        summary: DraftSummary;
        file: StoredFile;
        content: Hash;
        draft?: StoredFile | undefined;
        steps: Step[];
        recipients?: Recipient[] | undefined;
        copies?: number | undefined;
      }
    >
  | ActOf<'stepPassed', { step: StepId; words: string; file: StoredFile }>
  | ActOf<'draftReturned', { step: StepId; toStep: StepId; reason: string }>
  | ActOf<'draftReturnedToDrafter', { step: StepId; reason: string }>
  | ActOf<'draftWithdrawn', { reason: string }>
  | ActOf<'signedSentBack', { reason: string }>
  | ActOf<'draftSigned', { step: StepId; file: StoredFile; signedAt: Instant }>
  | ActOf<'documentNumbered', OutgoingNumber>
  | ActOf<'documentSealed', { file: StoredFile; attachments: SealedAttachment[] }>
  | ActOf<'outgoingNoted', { note: string }>
  | ActOf<'documentIssued', { recipients: Recipient[]; copies: number }>
  | ActOf<'documentDispatched', { consignments: ConsignmentLink[] }>
  | ActOf<'documentRecalled', { reason: string }>
  | ActOf<'documentSucceeded', Lineage>;

/** Copies are made of papers of either direction. */
export type CopyAct =
  | ActOf<'copyMade', Omit<CertifiedCopy, 'voidedBecause'>>
  | ActOf<'copyVoided', { number: number; year: number; notation: string; reason: string }>;

/** Whatever the agency signed is proven: sealed pages and attachments, and copies. */
export type ProofAct = ActOf<'documentProven', StoredProof & { byItself: boolean }>;

/** Papers of either direction lie in files. */
export type FilingAct =
  ActOf<'documentFiled', { dossier: DossierId }> | ActOf<'documentTakenOut', { dossier: DossierId }>;

/** Closed with its file, or frozen or held with others, and free again. */
export type LockAct =
  | ActOf<'documentLocked', { lock: Lock }>
  | ActOf<'documentUnlocked', { lock: Pick<Lock, 'id' | 'kind' | 'name'> }>;

/** Its file's term was over, and the file was destroyed by decision. */
export type DestructionAct = ActOf<'documentDestroyed', Destruction>;

/** Who reads a paper goes on with the file it lies in: to its next maker, and to the archive and back. */
export type ReadingAct =
  | ActOf<'documentShown', { person: PersonId; unit: UnitId }>
  | ActOf<'documentOffered', { dossier: DossierId }>
  | ActOf<'documentLeftArchive', { dossier: DossierId }>;

export type DocumentAct =
  IncomingAct | OutgoingAct | CopyAct | ProofAct | FilingAct | LockAct | ReadingAct | DestructionAct;

type OfSeries<More> = Readonly<{ book: string; year: number }> & Readonly<More>;

export type RegisterAct =
  | ActOf<'numberGiven', OfSeries<{ number: number; document: DocumentId; lease?: LeaseId }>>
  | ActOf<'numbersLeased', OfSeries<{ lease: Omit<Lease, 'used' | 'ended'> }>>
  | ActOf<
      'leaseEnded',
      OfSeries<{ lease: LeaseId; how: LeaseEnd; reason: string | null; at: Instant; on: Day }>
    >
  | ActOf<'numberVoided', OfSeries<{ lease: LeaseId; number: number; how: LeaseEnd; reason: string | null }>>;
