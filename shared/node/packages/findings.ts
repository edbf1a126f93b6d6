import type { ErrorParams } from '../../kernel/public.ts';

/** What can be wrong with a package; the sentence of each is `package.finding.<code>`. */
export const findingCodes = [
  // What holds it
  'no-such-package',
  'zip-broken',
  'zip-encrypted',
  'zip-method',
  'zip-names-differ',
  'zip-overlap',
  'zip-ratio',
  'zip-sizes-differ',
  'total-size',
  'too-many-entries',
  'link',
  'odd-entry',
  'unreadable',
  'too-many-findings',
  // Names
  'path-traversal',
  'path-absolute',
  'path-form',
  'path-long',
  'path-encoding',
  'path-twice',
  'path-case',
  'path-normalisation',
  'path-file-and-folder',
  'outside-folder',
  // XML
  'xml-encoding',
  'xml-doctype',
  'xml-entity',
  'xml-not-well-formed',
  'xml-too-large',
  'xml-root',
  'xml-unexpected',
  // METS

  'mets-missing',
  'mets-value',
  'time-form',
  'mets-id-missing',
  'mets-id-twice',
  'mets-id-unknown',
  'mets-link',
  'mets-link-type',
  'mets-checksum-type',
  'mets-checksum-form',
  'mets-size',
  'file-missing',
  'file-unlisted',
  'file-listed-twice',
  'file-hash',
  'file-size',
  // BagIt
  'bag-version',
  'bag-manifest-missing',
  'bag-line',
  'bag-algorithm',
  'bag-path',
  'bag-file-missing',
  'bag-file-unlisted',
  'bag-hash',
  'bag-oxum',
  'bag-fetch',
  // What the circular asks

  'object-id',
  'folder-name',
  'package-type',
  'ead-missing',
  'ead-doc-missing',
  'premis-missing',
  'premis-unexpected',
  'premis-event',
  'premis-file-missing',
  'premis-differs',
  'no-documents',
  'no-original',
  'file-role',
  'file-without-document',
  'parts-without-dossier',
  'document-id-twice',
  'document-code-twice',
  'document-code',
  'other-dossier',
  'total-doc',
  'dates-reversed',
  // Fields
  'field-missing',
  'field-long',
  'field-code',
  'field-date',
  'field-number',
  'field-flag',

  'field-form',
  'field-unwritable',
  'field-absent',
  'field-unknown',
  'field-twice',
  'field-order',
] as const;
export type FindingCode = (typeof findingCodes)[number];

/** `where` is a path in the package, with what is meant in it. */
export type Finding = Readonly<{ code: FindingCode; where: string; params: ErrorParams }>;

export function finding(code: FindingCode, where: string, params: ErrorParams = {}): Finding {
  return { code, where, params };
}

/** Takes findings up to a number: beyond it nobody reads on, and a hostile package could fill the memory. */
export type Findings = Readonly<{
  add: (code: FindingCode, where: string, params?: ErrorParams) => void;
  all: () => readonly Finding[];
}>;

export function openFindings(most: number): Findings {
  const kept: Finding[] = [];
  return {
    add: (code, where, params = {}) => {
      if (kept.length < most) kept.push(finding(code, shown(where), params));
      else if (kept.length === most) kept.push(finding('too-many-findings', '', { limit: most }));
    },
    all: () => kept,
  };
}

/** A hostile name may be long, and hold what moves a terminal's cursor. */
function shown(where: string): string {
  return where.slice(0, 300).replaceAll(/[\p{Cc}\p{Cf}\p{Surrogate}]/gu, '\ufffd');
}
