import type {
  Act,
  Day,
  DisposalId,
  DocumentId,
  DossierId,
  HandOverId,
  Instant,
  PersonId,
  UnitId,
} from '../kernel/public.ts';
import type { Destruction, Lock, StoredFile } from '../documents/public.ts';
import type { Disposal } from './disposal-model.ts';
import type { OfferedFile, Side } from './hand-over-model.ts';
import type { Locking } from './lock-model.ts';
import type { Certified, DossierFields, Excerpt, GivenBack, ListEntry, Receipt, Retention } from './model.ts';
import type { RetentionSettings } from './retention.ts';

type ActOf<Type extends string, Body> = Readonly<{ type: Type; on: Act['on']; body: Body }>;

export type FileListAct =
  | ActOf<'fileListWritten', { year: number; entries: ListEntry[] }>
  | ActOf<'fileListApproved', { by: PersonId; at: Instant }>
  | ActOf<'fileCodeTaken', { year: number; code: string; dossier: DossierId }>
  | ActOf<'fileCodeLeft', { code: string }>;

export type DossierAct =
  | ActOf<
      'dossierOpened',
      {
        year: number;
        fields: DossierFields;
        inList: boolean;
        maker: PersonId;
        unit: UnitId;
        parent: DossierId | null;
      }
    >
  | ActOf<'dossierDescribed', { fields: DossierFields }>
  | ActOf<'partOpened', { part: DossierId }>
  | ActOf<'itemsFiled', { items: { n: number; document: DocumentId }[] }>
  | ActOf<'itemsTakenOut', { documents: DocumentId[]; reason: string }>
  | ActOf<'excerptTaken', { excerpt: Excerpt }>
  | ActOf<'dossierPassedOn', { to: PersonId; unit: UnitId; reason: string }>
  | ActOf<'dossierClosed', { endedOn: Day; by: PersonId; at: Instant; certified?: Certified }>
  | ActOf<'dossierReopened', { reason: string }>
  | ActOf<'dossierOffered', { handOver: HandOverId }>
  | ActOf<'dossierGivenBack', GivenBack & { by: PersonId; at: Instant }>
  | ActOf<'dossierWithdrawn', { reason: string }>
  | ActOf<'dossierArchived', { by: PersonId; at: Instant }>
  | ActOf<'dossierKeptBack', { until: Day; reason: string; by: PersonId; at: Instant }>
  | ActOf<'dossierTransferred', Receipt & { by: PersonId; at: Instant }>
  | ActOf<'dossierLocked', { lock: Lock }>
  | ActOf<'dossierUnlocked', { lock: Pick<Lock, 'id' | 'kind' | 'name'> }>
  | ActOf<'dossierConsidered', { disposal: DisposalId }>
  | ActOf<'dossierSpared', { disposal: DisposalId; retention: Retention | null }>
  | ActOf<'dossierDestroyed', Destruction>;

type Set<Part extends keyof Disposal> = NonNullable<Disposal[Part]>;

/** A list of files whose term is over. */
export type DisposalAct =
  | ActOf<'disposalProposed', Pick<Disposal, 'items' | 'proposed'>>
  | ActOf<'disposalAppraised', Set<'appraisal'>>
  | ActOf<'disposalApproved', Set<'decision'>>
  | ActOf<'disposalCarriedOut', Set<'minutes'>>
  | ActOf<'disposalDismissed', Set<'dismissed'>>;

export type RetentionAct = ActOf<'retentionArranged', RetentionSettings>;

/** A freeze, or a case that holds files. */
export type LockingAct =
  | ActOf<'lockLaid', Omit<Locking, 'id' | 'lifted'>>
  | ActOf<'lockWidened', { dossiers: DossierId[]; reason: string }>
  | ActOf<'lockLifted', NonNullable<Locking['lifted']>>;

export type HandOverAct =
  | ActOf<'handOverOffered', { files: OfferedFile[]; from: PersonId; unit: UnitId; at: Instant }>
  | ActOf<'filesGivenBack', { files: (GivenBack & { dossier: DossierId })[]; by: PersonId; at: Instant }>
  | ActOf<'handOverAccepted', { by: PersonId; at: Instant }>
  | ActOf<'handOverWithdrawn', { reason: string }>
  | ActOf<'minutesSigned', { side: Side; file: StoredFile; at: Instant }>;
