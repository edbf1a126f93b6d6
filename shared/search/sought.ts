import { z } from 'zod';

/** How a field is asked for: words, one of a few, a number, or a day. */
export type FieldType = 'words' | 'choice' | 'number' | 'day';

/**
 * Every input field of NĐ 30 PL6 II (3.2), by the number it has there for outgoing and received papers and for files, and
 * what an archivist asks for besides. `content` is the text of the pages.
 */
export const soughtFields = {
  content: 'words',
  of: 'choice',
  // 1: FileCode {OrganId, FileCatalog, FileNotation}, 2: DocOrdinal
  organId: 'words',
  year: 'number',
  fileCode: 'words',
  ordinal: 'number',
  // 3–11
  typeName: 'words',
  codeNumber: 'words',
  codeNotation: 'words',
  issuedOn: 'day',
  organName: 'words',
  subject: 'words',
  language: 'words',
  pages: 'number',
  note: 'words',
  // 12–18 of either direction: SignerInfo, To, Priority, IssuedAmount, DueDate, ArrivalDate, ArrivalNumber, ToPlaces, TraceHeaderList
  signerPost: 'words',
  signer: 'words',
  recipients: 'words',
  urgency: 'choice',
  copies: 'number',
  dueOn: 'day',
  arrivedOn: 'day',
  arrivalNumber: 'number',
  toPlaces: 'words',
  instructions: 'words',
  // Hồ sơ: Maintenance, Rights, Creator, StartDate, EndDate, DocTotal, and the words under which it is found
  retention: 'number',
  mode: 'choice',
  maker: 'words',
  startedOn: 'day',
  endedOn: 'day',
  papers: 'number',
  keywords: 'words',
  state: 'choice',
} as const satisfies Readonly<Record<string, FieldType>>;
export type SoughtField = keyof typeof soughtFields;
const fieldNames = Object.keys(soughtFields) as [SoughtField, ...SoughtField[]];
export const SoughtFieldSchema = z.enum(fieldNames);

/** What can be shown and sorted by: everything but the text of the pages. */
export const soughtColumns = fieldNames.filter((name) => name !== 'content');

export const operators = [
  'has',
  'lacks',
  'is',
  'isNot',
  'in',
  'notIn',
  'from',
  'to',
  'filled',
  'empty',
] as const;
export type Operator = (typeof operators)[number];

/** Which operators make sense for a type of field. */
export function operatorsFor(field: SoughtField): readonly Operator[] {
  if (field === 'content') return ['has', 'lacks'];
  const type: FieldType = soughtFields[field];
  const equal: readonly Operator[] = ['is', 'isNot', 'in', 'notIn', 'filled', 'empty'];
  if (type === 'words') return ['has', 'lacks', ...equal];
  return type === 'choice' ? equal : [...equal, 'from', 'to'];
}

export const ConditionSchema = z
  .object({
    field: SoughtFieldSchema,
    operator: z.enum(operators),
    /** Several are parted by `;` where one of them is enough. */
    value: z.string().max(300),
  })
  .refine(({ field, operator }) => operatorsFor(field).includes(operator));
export type Condition = z.infer<typeof ConditionSchema>;

const mostConditions = 20;

/** Any of the groups is enough, and in a group all of its conditions hold. */
export const SoughtQuerySchema = z.object({
  groups: z.array(z.array(ConditionSchema).max(mostConditions)).max(mostConditions),
  columns: z.array(SoughtFieldSchema).min(1).max(40),
  sort: z.object({ by: SoughtFieldSchema, descending: z.boolean() }).nullable(),
});
export type SoughtQuery = z.infer<typeof SoughtQuerySchema>;

export const usualColumns: SoughtQuery['columns'] = [
  'of',
  'codeNumber',
  'codeNotation',
  'issuedOn',
  'typeName',
  'subject',
  'organName',
  'fileCode',
];

export const SoughtRowSchema = z.object({
  of: z.enum(['incoming', 'outgoing', 'dossier']),
  id: z.string(),
  /** In the order of the columns asked for, as people read them. */
  cells: z.array(z.string()),
});
export type SoughtRow = z.infer<typeof SoughtRowSchema>;

export const SavedQuerySchema = z.object({
  name: z.string().trim().min(1).max(100),
  query: SoughtQuerySchema,
});
export type SavedQuery = z.infer<typeof SavedQuerySchema>;

/** As many as one person keeps. */
export const mostSaved = 100;
