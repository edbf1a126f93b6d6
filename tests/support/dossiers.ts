import type { Dossier, DossierFields, FileList, ListEntry } from '#shared/dossiers/public.ts';
import { DossierIdSchema, type DossierId } from '#shared/kernel/public.ts';
import { day, ids, ownUnit } from './builders.ts';

export function dossierId(): DossierId {
  return DossierIdSchema.parse(ids.document());
}

export function someDossierFields(over: Partial<DossierFields> = {}): DossierFields {
  return {
    code: '01.VP',
    title: 'Hồ sơ tổ chức hội nghị tổng kết công tác năm 2026',
    retention: 20,
    mode: 'open',
    keywords: '',
    description: '',
    startedOn: day('2026-01-05'),
    ...over,
  };
}

/** A file of the person's own; the unit is theirs. */
export function aDossier(over: Partial<Dossier> = {}): Dossier {
  const maker = over.maker ?? ids.person();
  return {
    ...someDossierFields(),
    id: dossierId(),
    year: 2026,
    state: 'open',
    inList: false,
    maker,
    people: [maker],
    units: [ownUnit],
    parent: null,
    parts: [],
    items: [],
    last: 0,
    endedOn: null,
    closed: null,
    ...over,
  };
}

export function anEntry(over: Partial<ListEntry> = {}): ListEntry {
  return {
    code: '01.VP',
    heading: 'Công tác tổng hợp',
    title: 'Hồ sơ hội nghị tổng kết năm',
    retention: 'permanent',
    maker: null,
    note: '',
    ...over,
  };
}

export function aFileList(over: Partial<FileList> = {}): FileList {
  return { year: 2026, entries: [anEntry()], approved: null, taken: {}, ...over };
}
