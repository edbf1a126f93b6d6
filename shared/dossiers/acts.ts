import type { Act, Day, DocumentId, DossierId, Instant, PersonId, UnitId } from '../kernel/public.ts';
import type { DossierFields, ListEntry } from './model.ts';

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
  | ActOf<'dossierPassedOn', { to: PersonId; unit: UnitId; reason: string }>
  | ActOf<'dossierClosed', { endedOn: Day; by: PersonId; at: Instant }>
  | ActOf<'dossierReopened', { reason: string }>;
