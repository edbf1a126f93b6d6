import { createHash, createPrivateKey, sign } from 'node:crypto';
import { DOMParser } from '@xmldom/xmldom';
import * as fc from 'fast-check';
import { SaxesParser } from 'saxes';
import { C14nCanonicalization, ExclusiveCanonicalization } from 'xml-crypto';
import { beforeAll, describe, expect, test } from 'vitest';
import { InstantSchema } from '#shared/kernel/public.ts';
import { openCanonical, type CanonicalMode } from '#shared/node/edxml/canonical.ts';
import {
  judgeMessageSignature,
  readMessage,
  type MessageSignatureReport,
} from '#shared/node/edxml/public.ts';
import { issueCrl, noEvidence } from '#shared/node/pdf-signing/public.ts';
import { signedAt, signingOffice, type SigningOffice } from '../../support/signing-office.ts';
import { aDocumentMessage, written } from '../../support/edxml/messages.ts';
import {
  enveloped,
  exclusive,
  inclusive,
  signXml,
  xmlSigner,
  type XmlSigner,
} from '../../support/edxml/signed.ts';

const letter = aDocumentMessage();
const xml = written(letter).toString('utf8');
let office: SigningOffice;
let signer: XmlSigner;

beforeAll(() => {
  office = signingOffice();
  signer = xmlSigner(office);
});

function judge(text: string, trust = [office.ca.certificateDer]): MessageSignatureReport {
  const { signature } = readMessage(Buffer.from(text));
  // A list that names nobody: without one it could not be said whether the certificate was taken back.
  const crl = issueCrl({ ca: office.ca, revoked: [], number: 1, at: signedAt, nextUpdate: later });
  return judgeMessageSignature(signature, { trust, evidence: { ...noEvidence, crls: [crl] }, at: signedAt });
}
const later = InstantSchema.parse('2026-12-23T01:20:00.000Z');

function short({ verdict, integrity, trust, reasons }: MessageSignatureReport): readonly unknown[] {
  return [verdict, integrity, trust, reasons];
}

function changed(from: string, place: string | RegExp, to: string): string {
  const text = from.replace(place, () => to);
  if (text === from) throw new Error(`nothing to change: ${String(place)}`);
  return text;
}

