import { DocumentFieldsSchema, DossierSchema, type DocumentFields, type Dossier } from './model.ts';

/**
 * The circular's annexes and the schemas that go with it name different fields. What is validated by the schemas has
 * theirs; an archive that asks for the annexes' is served by a setting.
 */
export type FieldForm = 'schemas' | 'annexes';

/** The element a field is written in. */
export type Placed<Key extends string> = Readonly<{ element: string; key: Key }>;

type DossierKey = keyof Dossier;
type DocumentKey = keyof DocumentFields;

const dossierOrder: Readonly<Record<FieldForm, readonly DossierKey[]>> = {
  // ead.xsd: `description` before the two of recovery.
  schemas: Object.values(DossierSchema.keyof().enum),
  // TT 05/2025/TT-BNV, Phụ lục III.
  annexes: [
    'arcFileCode',
    'title',
    'maintenance',
    'mode',
    'language',
    'startDate',
    'endDate',
    'keyword',
    'totalDoc',
    'numberOfPaper',
    'numberOfPage',
    'format',
    'inforSign',
    'confidenceLevel',
    'paperFileCode',
    'riskRecovery',
    'riskRecoveryStatus',
    'description',
  ],
};

const documentOrder: Readonly<Record<FieldForm, readonly DocumentKey[]>> = {
  // EAD_doc.xsd: no `docId`, no retention, no recovery; the dossier's code and the place in it instead.
  schemas: [
    'arcFileCode',
    'mode',
    'language',
    'keyword',
    'numberOfPage',
    'format',
    'inforSign',
    'confidenceLevel',
    'description',
    'docCode',
    'docOrdinal',
    'typeName',
    'codeNumber',
    'codeNotation',
    'issuedDate',
    'organName',
    'subject',
    'autograph',
    'process',
  ],
  annexes: Object.values(DocumentFieldsSchema.keyof().enum).filter(
    (key) => key !== 'arcFileCode' && key !== 'docOrdinal',
  ),
};

/** Phụ lục III calls it `fileCode`, Phụ lục I `arcFileCode`; the schemas know the second name alone. */
export function dossierElements(form: FieldForm, isSubmission: boolean): readonly Placed<DossierKey>[] {
  return dossierOrder[form].map((key) => ({
    element: key === 'arcFileCode' && form === 'annexes' && isSubmission ? 'fileCode' : key,
    key,
  }));
}

export function documentElements(form: FieldForm): readonly Placed<DocumentKey>[] {
  return documentOrder[form].map((key) => ({ element: key, key }));
}
