import {
  notationOf,
  type Incoming,
  type IncomingFields,
  type Suggestion,
  type Urgency,
} from '#shared/documents/public.ts';
import type { Day } from '#shared/kernel/public.ts';

/** What a clerk fills in for the register; number and symbol are typed together, as the paper shows them. */
export type RegistrationForm = Readonly<{
  notation: string;
  issuedOn: Day | null;
  issuer: string;
  kind: string;
  subject: string;
  signer: string;
  signerPost: string;
  urgency: Urgency;
  dueOn: Day | null;
  copies: number;
  note: string;
}>;

/** The form as the file itself fills it. */
export function formOf(document: Incoming): RegistrationForm {
  return formFrom(document.fields ?? document.suggestion?.fields ?? {});
}

function formFrom(fields: Suggestion['fields']): RegistrationForm {
  return {
    notation: notationOf(fields.number ?? '', fields.symbol ?? ''),
    issuedOn: fields.issuedOn ?? null,
    issuer: fields.issuer ?? '',
    kind: fields.kind ?? '',
    subject: fields.subject ?? '',
    signer: fields.signer ?? '',
    signerPost: fields.signerPost ?? '',
    urgency: fields.urgency ?? 'normal',
    dueOn: fields.dueOn ?? null,
    copies: fields.copies ?? 1,
    note: fields.note ?? '',
  };
}

/** The register's fields as the form says them. */
export function fieldsOf({ notation, ...form }: RegistrationForm): IncomingFields {
  return { ...form, ...splitNotation(notation) };
}

/** `15/QĐ-UBND` as number and symbol; a form with no number before the slash is all symbol. */
export function splitNotation(notation: string): Readonly<{ number: string; symbol: string }> {
  const parts = /^(?<number>\d{1,6}\p{L}?)\/(?<symbol>.+)$/u.exec(notation.trim())?.groups;
  const { number = '', symbol = notation.trim() } = parts ?? {};
  return /^\d{1,6}$/.test(symbol) ? { number: symbol, symbol: '' } : { number, symbol };
}

export type RequiredField = 'issuer' | 'kind' | 'subject';

/** What the register cannot do without (NĐ 30 PL4). */
export function missingIn(form: RegistrationForm): readonly RequiredField[] {
  return (['issuer', 'kind', 'subject'] as const).filter((field) => form[field].trim() === '');
}

const sureEnough = 0.75;

/** Whether a field was read, but not so surely that nobody has to look. */
export function isUnsure(suggestion: Suggestion | null, field: keyof IncomingFields): boolean {
  if (suggestion === null || suggestion.fields[field] === undefined) return false;
  const sure = suggestion.confidence[field];
  return sure !== undefined && sure < sureEnough;
}
