import { AppError, type ErrorParams } from '#shared/kernel/public.ts';

/** Everything that stops the reading of a message; the sentence of each is `refusal.edxml.<fault>`. */
export const faults = [
  'not-xml',
  'unknown-encoding',
  'bad-encoding',
  'xml-version',
  'doctype',
  'entity',
  'not-well-formed',
  'truncated',
  'too-deep',
  'too-many-parts',
  'too-long',
  'too-large',
  'not-edxml',
  'missing',
  'repeated',
  'foreign-namespace',
  'not-text',
  'unexpected-part',
  'bad-value',
  'unknown-kind',
  'unknown-status',
  'bad-base64',
  'base64-length',
  'bad-zip',
] as const;
export type Fault = (typeof faults)[number];

export function fault(what: Fault, params: ErrorParams = {}): AppError {
  return new AppError(`edxml.${what}`, params);
}

/** What is odd about a message that was read all the same; the sentence of each is `edxml.note.<code>`. */
export const noteCodes = [
  'junk-before',
  'not-utf16',
  'undeclared-prefix',
  'no-namespace',
  'other-namespace',
  'unknown-part',
  'null-text',
  'bad-date',
  'bad-number',
  'kind-not-said',
  'content-id-missing',
  'attachment-unlisted',
  'attachment-names-differ',
  'attachment-empty',
  'attachment-missing',
  'field-missing',
] as const;
export type NoteCode = (typeof noteCodes)[number];

/** Notes of these kinds mean that what came is not all that was sent, or not enough to register. */
export const graveNotes: ReadonlySet<NoteCode> = new Set([
  'attachment-missing',
  'attachment-empty',
  'field-missing',
]);

export type Note = Readonly<{ code: NoteCode; where: string }>;
