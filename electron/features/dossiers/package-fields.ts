import { notationOf, numberText, type OfficialDocument } from '#shared/documents/public.ts';
import {
  maintenanceCode,
  modeCode,
  otherKind,
  otherTerm,
  typeCode,
  type Dossier,
} from '#shared/dossiers/public.ts';
import { AppError, type Day } from '#shared/kernel/public.ts';
import type { Package, PackageDocument } from '#shared/node/packages/public.ts';
import { wordsOf } from '../../platform/words.ts';
import { kindName, shortDay } from '../documents/public.ts';

type DossierFields = NonNullable<Package['dossier']>;
type DocumentFields = PackageDocument['fields'];

export type Coded = Readonly<{
  /** Mã hồ sơ: agency, year, symbol (NĐ 30 PL6 II, FileCode). */
  code: string;
  /** As the archive knows it: in an AIP the fonds' code stands before it (TT 05/2025/TT-BNV, Phụ lục I). */
  arcFileCode: string;
}>;

const vietnamese = '01';

export function dossierFields(
  { code, title, retention, mode, startedOn, endedOn, keywords, description }: Dossier,
  { arcFileCode }: Coded,
  documents: readonly PackageDocument[],
): DossierFields {
  if (endedOn === null) throw new AppError('dossiers.is-open', { code });
  const maintenance = maintenanceCode(retention);
  const term = maintenance === otherTerm ? wordsOf('vi')('package.other-term', { years: retention }) : '';
  return {
    arcFileCode,
    title,
    maintenance,
    mode: modeCode(mode),
    language: vietnamese,
    startDate: startedOn,
    endDate: endedOn,
    keyword: said(keywords),
    totalDoc: documents.length,
    numberOfPaper: null,
    numberOfPage: documents.reduce((sum, { fields }) => sum + (fields.numberOfPage ?? 0), 0),
    format: null,
    inforSign: null,
    confidenceLevel: confidenceOf(documents),
    paperFileCode: null,
    description: joined([description, term], 2000),
    riskRecovery: null,
    riskRecoveryStatus: null,
  };
}

/** What lies in a file may be electronic from birth or digitised; of both, the file is mixed. */
function confidenceOf(documents: readonly PackageDocument[]): DossierFields['confidenceLevel'] {
  const levels = new Set(documents.map(({ fields }) => fields.confidenceLevel));
  const [only] = levels;
  return levels.size === 1 && only !== undefined ? only : '03';
}

export type Placed = Readonly<{
  dossier: Dossier;
  coded: Coded;
  /** The place in its file, and the place in the package. */
  n: number;
  running: number;
  /** The agency that makes the package: it issued what goes out. */
  issuer: string;
  /** Bút tích: what leaders wrote on it. */
  autograph: string;
}>;

export function documentFields(document: OfficialDocument, placed: Placed): DocumentFields {
  const { dossier, coded, n, running, autograph } = placed;
  const paper = document.direction === 'outgoing' ? ofOutgoing(document, placed) : ofIncoming(document);
  const { kind, number, symbol, issuedOn, description, ...named } = paper;
  const typeName = typeCode(kind, kindName);
  // S11 and S30 are the circular's; what a register took from another agency may be longer, and stands whole below.
  const fits = number.length <= 11 && symbol.length <= 30;
  return {
    ...named,
    docId: String(running).padStart(7, '0'),
    arcFileCode: coded.arcFileCode,
    docCode: `${coded.code}.${String(n).padStart(7, '0')}`,
    docOrdinal: n,
    maintenance: maintenanceCode(dossier.retention),
    typeName,
    codeNumber: fits ? said(number) : null,
    codeNotation: fits ? said(symbol) : null,
    issuedDate: issuedOn,
    language: vietnamese,
    numberOfPage: document.file === null || document.file.pages === 0 ? null : document.file.pages,
    inforSign: null,
    keyword: null,
    mode: modeCode(dossier.mode),
    autograph: joined([autograph], 2000),
    format: null,
    riskRecovery: null,
    riskRecoveryStatus: null,
    // How it was handled lies beside it, in the lines of the log.
    process: true,
    description: joined(
      [
        fits ? '' : wordsOf('vi')('package.notation', { notation: notationOf(number, symbol) }),
        typeName === otherKind ? wordsOf('vi')('package.kind', { kind }) : '',
        ...description,
      ],
      500,
    ),
  };
}

type Paper = Pick<DocumentFields, 'organName' | 'subject' | 'confidenceLevel'> &
  Readonly<{ kind: string; number: string; symbol: string; issuedOn: Day; description: readonly string[] }>;

function ofOutgoing(
  { number, summary, note = '' }: Extract<OfficialDocument, { direction: 'outgoing' }>,
  { issuer }: Placed,
): Paper {
  if (number === null) throw new AppError('dossiers.not-issued', { name: summary.subject });
  const digits = numberText(number.number);
  return {
    kind: summary.kind,
    number: digits,
    symbol: number.notation.slice(digits.length + 1),
    issuedOn: number.issuedOn,
    organName: issuer,
    subject: summary.subject,
    confidenceLevel: '01',
    description: [note],
  };
}

function ofIncoming(document: Extract<OfficialDocument, { direction: 'incoming' }>): Paper {
  const { fields, arrival, suggestion, check, file } = document;
  if (fields === null || arrival === null) {
    throw new AppError('dossiers.not-handled', { name: file?.name ?? document.id });
  }
  // A page that nobody signed and that only recognition could read is a picture of paper.
  const isSigned = (check?.signers.length ?? 0) > 0;
  const isPicture = suggestion?.method === 'ocr' || suggestion?.method === 'none';
  return {
    kind: fields.kind,
    number: fields.number,
    symbol: fields.symbol,
    // EAD_doc has no place without a day; letters of citizens may bear none.
    issuedOn: fields.issuedOn ?? arrival.day,
    organName: fields.issuer,
    subject: fields.subject,
    confidenceLevel: !isSigned && isPicture ? '02' : '01',
    description: [
      wordsOf('vi')('package.arrival', { number: arrival.number, day: shortDay(arrival.day) }),
      fields.issuedOn === null ? wordsOf('vi')('package.no-day') : '',
      fields.note,
    ],
  };
}

function said(text: string): string | null {
  return text === '' ? null : text;
}

/** What was said, in the room the circular gives; all of it stands in the log beside the document. */
function joined(parts: readonly string[], most: number): string | null {
  const letters = [...parts.filter((part) => part !== '').join('; ')];
  return said(letters.length <= most ? letters.join('') : `${letters.slice(0, most - 1).join('')}…`);
}
