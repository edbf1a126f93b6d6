import { agencyAggregate, usualSealMm } from '#shared/directory/public.ts';
import { notationOf, type OfficialDocument, type StoredFile } from '#shared/documents/public.ts';
import { dayOf, instantFrom, type DocumentId, type Hash, type Instant } from '#shared/kernel/public.ts';
import { rootFacts, signField, verifyPdf } from '#shared/node/pdf-signing/public.ts';
import {
  verificationPdf,
  type PrintedReason,
  type PrintedSignature,
  type VerificationPrint,
} from '#shared/node/typesetting/public.ts';
import {
  tellMoment,
  tellSignature,
  type SignatureReport,
  type Telling,
  type VerifyReport,
} from '#shared/signing/public.ts';
import type { Signed } from '../../host/context.ts';
import { wordsOf } from '../../platform/words.ts';
import { readState } from '../../store/read-state.ts';
import { fileOf, readableDocument } from '../documents/public.ts';
import { nameOf } from './key-files.ts';
import { withSigningKey } from './signing-keys.ts';
import { stampAtOnce } from './time-stamps.ts';
import { trustHere, trustOf } from './trust.ts';
import { pictureFor } from './pictures.ts';

type Asked = Readonly<{ documentId: DocumentId; hash: Hash }>;

/** What checking the signatures of a stored file finds now, by all that the file and the office know. */
export async function verifyStored(signed: Signed, asked: Asked): Promise<VerifyReport> {
  return (await checked(signed, asked)).report;
}

/** The report on paper without a seal: for looking at, it proves nothing by itself. */
export async function makeReport(signed: Signed, asked: Asked) {
  const found = await checked(signed, asked);
  return keep(signed, found, await verificationPdf({ ...printOf(signed, found), sealMm: null }));
}

/** The report on paper under the agency's seal, so that its receiver can tell that nobody changed it. */
export async function sealReport(
  signed: Signed,
  { pin, key: chosen, ...asked }: Asked & Readonly<{ pin: string; key: string | null }>,
) {
  const { desk } = signed.open;
  const agency = readState(desk.db, agencyAggregate, desk.agencyId);
  const found = await checked(signed, asked);
  const page = await verificationPdf({ ...printOf(signed, found), sealMm: agency?.sealMm ?? usualSealMm });
  const pdf = await withSigningKey(signed, { use: 'seal', pin, key: chosen }, (key) => {
    const signerName = agency?.name ?? nameOf(key);
    return signField({
      pdf: page,
      field: 'seal',
      key,
      signedAt: desk.now(),
      signerName,
      appearance: { png: pictureFor(signed, 'seal', signerName) },
      ...stampAtOnce(signed),
    });
  });
  return keep(signed, found, pdf);
}

type Checked = Readonly<{
  document: OfficialDocument;
  file: StoredFile;
  report: VerifyReport;
  at: Instant;
  trust: readonly Uint8Array[];
}>;

async function checked(signed: Signed, { documentId, hash }: Asked): Promise<Checked> {
  const { desk, blobs } = signed.open;
  const document = readableDocument(desk.db, signed.scope, documentId);
  const file = fileOf(document, hash);
  signed.open.shared?.mustBeHere(file.hash);
  const bytes = await blobs.read(file.hash, 0, file.size);
  const at = desk.now();
  const known = trustOf(desk);
  return { document, file, at, trust: known.trust, report: verifyPdf(bytes, { ...known, at }) };
}

function keep({ exports }: Signed, { file }: Checked, pdf: Uint8Array) {
  const name = file.name.replace(/\.pdf$/iu, '');
  return exports.keep(`${wordsOf('vi')('signatures.report.file', { name })}.pdf`, pdf);
}

/** On paper a report speaks Vietnamese, whatever language its maker's screen has. */
const telling: Telling = { words: (key, values) => wordsOf('vi')(key, values), moment: momentOnPaper };

function printOf(
  signed: Signed,
  { document, file, report, at, trust }: Checked,
): Omit<VerificationPrint, 'sealMm'> {
  const { desk } = signed.open;
  const agency = readState(desk.db, agencyAggregate, desk.agencyId);
  const { name, post } = signed.person;
  return {
    agency: agency?.name ?? '',
    superior: agency?.superior ?? null,
    file: { name: file.name, size: file.size, hash: file.hash, document: calledOf(document) },
    checkedAt: momentOnPaper(at),
    checkedBy: `${name}, ${post}`,
    verdict: report.verdict,
    verdictSaid: telling.words(`signatures.whole.${report.verdict}`),
    reasons: report.reasons.map(printedReason),
    signatures: report.signatures.map((one) => printedSignature(one, report.signatures)),
    roots: trust.map((der) => rootFacts(der)),
    lists: trustHere(signed).lists.map(({ issuer, madeAt, until }) => ({
      issuer,
      madeAt: momentOnPaper(madeAt),
      until: momentOnPaper(until),
    })),
    frozenAt: at,
  };
}

function printedSignature(one: SignatureReport, all: readonly SignatureReport[]): PrintedSignature {
  const { verdict, certificate, indication, subIndication } = one;
  return {
    ...tellSignature(one, all, telling),
    verdict,
    verdictSaid: telling.words(`verdict.${verdict}`),
    integrity: telling.words(`integrity.${one.integrity}`),
    trust: telling.words(`trust.${one.trust}`),
    reasons: one.reasons.map(printedReason),
    field: one.field,
    level: one.level,
    indication: subIndication === null ? indication : `${indication} / ${subIndication}`,
    signedAt: tellMoment(one.signedAt, telling),
    provenAt: tellMoment(one.provenAt, telling),
    certificate:
      certificate === null
        ? null
        : {
            name: one.signer,
            organization: certificate.organization ?? '',
            issuer: certificate.issuer,
            serial: certificate.serial,
            validity: `${dayOnPaper(certificate.validFrom)} – ${dayOnPaper(certificate.validTo)}`,
          },
    coveredBytes: one.signedBytes,
    save: one.revision === null ? null : one.revision + 1,
  };
}

function printedReason(code: string): PrintedReason {
  return { code, said: telling.words(`reason.${code}`) };
}

/** By what a reader knows the document: number and symbol, and what it is about. */
function calledOf(document: OfficialDocument): string | null {
  const [notation, subject] =
    document.direction === 'outgoing'
      ? [document.number?.notation ?? '', document.summary.subject]
      : document.fields === null
        ? ['', '']
        : [notationOf(document.fields.number, document.fields.symbol), document.fields.subject];
  const said = [notation, subject].filter((part) => part !== '').join(': ');
  return said === '' ? null : said;
}

/** A moment in Vietnam's time: `10:05:09 23/11/2026`. */
function momentOnPaper(at: Instant): string {
  const clock = instantFrom(Date.parse(at) + 7 * 3_600_000).slice(11, 19);
  return `${clock} ${dayOnPaper(at)}`;
}

function dayOnPaper(at: Instant): string {
  return dayOf(at).split('-').toReversed().join('/');
}