describe('a message signed by another program', () => {
  test.each([
    ['exclusive', exclusive, exclusive, undefined],
    ['inclusive', inclusive, inclusive, undefined],
    ['both, with a prefix', inclusive, exclusive, 'ds'],
    ['both the other way', exclusive, inclusive, 'ds'],
  ] as const)('is valid in the form that is %s', (_, canonicalization, transform, prefix) => {
    const options = { canonicalization, transform, ...(prefix === undefined ? {} : { prefix }) };
    expect(short(judge(signXml(xml, signer, options)))).toEqual(['valid', 'intact', 'trusted', []]);
  });

  test('is valid with an elliptic key, in lines, and beside the header as well', () => {
    const elliptic = xmlSigner(office, { keyType: 'p-256' });
    const base64 = (one: XmlSigner): string => Buffer.from(one.certificate).toString('base64');
    const other = changed(signXml(xml, signer), 'rsa-sha256', 'ecdsa-sha256');
    expect(judge(resigned(changed(other, base64(signer), base64(elliptic)), elliptic)).verdict).toBe('valid');
    expect(judge(signXml(xml, signer, { into: "//*[local-name(.)='edXMLEnvelope']" })).verdict).toBe('valid');
    const rows = xml.replaceAll(/[A-Za-z0-9+/]{76}/g, (row) => `${row}\n`);
    expect(judge(signXml(rows, signer)).verdict).toBe('valid');
    // Line ends of another system are one and the same text to every parser.
    expect(judge(signXml(rows, signer).replaceAll('\n', '\r\n')).verdict).toBe('valid');
    const spelt = xml.replaceAll(/[A-Za-z0-9+/]{76}/g, (row) => `${row}&#13;\n`);
    expect(judge(signXml(spelt, signer)).verdict).toBe('valid');
  });

  test('names its signer, and is read as it was signed', () => {
    const signed = signXml(xml, signer);
    expect(judge(signed)).toMatchObject({ signer: 'UBND tỉnh Đồng Nai', signedAt: null });
    expect(readMessage(Buffer.from(signed)).message).toEqual(letter);
  });

  test.each([
    ['a word of the subject', 'liên thông', 'liên thông '],
    ['a letter of the content', /(?<=ContentTransferEncoded[^>]*>)JVBE/, 'JVBF'],
    ['a blank between elements', '<edXML:edXMLBody>', ' <edXML:edXMLBody>'],
    ['an attribute', 'version="1.0">', 'version="1.1">'],
    [
      'another recipient',
      '<edXML:DocumentId>',
      '<edXML:To><edXML:OrganId>H41</edXML:OrganId></edXML:To><edXML:DocumentId>',
    ],
    ['a part nobody reads', '<edXML:Subject>', '<edXML:Unknown>1</edXML:Unknown><edXML:Subject>'],
  ])('is invalid after a change of %s', (_, place, to) => {
    expect(short(judge(changed(signXml(xml, signer), place, to)))).toEqual([
      'invalid',
      'broken',
      'trusted',
      ['digest-mismatch'],
    ]);
  });

  test('stays valid where a change changes nothing that is signed', () => {
    const signed = signXml(xml, signer);
    expect(judge(`1212${signed}\n`).verdict).toBe('valid');
    expect(judge(changed(signed, 'Đồng Nai', '<!-- x -->Đồng Nai')).verdict).toBe('valid');
  });

  test('is never green with SHA-1', () => {
    expect(short(judge(signXml(xml, signer, { isSha1: true })))).toEqual([
      'indeterminate',
      'intact',
      'trusted',
      ['weak-algorithm'],
    ]);
  });

  test('is never green with a certificate that is unknown, ended, exchanged or broken', () => {
    const signed = signXml(xml, signer);
    expect(short(judge(signed, []))).toEqual(['indeterminate', 'intact', 'unknown', ['no-trust-roots']]);
    const stranger = signingOffice();
    expect(judge(signed, [stranger.ca.certificateDer])).toMatchObject({
      verdict: 'indeterminate',
      trust: 'untrusted',
    });
    const old = xmlSigner(office, { from: '2020-01-01' });
    expect(short(judge(signXml(xml, old)))).toEqual(['indeterminate', 'intact', 'expired', ['expired']]);
    const base64 = Buffer.from(signer.certificate).toString('base64');
    const other = Buffer.from(office.leader.certificateDer).toString('base64');
    expect(short(judge(changed(signed, base64, other)))).toEqual([
      'invalid',
      'broken',
      'unknown',
      ['signature-wrong'],
    ]);
    const damaged = changed(signed, base64, base64.slice(0, 44));
    expect(short(judge(damaged))).toEqual([
      'indeterminate',
      'unknown',
      'unknown',
      ['certificate-unreadable'],
    ]);
    const bare = changed(signed, /<KeyInfo>.*<\/KeyInfo>/su, '');
    expect(short(judge(bare))).toEqual([
      'indeterminate',
      'unknown',
      'unknown',
      ['signer-certificate-missing'],
    ]);
  });

  test('is not green with a certificate that was taken back, and invalid where its own clock says so', () => {
    const revoked = [
      {
        serial: '0815',
        at: InstantSchema.parse('2026-10-01T00:00:00.000Z'),
        reason: 'key-compromise' as const,
      },
    ];
    const crl = issueCrl({ ca: office.ca, revoked, number: 2, at: signedAt, nextUpdate: later });
    const question = {
      trust: [office.ca.certificateDer],
      evidence: { ...noEvidence, crls: [crl] },
      at: signedAt,
    };
    const verdicts = [
      signXml(xml, signer),
      withProperties('2026-09-30T00:00:00Z'),
      withProperties('2026-11-01T00:00:00Z'),
    ]
      .map((signed) => judgeMessageSignature(readMessage(Buffer.from(signed)).signature, question))
      .map(({ verdict, trust }) => [verdict, trust]);
    expect(verdicts).toEqual([
      ['indeterminate', 'revoked'],
      ['indeterminate', 'revoked'],
      ['invalid', 'revoked'],
    ]);
  });

  test('needs no list where its certificate names no place to ask, as in an office of its own', () => {
    const { signature } = readMessage(Buffer.from(signXml(xml, signer)));
    const question = { trust: [office.ca.certificateDer], evidence: noEvidence, at: signedAt };
    expect(judgeMessageSignature(signature, question)).toMatchObject({ verdict: 'valid', trust: 'trusted' });
  });

  test('is unsigned without a signature, wherever else one stands', () => {
    expect(short(judge(xml))).toEqual(['unsigned', 'unknown', 'unknown', []]);
    const elsewhere = signXml(xml, signer, { into: "//*[local-name(.)='From']" });
    expect(judge(elsewhere).verdict).toBe('unsigned');
  });
});

/** The signature of `signed`, alone. */
function signatureIn(signed: string): string {
  return /<(?:ds:)?Signature .*<\/(?:ds:)?Signature>/su.exec(signed)?.[0] ?? '';
}

