import { randomBytes } from 'node:crypto';
import {
  addDocumentTimestamp,
  addValidationData,
  fillTextFields,
  issueCrl,
  signField,
  splitPassphrase,
  type Ask,
  type IssuedCertificate,
  type TimestampService,
} from '#shared/node/pdf-signing/public.ts';
import { writeOcspRequest } from '#shared/node/pdf-signing/evidence/ocsp-request.ts';
import { writeTimestampRequest } from '#shared/node/pdf-signing/evidence/timestamp-request.ts';
import { fieldedPdf } from '../fielded-pdf.ts';
import { certificateOf, officePki, today, tomorrow, type OfficePki } from '../pki/office-pki.ts';
import { ocspAnswer } from '../pki/responder.ts';
import { timeStampers, type TimeStampers } from '../pki/time-stampers.ts';
import { timestampReply } from '../pki/tsa.ts';
import { signedZones } from '../signed-zones.ts';
import type { BlobSubject, PdfSubject, Subject } from './subjects.ts';

const base = 'http://127.0.0.1:1';
const nonce = Buffer.from('0102030405060708', 'hex');

/** Services that answer within this process. */
type Services = Readonly<{ ask: Ask; stamp: TimestampService; stampers: TimeStampers }>;

function servicesOf(pki: OfficePki): Services {
  const stampers = timeStampers(pki.issuing);
  const { certificateDer, privateKey, key } = pki.timeStamper;
  const signer = { certificateDer, privateKey, chain: key.chain };
  const ask: Ask = ({ url, body }) => {
    const level = url.includes('/root/') ? 'root' : 'issuing';
    if (url.endsWith('/ocsp')) return Promise.resolve(ocspAnswer(pki, { level, body, fault: null }));
    return Promise.resolve(crlOf(pki, level));
  };
  const stamp: TimestampService = {
    url: `${base}/tsa`,
    newNonce: () => randomBytes(8),
    ask: ({ body }) =>
      Promise.resolve(timestampReply({ stampers, signer, now: () => today, fault: null, body })),
  };
  return { ask, stamp, stampers };
}

function crlOf(pki: OfficePki, level: 'root' | 'issuing'): Uint8Array {
  const revoked = level === 'root' ? [] : pki.revocations;
  return issueCrl({ ca: pki[level], revoked, number: 7, at: today, nextUpdate: tomorrow });
}

/** Signed documents of every level and state, and every kind of blob, all made here and now. */
export async function officeSubjects(): Promise<readonly Subject[]> {
  const quiet = officePki();
  const asking = officePki(base);
  return [
    ...(await documentsOf(quiet, 'quiet', ['stream'])),
    ...(await documentsOf(asking, 'asking', ['table'])),
    ...blobsOf(asking),
  ];
}

async function documentsOf(
  pki: OfficePki,
  which: string,
  forms: readonly ('table' | 'stream')[],
): Promise<readonly PdfSubject[]> {
  const services = servicesOf(pki);
  const roots = [pki.root.certificateDer];
  const made: PdfSubject[] = [];
  const keep = (name: string, bytes: Uint8Array): Uint8Array => {
    made.push({ kind: 'pdf', name: `${which} ${name}`, bytes, trust: roots, at: today });
    return bytes;
  };
  const sign = (pdf: Uint8Array, field: string, who: IssuedCertificate, timestamp?: TimestampService) =>
    signField({
      pdf,
      field,
      key: who.key,
      signedAt: today,
      signerName: field,
      ...(timestamp === undefined ? {} : { timestamp }),
    });
  const proven = async (pdf: Uint8Array): Promise<Uint8Array> =>
    (await addValidationData({ pdf, ask: services.ask, roots, at: today })).pdf;
  for (const xref of forms) {
    const plain = fieldedPdf({ xref, glyphsOnly: true });
    const initialled = await sign(plain, 'initials-1', pki.officerOnP256);
    const signed = keep(`B-B ${xref}`, await sign(initialled, 'leader', pki.leader));
    const filled = keep(`filled ${xref}`, fillTextFields({ pdf: signed, values: { number: '136' } }));
    const sealed = keep(`sealed ${xref}`, await sign(filled, 'seal', pki.seal));
    keep(`sealed B-LT ${xref}`, await proven(sealed));
    const stamped = keep(`B-T ${xref}`, await sign(plain, 'leader', pki.leader, services.stamp));
    const longLived = keep(`B-LT ${xref}`, await proven(stamped));
    const archived = await addDocumentTimestamp({ pdf: longLived, service: services.stamp, at: today });
    keep(`B-LTA ${xref}`, archived);
    keep(`B-LTA renewed ${xref}`, await proven(archived));
  }
  keep('P-384', await sign(fieldedPdf({ glyphsOnly: true }), 'seal', pki.sealOnP384));
  return made;
}

function blobsOf(pki: OfficePki): readonly BlobSubject[] {
  const { stampers } = servicesOf(pki);
  const stamped = [Buffer.from('một '), Buffer.from('chữ ký')];
  const issuer = pki.issuing.certificateDer;
  const question = { certificate: certificateOf(pki.leader), issuer: certificateOf(pki.issuing), nonce };
  const body = writeTimestampRequest({ stamped, nonce });
  const chain = [issuer, pki.root.certificateDer];
  const lines = splitPassphrase('Cụm mật khẩu của khóa gốc', { needed: 2, shares: 3 });
  const replies = (['onRsa', 'onP256'] as const).map((who): BlobSubject => {
    const bytes = timestampReply({ stampers, signer: stampers[who], now: () => today, fault: null, body });
    return { kind: 'timestamp', name: `time-stamp ${who}`, bytes, stamped, nonce, at: today };
  });
  const revoked = (['leader', 'revoked'] as const).map((who): BlobSubject => {
    const certificate = pki[who].certificateDer;
    return { kind: 'crl', name: `list ${who}`, bytes: crlOf(pki, 'issuing'), certificate, issuer, at: today };
  });
  return [
    ...replies,
    ...revoked,
    ...(['leader', 'sealOnP384', 'timeStamper'] as const).map((who): BlobSubject => {
      return { kind: 'certificate', name: `certificate ${who}`, bytes: pki[who].certificateDer, chain };
    }),
    {
      kind: 'ocsp',
      name: 'ocsp leader',
      bytes: ocspAnswer(pki, { level: 'issuing', body: writeOcspRequest(question), fault: null }),
      certificate: pki.leader.certificateDer,
      issuer,
      nonce,
      at: today,
    },
    { kind: 'pkcs12', name: 'key file', bytes: pki.officerOnP256.p12('246810'), pin: '246810' },
    {
      kind: 'shares',
      name: 'recovery shares',
      bytes: Buffer.from(lines.slice(0, 2).join('\n')),
      secret: 'Cụm mật khẩu của khóa gốc',
    },
  ];
}

/** The signatures of a document as blobs of their own, with the bytes they cover. */
export function signaturesIn({ name, bytes }: PdfSubject): readonly BlobSubject[] {
  return signedZones(bytes).map(({ content, contents }, i) => {
    return { kind: 'cms', name: `${name} signature ${i + 1}`, bytes: contents, pieces: [content] };
  });
}