describe('a signature that was made for something else', () => {
  test('of a part only says nothing for the whole', () => {
    for (const only of ["//*[local-name(.)='MessageHeader']", "//*[local-name(.)='edXMLBody']"]) {
      expect(judge(signXml(xml, signer, { only }))).toMatchObject({
        verdict: 'indeterminate',
        integrity: 'unknown',
        reasons: ['signs-only-a-part'],
      });
    }
  });

  test('does not make its own message the one that is read', () => {
    // The signed message is hidden in the signature, another is put in its place.
    const signed = signXml(xml, signer, { only: '/*' });
    const forged = changed(xml, 'liên thông', 'xóa sổ');
    const inner = signed.replace(/^<\?xml.*\?>\n/, '');
    const signature = changed(signatureIn(signed), '</Signature>', `<Object>${inner}</Object></Signature>`);
    const wrapped = changed(forged, '</edXML:edXMLHeader>', `${signature}</edXML:edXMLHeader>`);
    const read = readMessage(Buffer.from(wrapped));
    expect(read.message).toMatchObject({ subject: 'V/v kết nối & xóa sổ <phần mềm>' });
    expect(judge(wrapped)).toMatchObject({ verdict: 'indeterminate', integrity: 'unknown' });
  });

  test('taken over from another message breaks', () => {
    const other = written(aDocumentMessage({ subject: 'V/v nghỉ lễ' })).toString('utf8');
    const moved = changed(
      other,
      '</edXML:edXMLHeader>',
      `${signatureIn(signXml(xml, signer))}</edXML:edXMLHeader>`,
    );
    expect(short(judge(moved))).toEqual(['invalid', 'broken', 'trusted', ['digest-mismatch']]);
  });

  test('beside a second one cannot be told from it', () => {
    const signed = signXml(xml, signer);
    const twice = changed(signed, '</edXML:edXMLHeader>', `${signatureIn(signed)}</edXML:edXMLHeader>`);
    expect(judge(twice)).toMatchObject({
      verdict: 'invalid',
      reasons: ['several-signatures', 'digest-mismatch'],
    });
  });

  test('with its parts doubled is malformed', () => {
    const signed = signXml(xml, signer);
    const info = /<SignedInfo>.*<\/SignedInfo>/su.exec(signed)?.[0] ?? '';
    expect(judge(changed(signed, '<SignedInfo>', `${info}<SignedInfo>`)).verdict).toBe('indeterminate');
    const value = changed(signed, '<DigestValue>', '<DigestValue>AAAA</DigestValue><DigestValue>');
    expect(judge(value).verdict).toBe('invalid');
    expect(judge(changed(signed, '<DigestValue>', '<DigestValue><!-- x -->')).verdict).toBe('valid');
  });

  test.each([
    [
      'a keyed hash',
      /Algorithm="[^"]*rsa-sha256"/,
      'Algorithm="http://www.w3.org/2000/09/xmldsig#hmac-sha1"',
    ],
    ['a name of the language', /Algorithm="[^"]*rsa-sha256"/, 'Algorithm="constructor"'],
    [
      'an unknown form',
      /CanonicalizationMethod Algorithm="[^"]*"/,
      'CanonicalizationMethod Algorithm="urn:x"',
    ],
  ])('by %s is not taken', (_, place, to) => {
    expect(judge(changed(signXml(xml, signer), place, to))).toMatchObject({
      verdict: 'indeterminate',
      reasons: ['unsupported-algorithm'],
    });
  });

  test.each([
    ['leaves out what a path says', 'http://www.w3.org/TR/1999/REC-xpath-19991116'],
    ['turns the message into another', 'http://www.w3.org/TR/1999/REC-xslt-19991116'],
  ])('that %s is not taken', (_, algorithm) => {
    const signed = changed(
      signXml(xml, signer),
      `<Transform Algorithm="${enveloped}"/>`,
      `<Transform Algorithm="${enveloped}"/><Transform Algorithm="${algorithm}"/>`,
    );
    expect(judge(resigned(signed, signer))).toMatchObject({
      integrity: 'unknown',
      reasons: ['unsupported-transform'],
    });
  });

  test('comes too late behind the attachments', () => {
    const behind = signXml(xml, signer, { into: '/*' });
    expect(judge(behind)).toMatchObject({ verdict: 'indeterminate', reasons: ['signature-after-content'] });
  });

  test('with signed properties of its own is right only with all of them', () => {
    const signed = withProperties('2026-11-23T01:00:00Z');
    expect(judge(signed)).toMatchObject({ verdict: 'valid', signedAt: '2026-11-23T01:00:00Z' });
    const turned = changed(signed, '2026-11-23T01:00:00Z', '2026-11-22T01:00:00Z');
    expect(judge(turned)).toMatchObject({ verdict: 'invalid', reasons: ['digest-mismatch'] });
    const [, id = ''] = /URI="#([^"]+)"/.exec(signed) ?? [];
    const twice = changed(signed, '<Object>', `<Object><Object Id="${id}"/>`);
    expect(judge(twice)).toMatchObject({ integrity: 'unknown', reasons: ['signs-only-a-part'] });
  });
});

/** A signature whose second reference covers its signing time, as XAdES has it; the digests by our own canonical form. */
function withProperties(time: string): string {
  const signed = signXml(xml, signer);
  const properties = `<Object><SignedProperties Id="p1"><SigningTime>${time}</SigningTime></SignedProperties></Object>`;
  const digest = digestOfProperties(
    `<SignedProperties xmlns="http://www.w3.org/2000/09/xmldsig#" Id="p1"><SigningTime>${time}</SigningTime></SignedProperties>`,
  );
  const reference = `<Reference URI="#p1"><Transforms><Transform Algorithm="${exclusive}"/></Transforms><DigestMethod Algorithm="http://www.w3.org/2001/04/xmlenc#sha256"/><DigestValue>${digest}</DigestValue></Reference>`;
  const prepared = changed(
    changed(signed, '</SignedInfo>', `${reference}</SignedInfo>`),
    '</Signature>',
    `${properties}</Signature>`,
  );
  return resigned(prepared, signer);
}

/** With the value its changed list of references needs. */
function resigned(text: string, { privateKey }: XmlSigner): string {
  const { signature } = readMessage(Buffer.from(text));
  const key = { key: createPrivateKey(privateKey), dsaEncoding: 'ieee-p1363' } as const;
  const value = sign('sha256', Buffer.from(signature?.signedInfo ?? ''), key).toString('base64');
  return changed(text, /<SignatureValue>[^<]*/, `<SignatureValue>${value}`);
}

function digestOfProperties(text: string): string {
  const document = new DOMParser().parseFromString(text, 'text/xml');
  const canonical = new ExclusiveCanonicalization().process(document.documentElement, {});
  return createHash('sha256').update(canonical).digest('base64');
}

describe('the canonical form', () => {
  test('is what another program makes of the same text', () => {
    fc.assert(
      fc.property(anyXml, (text) => {
        const document = new DOMParser().parseFromString(text, 'text/xml');
        const node = document.documentElement;
        expect(canonicalOf(text, 'exclusive')).toBe(new ExclusiveCanonicalization().process(node, {}));
        expect(canonicalOf(text, 'inclusive')).toBe(new C14nCanonicalization().process(node, {}));
      }),
      { numRuns: 150 },
    );
  });
});

function canonicalOf(text: string, mode: CanonicalMode): string {
  const pieces: string[] = [];
  const canonical = openCanonical(mode, (piece) => pieces.push(piece));
  const parser = new SaxesParser({ xmlns: true });
  parser.on('opentag', ({ name, prefix, attributes }) => {
    canonical.start({ name, prefix, attributes: Object.values(attributes) });
  });
  parser.on('closetag', ({ name }) => canonical.end(name));
  parser.on('text', canonical.text);
  parser.on('cdata', canonical.text);
  parser.write(text).close();
  return pieces.join('');
}

const value = fc
  .array(fc.constantFrom('a', 'ệ', '&amp;', '&lt;', '&gt;', '&quot;', '&#13;', '&#10;', '&#9;', ' ', "'"), {
    maxLength: 5,
  })
  .map((parts) => parts.join(''));
const declared = fc.uniqueArray(fc.tuple(fc.constantFrom('', 'a', 'b'), fc.constantFrom('urn:x', 'urn:y')), {
  selector: ([prefix]) => prefix,
  maxLength: 3,
});
const { tree: anyXml } = fc.letrec<{ tree: string; element: string }>((tie) => ({
  // The root declares every prefix, so that each may be used below.
  tree: tie('element').map((inside) => `<r xmlns:a="urn:a" xmlns:b="urn:b">${inside}</r>`),
  element: fc
    .record({
      prefix: fc.constantFrom('', 'a:', 'b:'),
      name: fc.constantFrom('e', 'f'),
      namespaces: declared,
      attributes: fc.uniqueArray(fc.tuple(fc.constantFrom('z', 'y', 'a:y', 'b:z'), value), {
        selector: ([name]) => name.replace(/^.*:/, ''),
        maxLength: 3,
      }),
      inside: fc.oneof(
        { depthSize: 'small', withCrossShrink: true },
        value,
        fc.constant('<![CDATA[<&>]]>'),
        fc.array(tie('element'), { maxLength: 3 }).map((all) => all.join(' ')),
      ),
    })
    .map(({ prefix, name, namespaces, attributes, inside }) => {
      const spaces = namespaces.map(([one, uri]) => ` xmlns${one === '' ? '' : `:${one}`}="${uri}"`).join('');
      const said = attributes.map(([one, text]) => ` ${one}="${text}"`).join('');
      return `<${prefix}${name}${spaces}${said}>${inside}</${prefix}${name}>`;
    }),
}));
